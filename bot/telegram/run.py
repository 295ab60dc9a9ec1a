"""Telegram as a channel: the library and the network."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from bot.channel import Budget, Now, SendError, Sending
from bot.incoming import Intake
from bot.telegram import files, show
from bot.telegram.announce import announce
from bot.telegram.api import Api
from bot.telegram.errors import NoTextThere
from bot.telegram.insist import insist
from bot.telegram.keyboard import LABEL
from bot.telegram.polling import poll
from bot.telegram.read import NAME
from bot.telegram.reception import Reception
from bot.telegram.show import Call
from handlers.message import Capabilities

# Telegram allows 30 messages a second in all, one a second in a chat with short bursts, and 20 a minute in a group.
BUDGET = Budget(per_second=25.0, chat_interval_s=1.0, chat_burst=4, group_interval_s=4.0, group_burst=5)
# Telegram deletes a message of ours for so long after it was sent.
DELETE_HOURS = 48
TRIES, LONGEST_PAUSE_S, PAUSE_S = 4, 5.0, 0.5


class TelegramChannel:
    """One bot. `attach` comes before `run`, `close` when nothing more is to come.

    With a `public_url` Telegram calls us there and shows `secret`; without one we ask for updates.
    """

    name = NAME
    capabilities = Capabilities(
        shared=True, command_menu=True, quotes=True, delete_hours=DELETE_HOURS, label_limit=LABEL
    )
    budget = BUDGET

    def __init__(
        self,
        token: str,
        api_url: str | None,
        count_unknown: Callable[[str], None],
        public_url: str = "",
        secret: str = "",
    ) -> None:
        self._api = Api(token, api_url)
        self._reception = Reception(self, self._api, count_unknown)
        self._public_url, self._secret = public_url, secret
        self._intake: Intake | None = None

    def attach(self, intake: Intake) -> None:
        """Hand what `run` takes in to this intake."""
        self._intake = intake

    async def introduce(self) -> None:
        """Learn the bot's name, which links need, however long it takes. Raises `ConfigError` over a wrong token."""
        await insist(self._api.introduce, "ask for our name")

    def link(self, token: str) -> str:
        """The address that opens the private chat, with an invitation's token unless that is "".

        Raises LookupError as long as neither `introduce` nor `run` has learned the bot's name.
        """
        if not self._api.username:
            raise LookupError("Telegram has not told the bot's name yet")
        return f"https://t.me/{self._api.username}" + (f"?start={token}" if token else "")

    def is_group(self, conversation: str) -> bool:
        """Whether this is a group rather than a person."""
        return conversation.startswith("-")

    async def send(self, sending: Sending) -> str:
        """Do what a row asks for; the id of the message sent, which is that of the last one if it took several.

        A change to a message has no id of its own, so that an id leads to the row whose words a person quotes.
        """
        try:
            shown = await self._carry_out(sending.conversation, show.calls(sending))
        except NoTextThere:
            shown = await self._carry_out(sending.conversation, show.edit_of_caption(sending))
        return shown if sending.kind == "message" else ""

    async def perform(self, now: Now) -> None:
        """Answer a tap, with a note if there is one. Raises `SendError`, also over a modal, which Telegram has not."""
        if now.tap:
            call = show.answer(now.tap, now.toast)
            await self._api.call(call.method, call.params, now.conversation)
        elif now.toast:
            note = {"chat_id": int(now.conversation), "text": escape(now.toast[0], quote=False), "parse_mode": "HTML"}
            await self._api.call("send_message", note, now.conversation)
        if now.modal:
            raise SendError("telegram: has no modals", permanent=True)

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes of a file. Raises `SendError`, permanent if over `limit` bytes."""
        return await files.fetch(self._api, file_id, limit)

    async def receive(self, update: Mapping[str, Any], intake: Intake) -> None:
        """Take in an update that was posted to us; it is committed when this comes back. Raises `StoreUnreachable`."""
        await self._reception.receive([update], intake)

    async def run(self) -> None:
        """Take in updates until cancelled; where Telegram calls us, tell it our address, and end.

        Raises `ConfigError` if Telegram does not accept the token or the address.
        """
        await self.introduce()
        if self._public_url:
            await announce(self._api, self._public_url, self._secret)
        elif self._intake:
            await poll(self._api, self._reception, self._intake)

    async def close(self) -> None:
        """Let what is being given come to its end, then hang up."""
        await self._reception.settle()
        await self._api.close()

    async def _carry_out(self, chat: str, calls: Sequence[Call]) -> str:
        """The id of the last message. Only the first call may fail at the first try: the whole would be sent again."""
        shown = ""
        for number, call in enumerate(calls):
            answer = await (self._keep_trying(chat, call) if number else self._call(chat, call))
            shown = _id(answer) or shown
        return shown

    async def _keep_trying(self, chat: str, call: Call) -> Any:
        for _again in range(TRIES - 1):
            try:
                return await self._call(chat, call)
            except SendError as error:
                pause = error.retry_after_s or PAUSE_S
                if error.permanent or error.moved_to or pause > LONGEST_PAUSE_S:
                    raise
                await asyncio.sleep(pause)
        return await self._call(chat, call)

    async def _call(self, chat: str, call: Call) -> Any:
        return await self._api.call(call.method, call.params, chat)


def _id(answer: Any) -> str:
    """The id of the message that was sent or edited; of an album that of the first picture, which has the words."""
    first = answer[0] if isinstance(answer, tuple) else answer
    return str(getattr(first, "message_id", ""))
