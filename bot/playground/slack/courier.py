"""Bringing deliveries to the bot: over a socket if one is open, else by a signed request; events again if need be."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from starlette.concurrency import run_in_threadpool

from bot.playground.slack.delivery import Delivery
from bot.playground.slack.sockets import Sockets
from bot.playground.slack.state import State

# Slack tries an event again at once, after a minute and after five; shorter here, so that a test can see it.
RETRY_WAITS_S = (0.5, 2.0, 8.0)
ACK_S = 3.0


@dataclass(frozen=True)
class Pace:
    """How long an acknowledgement may take, and how long to wait before each further attempt, in seconds."""

    ack: float = ACK_S
    retries: tuple[float, ...] = RETRY_WAITS_S


class NotDelivered(Exception):
    """An attempt that failed, for the reason that Slack gives with the next one; `final` if it shall be the last."""

    def __init__(self, reason: str, final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.final = reason, final


@dataclass
class Courier:
    """`url` is the bot's request URL, if it has one. `send` may be called in any thread.

    What is handed over before `start` leaves then.
    """

    state: State
    secret: str
    sockets: Sockets
    pace: Pace
    url: str | None = None
    _early: list[Delivery] = field(default_factory=list)
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    _loop: asyncio.AbstractEventLoop | None = None
    _session: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Begin to deliver, in the running loop."""
        with self.state.lock:
            self._loop = asyncio.get_running_loop()
            self._session = aiohttp.ClientSession()
            early, self._early = self._early, []
        for delivery in early:
            self._begin(delivery)

    async def stop(self) -> None:
        """Give up what is under way."""
        with self.state.lock:
            session, self._session, self._loop = self._session, None, None
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if session:
            await session.close()

    def send(self, delivery: Delivery) -> None:
        """Hand over one delivery."""
        with self.state.lock:
            self.state.handed_over.append(delivery)
            if self._loop:
                self._loop.call_soon_threadsafe(self._begin, delivery)
            else:
                self._early.append(delivery)

    def give_up(self) -> None:
        """Forget what is on its way; nobody hears of it any more."""
        with self.state.lock:
            self._early.clear()
            if self._loop:
                self._loop.call_soon_threadsafe(self._cancel)

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done in the server's loop, from another thread; it is done when this returns."""
        if self._loop is None:
            raise RuntimeError("the stand-in is not running")
        asyncio.run_coroutine_threadsafe(work, self._loop).result(ACK_S)

    def _begin(self, delivery: Delivery) -> None:
        task = asyncio.ensure_future(self._carry(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, delivery: Delivery) -> None:
        waits = self.pace.retries if delivery.comes_again else ()
        for wait in (*waits, None):
            try:
                answer = await self._attempt(delivery)
            except NotDelivered as failure:
                delivery.failures.append(failure.reason)
                if wait is None or failure.final:
                    break
                await asyncio.sleep(wait)
            else:
                await run_in_threadpool(delivery.end, "acknowledged", answer)
                self.state.log.notify()
                return
        await run_in_threadpool(delivery.end, "failed")
        self.state.log.notify()

    async def _attempt(self, delivery: Delivery) -> object:
        try:
            async with asyncio.timeout(self.pace.ack):
                if self.sockets.connected:
                    return await self.sockets.deliver(delivery)
                return await self._post(delivery)
        except TimeoutError as error:
            raise NotDelivered("http_timeout") from error
        except (aiohttp.ClientError, ConnectionError) as error:
            raise NotDelivered("connection_failed") from error

    async def _post(self, delivery: Delivery) -> object:
        if self.url is None or self._session is None:
            raise NotDelivered("connection_failed")
        body, headers = self._signed(delivery)
        async with self._session.post(self.url, data=body, headers=headers) as response:
            answer = await response.read()
            if not 200 <= response.status < 300:
                raise NotDelivered("http_error", response.headers.get("X-Slack-No-Retry") == "1")
            return _read(answer)

    def _signed(self, delivery: Delivery) -> tuple[bytes, dict[str, str]]:
        body, kind = _body(delivery)
        at = str(int(self.state.clock().timestamp()))
        digest = hmac.new(self.secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={digest}"}
        if delivery.failures:
            headers["X-Slack-Retry-Num"] = str(len(delivery.failures))
            headers["X-Slack-Retry-Reason"] = delivery.failures[-1]
        return body, headers


def _body(delivery: Delivery) -> tuple[bytes, str]:
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    fields = delivery.payload
    if delivery.kind == "interactive":
        fields = {"payload": json.dumps(delivery.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def _read(answer: bytes) -> object:
    """What came with the acknowledgement: JSON, or else plain text, or nothing."""
    if not answer:
        return None
    try:
        return json.loads(answer)
    except ValueError:
        return answer.decode()
