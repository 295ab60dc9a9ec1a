"""A group that the bot was added to."""

from html import escape
from typing import Any

from bot.playground.telegram.chat import Chat, User
from bot.playground.telegram.screen import Shown, shown_messages
from bot.playground.telegram.standing import standing_changed
from bot.playground.telegram.state import FIRST_GROUP, FIRST_SUPERGROUP, State
from bot.playground.telegram.typed import pieces, typed


class Group:
    """The members' side. Privacy mode is on: the bot hears commands, mentions and replies to it, nothing else."""

    def __init__(self, state: State, chat: Chat, adder: User) -> None:
        self._state, self.chat, self._adder = state, chat, adder

    @property
    def id(self) -> int:
        """The chat's id; another one once the group has become a supergroup."""
        return self.chat.id

    def say(self, text: str, reply_to: int | None = None, by: User | None = None) -> int:
        """The id of the message that a member sends; the one who added the bot, unless `by` says otherwise."""
        with self._state.lock:
            message_id = 0
            for piece in pieces(text):
                message = self._state.post(
                    self.chat, by or self._adder, typed(piece), reply_to=reply_to, html=escape(piece)
                )
                message_id = message.id
                if self._heard(piece, reply_to):
                    self._state.tell("message", self.chat.message_json(message))
            self._state.ring()
            return message_id

    def messages(self) -> list[Shown]:
        """The group as its members see it."""
        with self._state.lock:
            return shown_messages(self._state, self.chat)

    def remove_bot(self) -> None:
        """Throw the bot out; it is told, and may not write here any more."""
        with self._state.lock:
            standing_changed(self._state, self.chat, self._adder, "kicked")

    def migrate(self) -> int:
        """Become a supergroup; its id. Calls to the old id are refused and name the new one."""
        with self._state.lock:
            old = self.chat
            new = Chat(_free(self._state, FIRST_SUPERGROUP), "supergroup", title=old.title)
            self._state.chats[new.id], old.migrated_to, self.chat = new, new.id, new
            for chat, content in ((old, {"migrate_to_chat_id": new.id}), (new, {"migrate_from_chat_id": old.id})):
                message = self._state.post(chat, self._adder, content)
                self._state.tell("message", chat.message_json(message))
            return new.id

    def _heard(self, text: str, reply_to: int | None) -> bool:
        replied = self.chat.find(reply_to) if reply_to else None
        meant = replied is not None and replied.sender["id"] == self._state.bot.id
        return self.chat.standing == "member" and (meant or text.startswith("/") or _mentions(self._state, text))


def founded(state: State, title: str, adder: User) -> Group:
    """A new group with the bot in it: the bot is told of its standing, and sees itself arrive."""
    chat = Chat(_free(state, FIRST_GROUP), "group", title=title, standing="left")
    state.chats[chat.id] = chat
    standing_changed(state, chat, adder, "member")
    arrived: dict[str, Any] = {"new_chat_members": [state.bot.as_json()]}
    state.tell("message", chat.message_json(state.post(chat, adder, arrived)))
    return Group(state, chat, adder)


def _mentions(state: State, text: str) -> bool:
    return f"@{state.bot.username}".lower() in text.lower()


def _free(state: State, first: int) -> int:
    while first in state.chats:
        first -= 1
    return first
