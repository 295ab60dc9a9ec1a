"""Takes in what Slack delivers, over HTTP and Socket Mode alike: read, commit, acknowledge, then give the rest.

Bolt's listeners acknowledge some kinds before they run, leave others unanswered when no listener fits, and lose an
acknowledgement when something is raised after it. One piece of middleware before all listeners has none of this: its
response is the acknowledgement, and it is made after the commit.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from weakref import WeakValueDictionary

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.channel import Channel, Now
from bot.incoming import Intake, StoreUnreachable
from bot.slack import modal
from bot.slack.api import quiet_logger
from bot.slack.read import QUIET, kind, read

log = structlog.get_logger()
Body = Mapping[str, Any]


class Reception:
    """The one way in. `intake` is there before anything arrives; `app` is what the transports hand deliveries to."""

    def __init__(self, channel: Channel, signing_secret: str, count_unknown: Callable[[str], None]) -> None:
        self.channel, self.count_unknown = channel, count_unknown
        self.intake: Intake | None = None
        self._giving: set[asyncio.Task[None]] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self.app = AsyncApp(
            name="causeway",
            logger=quiet_logger(),
            signing_secret=signing_secret,
            process_before_response=True,
            authorize=_authorize,
            ignoring_self_events_enabled=False,
        )
        self.app.use(self._receive)

    async def settle(self) -> None:
        """Wait until everything that is being given has been given."""
        await asyncio.gather(*self._giving, return_exceptions=True)

    async def _receive(self, body: dict[str, Any], ack: AsyncAck) -> BoltResponse:
        """The acknowledgement of one delivery, made once the turn has been committed.

        With the store out of reach it is a failure: over HTTP Slack sends again, a socket stays without an answer.
        """
        if self.intake is None:
            return BoltResponse(status=503)
        try:
            incoming = read(body, self.intake.at())
            if incoming is None:
                if kind(body) not in QUIET:
                    self.count_unknown(kind(body))
                return await ack()
            # What one person sends is taken in the order it came.
            async with self._turn(incoming.sender):
                outcome = await self.intake.take(incoming)
        except StoreUnreachable:
            return BoltResponse(status=503)
        if not outcome.repeat:
            self._give(self.intake, outcome.now)
        return await _acknowledged(body, ack, outcome.now)

    def _turn(self, sender: str) -> asyncio.Lock:
        return self._turns.setdefault(sender, asyncio.Lock())

    def _give(self, intake: Intake, now: Now | None) -> None:
        """Give what cannot wait beside the acknowledgement, which it must not hold up."""
        if now is not None:
            task = asyncio.create_task(intake.give(self.channel, now))
            self._giving.add(task)
            task.add_done_callback(self._given)

    def _given(self, task: asyncio.Task[None]) -> None:
        self._giving.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("giving failed", cause=type(error).__name__)


async def _acknowledged(body: Body, ack: AsyncAck, now: Now | None) -> BoltResponse:
    if now is None or not now.errors or "view" not in body:
        return await ack()
    return await ack(response_action="errors", errors=modal.errors(body, now.errors))


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Who we are, without asking Slack: Bolt would ask before the first delivery, and acknowledge it if that failed."""
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)
