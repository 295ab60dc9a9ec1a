"""Takes in what Telegram delivers, polled or posted alike: read, commit, then give what cannot wait."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from weakref import WeakValueDictionary

import structlog
from telegram import Update

from bot.channel import Channel, Now
from bot.incoming import Intake
from bot.telegram.api import Api
from bot.telegram.read import QUIET, kind, read
from handlers.message import Incoming

log = structlog.get_logger()

# What the library's reader and ours raise over a payload of a shape that they do not know.
ODD = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, OSError)


class Reception:
    """The one way in, for polls and posts alike."""

    def __init__(self, channel: Channel, api: Api, count_unknown: Callable[[str], None]) -> None:
        self.channel, self.api, self.count_unknown = channel, api, count_unknown
        self._giving: set[asyncio.Task[None]] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def receive(self, payloads: Sequence[Mapping[str, Any]], intake: Intake) -> None:
        """Take in updates, in order within a chat. Raises `StoreUnreachable` if one of them could not be committed."""
        at, chats = intake.at(), dict[str, list[Incoming]]()
        for payload in payloads:
            if (incoming := self._read(payload, at)) is not None:
                chats.setdefault(incoming.address.conversation, []).append(incoming)
        taking = (self._take_in_order(one_chat, intake) for one_chat in chats.values())
        taken = await asyncio.gather(*taking, return_exceptions=True)
        # All chats have come to their end before the first failure is told.
        for error in taken:
            if error is not None:
                raise error

    async def settle(self) -> None:
        """Wait until everything that is being given has been given."""
        await asyncio.gather(*self._giving, return_exceptions=True)

    def _read(self, payload: Mapping[str, Any], at: datetime) -> Incoming | None:
        try:
            update = Update.de_json(dict(payload), None)
            incoming = read(update, at, self.api.bot_id, self.api.username)
            unread = "" if incoming else kind(update)
        except ODD as error:
            log.warning("update of an odd shape", update=payload.get("update_id"), cause=type(error).__name__)
            incoming, unread = None, "odd"
        if unread and unread not in QUIET:
            self.count_unknown(unread)
        return incoming

    async def _take_in_order(self, incomings: Sequence[Incoming], intake: Intake) -> None:
        """After a failure the rest of the chat waits too: it comes again with what failed."""
        for incoming in incomings:
            # A webhook is called for one chat at several doors at once.
            async with self._turns.setdefault(incoming.address.conversation, asyncio.Lock()):
                outcome = await intake.take(incoming)
            if not outcome.repeat:
                self._give(outcome.now, intake)

    def _give(self, now: Now | None, intake: Intake) -> None:
        """Give what cannot wait beside the acknowledgement, which it must not hold up."""
        if now is not None:
            task = asyncio.create_task(intake.give(self.channel, now))
            self._giving.add(task)
            task.add_done_callback(self._given)

    def _given(self, task: asyncio.Task[None]) -> None:
        self._giving.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("giving failed", cause=type(error).__name__)
