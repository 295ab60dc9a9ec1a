"""The channel with the real library on one end, the stand-in for Telegram on the other, HTTP on loopback between."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from bot.channel import Channel, Loaded, Now, Sending
from bot.incoming import Outcome, StoreUnreachable
from bot.playground.calls import CallLog
from bot.playground.serve import serve
from bot.playground.telegram.people import Person
from bot.playground.telegram.stand_in import TelegramStandIn
from bot.telegram.announce import PATH
from bot.telegram.run import TelegramChannel
from bot.telegram.webhook import webhook_route
from handlers.message import Incoming

TOKEN, SECRET = "8100001:stand-in-token_for-tests", "webhook-secret_for-tests"
AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
T = TypeVar("T")

PATIENCE_S = 30.0


class Taking:
    """Takes deliveries as the real intake does: in a thread, each one once. A test says what is to come of them."""

    def __init__(self, log: CallLog) -> None:
        self.log = log
        self.taken: list[Incoming] = []
        self.offered: list[Incoming] = []
        self.away = 0
        self.toast: tuple[str, bool] | None = None
        self.held: dict[str, Event] = {}

    def at(self) -> datetime:
        return AT

    async def take(self, incoming: Incoming) -> Outcome:
        return await asyncio.to_thread(self._take, incoming)

    async def give(self, channel: Channel, now: Now | None) -> None:
        if now and now.tap:
            await channel.perform(now)

    def words(self) -> list[str]:
        return [words_of(incoming) for incoming in self.taken]

    def wait(self, *words: str) -> list[str]:
        self.log.wait_for(lambda: set(words) <= set(self.words()), PATIENCE_S)
        return self.words()

    def _take(self, incoming: Incoming) -> Outcome:
        self.offered.append(incoming)
        self.log.notify()
        if hold := self.held.get(words_of(incoming)):
            hold.wait(PATIENCE_S)
        with self.log.changed:
            if self.away:
                self.away -= 1
                self.log.changed.notify_all()
                raise StoreUnreachable
            if any(incoming.delivery == earlier.delivery for earlier in self.taken):
                return Outcome(True)
            self.taken.append(incoming)
            self.log.changed.notify_all()
        return Outcome(now=self._now(incoming))

    def _now(self, incoming: Incoming) -> Now:
        tap, at = getattr(incoming.content, "tap", ""), incoming.address
        return Now(incoming.delivery, at.conversation, at.thread, incoming.sender, tap=tap, toast=self.toast)


def words_of(incoming: Incoming) -> str:
    content = incoming.content
    return str(getattr(content, "text", "") or getattr(content, "action", "") or getattr(content, "name", ""))


class Wire:
    """One server and one loop for all tests; each test puts its own stand-in behind the server."""

    def __init__(self) -> None:
        self.app: Starlette | None = None
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, name="bot-under-test", daemon=True)
        self._thread.start()
        self.served = serve(self._forward)

    def begin(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.begin(coroutine).result(10)

    def close(self) -> None:
        self.served.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self.app is None:
            return
        if scope["path"] == PATH:
            # The channel lives in one loop; there its webhook has to be answered too.
            here = asyncio.get_running_loop()
            await _in(self.loop, self.app(scope, _called_in(here, receive), _called_in(here, send)))
        else:
            await self.app(scope, receive, send)


async def _in(loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, T]) -> T:
    return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, loop))


def _called_in(loop: asyncio.AbstractEventLoop, function: Any) -> Any:
    def call(*arguments: object) -> Coroutine[Any, Any, Any]:
        return _in(loop, function(*arguments))

    return call


class Line:
    """A stand-in, the channel, and Amina, who pressed start before the channel listened."""

    def __init__(self, wire: Wire) -> None:
        self.wire, self.url = wire, wire.served.url
        self.log = CallLog()
        self.phone = TelegramStandIn(TOKEN, self.log)
        self.intake, self.unknown = Taking(self.log), Counter[str]()
        self.channels: list[TelegramChannel] = []
        self.channel = self.channel_of()
        self.expect(SECRET)
        wire.run(self.phone.start())
        self.amina: Person = self.phone.person("Amina", "vi", username="amina")
        self.amina.start()

    def channel_of(self, token: str = TOKEN, **more: str) -> TelegramChannel:
        channel = TelegramChannel(token, self.url, lambda kind: self.unknown.update([kind]), **more)
        channel.attach(self.intake)  # type: ignore[arg-type]
        self.channels.append(channel)
        return channel

    def expect(self, secret: str) -> None:
        """Let in whoever shows this secret to the webhook."""
        route = webhook_route(self.channel, self.intake, secret)  # type: ignore[arg-type]
        self.wire.app = Starlette(routes=[*self.phone.routes(), route])

    def close(self) -> None:
        for channel in self.channels:
            self.wire.run(channel.close())
        self.wire.run(self.phone.stop())

    def send(self, content: dict[str, Any], kind: str = "message", **more: Any) -> str:
        conversation = str(more.pop("conversation", self.amina.id))
        return self.wire.run(self.channel.send(Sending(kind, content, conversation, **more)))

    @contextmanager
    def listening(self) -> "Iterator[Future[None]]":
        """The channel takes in what arrives until the end of the `with`."""
        listening = self.wire.begin(self.channel.run())
        try:
            yield listening
        finally:
            listening.cancel()

    def methods(self) -> list[str]:
        return [call.method for call in self.log.calls]

    def calls(self, method: str) -> list[dict[str, Any]]:
        return [call.params for call in self.log.calls if call.method == method]


def payload(text: str, *labels: str, **more: Any) -> dict[str, Any]:
    """A message with one row of buttons."""
    row = [{"label": label, "action": f"r:{label}:", "style": "plain"} for label in labels]
    return {"text": text, "buttons": [row] if row else [], "attachments": [], "silent": False, **more}


def document(name: str = "week.pdf") -> Loaded:
    return Loaded(name, "application/pdf", b"%PDF-1.7 week")
