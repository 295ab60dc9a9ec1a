"""`getUpdates`: the long poll, of which there is one at a time."""

import asyncio
from typing import Any

from starlette.requests import Request

from bot.playground.telegram.bell import Bell
from bot.playground.telegram.refusal import conflict
from bot.playground.telegram.sending import Params
from bot.playground.telegram.state import State

LONGEST_S = 50
OFFERED_MOST = 100
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"


class HungUp(Exception):
    """The bot closed the connection while it waited."""


class Polling:
    """As on the real platform it is the poll that waits which ends with a conflict; the newer one goes on."""

    def __init__(self, state: State) -> None:
        self._state, self._newest = state, 0

    async def get_updates(self, params: Params, request: Request) -> list[dict[str, Any]]:
        """The next updates, as soon as there are any, or none after `timeout` seconds."""
        mine = self._begin(params)
        limit = min(max(params.get("limit") or OFFERED_MOST, 1), OFFERED_MOST)
        ends = asyncio.get_running_loop().time() + min(max(params.get("timeout") or 0, 0), LONGEST_S)
        gone = asyncio.ensure_future(_hung_up(request))
        try:
            with Bell(self._state) as bell:
                while not (found := self._offer(mine, limit)):
                    if not await _next_change(bell, gone, ends):
                        break
            return found
        finally:
            gone.cancel()

    def _begin(self, params: Params) -> int:
        with self._state.lock:
            if self._state.webhook:
                raise conflict(WEBHOOK_ACTIVE)
            self._state.updates.allow(params.get("allowed_updates"))
            self._state.updates.confirm(params.get("offset") or 0)
            self._newest += 1
            self._state.ring()
            return self._newest

    def _offer(self, mine: int, limit: int) -> list[dict[str, Any]]:
        with self._state.lock:
            if self._state.webhook:
                raise conflict("terminated by setWebhook request")
            if mine != self._newest:
                raise conflict(OTHER_POLL)
            return self._state.updates.offer(limit)


async def _next_change(bell: Bell, gone: "asyncio.Future[None]", ends: float) -> bool:
    """True after a change, False when the time is up."""
    rung = asyncio.ensure_future(bell.wait())
    left = max(0.0, ends - asyncio.get_running_loop().time())
    try:
        done, _ = await asyncio.wait({rung, gone}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
    finally:
        rung.cancel()
    if gone in done:
        raise HungUp
    return bool(done)


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
