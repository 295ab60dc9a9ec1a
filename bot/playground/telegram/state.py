"""The platform's memory: accounts, chats, messages, files, the queue of updates. One lock guards it all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.playground.calls import CallLog
from bot.playground.telegram.chat import Chat, User
from bot.playground.telegram.files import Shelf
from bot.playground.telegram.menus import Menus
from bot.playground.telegram.message import Message
from bot.playground.telegram.rates import Breach, Rates
from bot.playground.telegram.refusal import bad, forbidden, migrated
from bot.playground.telegram.trouble import Plan
from bot.playground.telegram.updates import Updates

# Message ids have 32 bits and must not start again after a restart: seconds since this moment are a fitting start.
COUNTED_FROM = datetime(2024, 1, 1, tzinfo=UTC)
FIRST_PERSON, FIRST_GROUP, FIRST_SUPERGROUP = 5_000_001, -4_000_001, -1_002_000_000_001


@dataclass(frozen=True, eq=False)
class Webhook:
    """Where updates are posted to; compared by identity, so that setting the same address again starts anew."""

    url: str
    secret: str
    max_connections: int


@dataclass
class Query:
    """A tap that waits for its answer: `answer` holds what the person then sees."""

    id: str
    asked_at: datetime
    person: User
    answer: dict[str, Any] | None = None


class State:
    """Every reader and writer holds `lock`. It is the log's own, because whoever waits on the log looks in here."""

    def __init__(self, log: CallLog, token: str, username: str, clock: Callable[[], datetime]) -> None:
        self.log, self.lock, self.clock, self.token = log, log.changed, clock, token
        begun = int((clock() - COUNTED_FROM).total_seconds())
        self.bot = User(int(token.partition(":")[0]), "Causeway", username, is_bot=True)
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.updates = Updates(next_id=begun)
        self.shelf, self.menus, self.rates, self.plan = Shelf(), Menus(), Rates(), Plan()
        self.descriptions: dict[tuple[str, str], str] = {}
        self.menu_button: dict[str, Any] = {"type": "default"}
        self.webhook: Webhook | None = None
        self.webhook_error: tuple[datetime, str] | None = None
        self.bells: set[Callable[[], None]] = set()
        self._last_message = begun

    def clear(self) -> None:
        """Forget people, chats, files and what waits for the bot; ids go on, because the bot remembers them."""
        for kept in (self.users, self.chats, self.queries, self.updates.history):
            kept.clear()
        self.updates.drop()
        self.shelf, self.rates, self.plan = Shelf(), Rates(), Plan()
        self.menus.forget_chats()

    @property
    def rate_breaches(self) -> list[Breach]:
        """The messages that came sooner than Telegram's rates allow."""
        return self.rates.breaches

    def ring(self) -> None:
        """Wake all who wait for a change: pollers, the webhook's delivery, tests."""
        with self.lock:
            for bell in list(self.bells):
                bell()
        self.log.notify()

    def next_message_id(self) -> int:
        """An id that no message has had."""
        self._last_message += 1
        return self._last_message

    def post(self, chat: Chat, sender: User, content: dict[str, Any], **more: Any) -> Message:
        """The new message, placed in its chat."""
        message = Message(self.next_message_id(), sender.as_json(), self.clock(), content, **more)
        chat.messages[message.id] = message
        return message

    def tell(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue an update for the bot; its id, or None if the bot did not ask for that kind."""
        update_id = self.updates.add({kind: body}) if self.updates.wants(kind) else None
        self.ring()
        return update_id

    def chat(self, chat_id: int | str) -> Chat:
        """The chat by id, or by @username of a person."""
        for chat in self.chats.values():
            if chat.id == chat_id or (chat.person and chat_id == f"@{chat.person.username}"):
                return chat
        raise bad("chat not found")

    def open_chat(self, chat_id: int | str) -> Chat:
        """The chat, if the bot may write to it."""
        chat = self.chat(chat_id)
        if chat.migrated_to:
            raise migrated(chat.migrated_to)
        if chat.person:
            _check_person(chat, chat.person)
        elif chat.standing != "member":
            reason = "was kicked from" if chat.standing == "kicked" else "is not a member of"
            raise forbidden(f"bot {reason} the {chat.kind} chat")
        return chat

    def message(self, chat_id: int | str, message_id: int, purpose: str) -> tuple[Chat, Message]:
        """A message and its chat; `purpose` ends the refusal ("message to edit not found")."""
        chat = self.open_chat(chat_id)
        message = chat.find(message_id)
        if message is None:
            raise bad(f"{purpose} not found")
        return chat, message


def _check_person(chat: Chat, person: User) -> None:
    if person.deactivated:
        raise forbidden("user is deactivated")
    if chat.standing == "kicked":
        raise forbidden("bot was blocked by the user")
    if not chat.opened:
        raise forbidden("bot can't initiate conversation with a user")
