"""A local Telegram for one bot: the API that the bot calls, and the phones of the people it talks to."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from starlette.routing import BaseRoute

from bot.playground.calls import CallLog
from bot.playground.telegram.api import Api
from bot.playground.telegram.chat import Chat, User
from bot.playground.telegram.delivery import Delivery
from bot.playground.telegram.people import Person
from bot.playground.telegram.state import FIRST_PERSON, State
from bot.playground.telegram.trouble import Trouble


def real_time() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class TelegramStandIn:
    """`routes` go into an app; `start` and `stop`, which run the webhook's delivery, into its lifespan."""

    def __init__(
        self,
        token: str,
        log: CallLog,
        username: str = "causeway_demo_bot",
        clock: Callable[[], datetime] = real_time,
    ) -> None:
        self.state = State(log, token, username, clock)
        self.people: list[Person] = []
        self._api, self._delivery = Api(self.state), Delivery(self.state)

    def routes(self) -> list[BaseRoute]:
        """The Bot API and its files, for a bot whose base address is `<url>/bot`."""
        return self._api.routes()

    async def start(self) -> None:
        """Begin to deliver to the webhook, whenever one is set."""
        await self._delivery.start()

    async def stop(self) -> None:
        """End the delivery."""
        await self._delivery.stop()

    def person(
        self, name: str, language_code: str | None, username: str | None = None, id: int | None = None
    ) -> Person:
        """A person with a phone in this language, who has not yet met the bot. Ids count up unless one is given."""
        with self.state.lock:
            user = User(id or _free_id(self.state), name, username, language_code)
            chat = Chat(user.id, "private", person=user)
            self.state.users[user.id], self.state.chats[chat.id] = user, chat
            self.people.append(Person(self.state, user, chat))
            return self.people[-1]

    def reopen(self, chat_id: int, commands: list[dict[str, str]]) -> None:
        """Open the private chat of somebody who has met the bot before, with the menu that the bot has set for it."""
        with self.state.lock:
            self.state.chats[chat_id].opened = True
            self.state.menus.put({"type": "chat", "chat_id": chat_id}, "", commands)

    def reset(self) -> None:
        """Forget all people, chats and files. The bot keeps its webhook, its menus for all, and the count of ids."""
        with self.state.lock:
            self.people.clear()
            self.state.clear()
            self.state.ring()

    def plan(self, method: str, chat_id: int | None, kind: Trouble, times: int = 1) -> None:
        """Let the next `times` calls of `method` ("*" for any) about that chat (None for any) meet this trouble."""
        with self.state.lock:
            self.state.plan.add(method, chat_id, kind, times)

    def raw(self, update: dict[str, Any]) -> int:
        """The id of an update queued as it stands, of a kind that the bot asked for or not."""
        with self.state.lock:
            update_id = self.state.updates.add(update)
            self.state.ring()
            return update_id

    def repeat(self, update_id: int, times: int = 1) -> list[int]:
        """Deliver an update again: a webhook gets as many posts at once, and their HTTP statuses come back.

        For a bot that polls it is offered again with the next polls, and the list is empty.
        """
        with self.state.lock:
            update, hooked = self.state.updates.history[update_id], self.state.webhook is not None
            if not hooked:
                self.state.updates.again += [update_id] * times
                self.state.ring()
        return self._delivery.post_copies(update, times) if hooked else []


def _free_id(state: State) -> int:
    return max([FIRST_PERSON - 1, *state.users]) + 1
