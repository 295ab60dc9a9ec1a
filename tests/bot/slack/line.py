"""The channel with its real libraries on one end, the stand-in for Slack on the other, HTTP and sockets between."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channel import Channel, Now
from bot.incoming import Outcome, StoreUnreachable
from bot.playground.calls import CallLog
from bot.playground.serve import serve
from bot.playground.slack.stand_in import SlackStandIn
from bot.slack.route import PATH, events_route
from bot.slack.run import SlackChannel
from handlers.message import Incoming

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-for-tests", "xapp-for-tests", "signing-secret-for-tests"
AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
MANIFEST = json.loads((Path(__file__).parents[3] / "manifest.json").read_text())
SCOPES = MANIFEST["oauth_config"]["scopes"]["bot"]
EVENTS = MANIFEST["settings"]["event_subscriptions"]["bot_events"]
T = TypeVar("T")


class Taking:
    """Takes deliveries as the real intake does: in a thread, each one once. A test says what is to come of them."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.taken: list[Incoming] = []
        self.steps: list[str] = []
        self.away = 0
        self.bug: Exception | None = None
        self.errors: dict[str, str] = {}
        self.modal: dict[str, Any] | None = None
        self.toast: tuple[str, bool] | None = None
        self.hold: Event | None = None
        self.overtaking: Event | None = None
        self.waiting = False

    def at(self) -> datetime:
        return AT

    async def take(self, incoming: Incoming) -> Outcome:
        return await asyncio.to_thread(self._take, incoming)

    async def give(self, channel: Channel, now: Now | None) -> None:
        if self.hold:
            await asyncio.to_thread(self.hold.wait, 5)
        if self.bug:
            raise self.bug
        if now:
            await channel.perform(now)

    def _take(self, incoming: Incoming) -> Outcome:
        if self.away:
            self.away -= 1
            raise StoreUnreachable
        self._let_overtake()
        now = self._now(incoming)
        if any(incoming.delivery == earlier.delivery for earlier in self.taken):
            return Outcome(True, now if self.errors else None)
        self.taken.append(incoming)
        self.steps.append("committed")
        return Outcome(now=now)

    def _let_overtake(self) -> None:
        """The first waits a little for a second one that would be taken beside it."""
        if self.overtaking is None:
            return
        if self.taken or self.waiting:
            self.overtaking.set()
        else:
            self.waiting = True
            self.overtaking.wait(0.1)

    def _now(self, incoming: Incoming) -> Now:
        at = incoming.address
        modal = self.modal if incoming.trigger else None
        return Now(
            incoming.delivery,
            at.conversation,
            at.thread,
            incoming.sender,
            toast=self.toast,
            modal=modal,
            trigger=incoming.trigger,
            errors=self.errors,
        )


class Line:
    """One workspace and one bot. `socket`: the bot opens a socket; else Slack posts to it."""

    def __init__(self, socket: bool) -> None:
        self.log, self.intake, self.unknown = CallLog(), Taking(), []
        self.slack = SlackStandIn(BOT_TOKEN, APP_TOKEN, SECRET, self.log, SCOPES, EVENTS)
        self.platform = serve(Starlette(routes=self.slack.routes(), lifespan=self._delivering))
        self.slack.url = self.platform.url
        app_token = APP_TOKEN if socket else None
        self.channel = SlackChannel(BOT_TOKEN, SECRET, app_token, self.platform.url, self.unknown.append)
        self.channel.attach(self.intake)  # type: ignore[arg-type]
        app = Starlette(routes=[events_route(self.channel)], lifespan=self._running)
        self.bot = serve(_Witness(app, self.intake))
        if socket:
            assert self.log.wait_for(lambda: self.slack.sockets.connected)
        else:
            self.slack.deliver_to(self.bot.url + PATH)

    def close(self) -> None:
        self.bot.close()
        self.platform.close()

    def clear(self) -> None:
        self.intake.clear()
        self.unknown.clear()
        self.log.calls.clear()

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(5)

    @property
    def methods(self) -> list[str]:
        return [call.method for call in self.log.calls]

    @property
    def faults(self) -> list[tuple[str, str | None]]:
        return [(call.method, call.refused) for call in self.log.faults()]

    @asynccontextmanager
    async def _delivering(self, app: Starlette) -> AsyncIterator[None]:
        await self.slack.start()
        yield
        await self.slack.stop()

    @asynccontextmanager
    async def _running(self, app: Starlette) -> AsyncIterator[None]:
        self.loop = asyncio.get_running_loop()
        running = asyncio.create_task(self.channel.run())
        yield
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await self.channel.close()


class _Witness:
    """Notes when an answer to Slack leaves."""

    def __init__(self, app: ASGIApp, intake: Taking) -> None:
        self.app, self.intake = app, intake

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def witnessed(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.intake.steps.append(f"answered {message['status']}")
            await send(message)

        await self.app(scope, receive, witnessed if scope["type"] == "http" else send)


def picture() -> tuple[str, bytes, str]:
    """A file to send along: its name, bytes and type."""
    return "meter.jpg", os.urandom(3000), "image/jpeg"
