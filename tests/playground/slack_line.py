"""The real Slack libraries on one end, the stand-in on the other, HTTP and sockets on loopback between them."""

import asyncio
from collections.abc import AsyncIterator, Collection, Coroutine
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any, TypeVar

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground.calls import CallLog
from bot.playground.serve import Served, serve
from bot.playground.slack.courier import Pace
from bot.playground.slack.stand_in import SlackStandIn

BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-stand-in", "xapp-stand-in", "shared-secret"
SCOPES = [
    "app_mentions:read",
    "chat:write",
    "commands",
    "im:history",
    "im:read",
    "im:write",
    "channels:history",
    "channels:read",
    "groups:history",
    "groups:read",
    "users:read",
    "users:read.email",
    "files:read",
    "files:write",
    "reactions:read",
    "reactions:write",
    "channels:join",
]
EVENTS = [
    "message.im",
    "message.channels",
    "message.groups",
    "app_home_opened",
    "app_mention",
    "reaction_added",
    "member_joined_channel",
]
QUICK = Pace(ack=0.4, retries=(0.05, 0.05))
T = TypeVar("T")


class Clock:
    """Real time plus what a test has moved it by."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Line:
    """One stand-in behind a server, a client of the bot, and a loop for both ends of the bot."""

    def __init__(self, scopes: Collection[str] = SCOPES, events: Collection[str] = EVENTS, pace: Pace = QUICK) -> None:
        self.log, self.clock = CallLog(), Clock()
        self.slack = SlackStandIn(BOT_TOKEN, APP_TOKEN, SECRET, self.log, scopes, events, self.clock, pace)
        self.served = serve(Starlette(routes=self.slack.routes(), lifespan=self._lifespan))
        self.slack.url = self.served.url
        self.client = AsyncWebClient(BOT_TOKEN, base_url=f"{self.served.url}/api/")
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, name="bot-under-test", daemon=True)
        self._thread.start()
        self._bot_served: Served | None = None
        self._bot: ASGIApp = Starlette()
        self._sockets: list[AsyncSocketModeHandler] = []

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.hang_up()
        if self._bot_served:
            self._bot_served.close()
        self.served.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def hang_up(self) -> None:
        """Close the bot's sockets."""
        while self._sockets:
            self.run(self._sockets.pop().close_async())  # type: ignore[no-untyped-call]
        assert self.log.wait_for(lambda: not self.slack.sockets.connected)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What the coroutine returns or raises."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    def refused(self, coroutine: Coroutine[Any, Any, Any]) -> dict[str, Any]:
        """The answer of a call that Slack must refuse; it stands in the log as a fault of the bot."""
        try:
            self.run(coroutine)
        except SlackApiError as error:
            data = error.response.data
            assert self.log.faults()[-1].refused == data["error"]
            return dict(data)
        raise AssertionError("the call was not refused")

    def bolt(self) -> AsyncApp:
        """An app without listeners."""
        return AsyncApp(signing_secret=SECRET, client=self.client, process_before_response=True)

    def over_http(self, app: AsyncApp) -> None:
        """Serve the app's request URL and have Slack deliver to it."""
        handler = AsyncSlackRequestHandler(app)

        async def events(request: Request) -> Response:
            return await handler.handle(request)

        self.serve_bot(Starlette(routes=[Route("/slack/events", events, methods=["POST"])]))

    def serve_bot(self, app: Starlette) -> None:
        """Serve any app as the bot, and have Slack deliver to its `/slack/events`."""
        self._bot = app
        self._bot_served = self._bot_served or serve(self._forward)
        self.slack.deliver_to(f"{self._bot_served.url}/slack/events")

    def over_socket(self, app: AsyncApp) -> AsyncSocketModeHandler:
        """Connect the app by Socket Mode."""
        before = len(self.slack.sockets.lines)

        async def connect() -> AsyncSocketModeHandler:
            handler = AsyncSocketModeHandler(app, APP_TOKEN, ping_interval=1)
            await handler.connect_async()  # type: ignore[no-untyped-call]
            return handler

        self._sockets.append(self.run(connect()))
        assert self.log.wait_for(lambda: len(self.slack.sockets.lines) > before)
        return self._sockets[-1]

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._bot(scope, receive, send)

    @asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        await self.slack.start()
        yield
        await self.slack.stop()
