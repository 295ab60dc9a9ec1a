"""A real `telegram.Bot` on one end, the stand-in on the other, HTTP on loopback between them."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Thread
from typing import Any, TypeVar

from PIL import Image
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send
from telegram import Bot

from bot.playground.calls import CallLog
from bot.playground.serve import serve
from bot.playground.telegram.people import Person
from bot.playground.telegram.stand_in import TelegramStandIn

TOKEN = "8100001:stand-in-token_for-tests"
T = TypeVar("T")


class Clock:
    """Real time plus what a test has moved it by."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Wire:
    """One server and one bot for all tests; each test puts its own stand-in behind the server."""

    def __init__(self) -> None:
        self.app: Starlette | None = None
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, name="bot-under-test", daemon=True)
        self._thread.start()
        self.served = serve(self._forward)
        self.bot = Bot(TOKEN, base_url=f"{self.served.url}/bot", base_file_url=f"{self.served.url}/file/bot")

    def begin(self, coroutine: Coroutine[Any, Any, T]) -> "Future[T]":
        """The coroutine on its way in the bot's loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """What the coroutine returns or raises."""
        return self.begin(coroutine).result(10)

    def close(self) -> None:
        """Hang up, stop the server and the loop."""
        self.run(self.bot.shutdown())
        self.served.close()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    async def _forward(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self.app is not None:
            await self.app(scope, receive, send)


class Line:
    """A stand-in with its log and clock, Amina who pressed start, and the bot that may write to her."""

    def __init__(self, wire: Wire) -> None:
        self.log, self.clock, self.bot = CallLog(), Clock(), wire.bot
        self.phone = TelegramStandIn(TOKEN, self.log, clock=self.clock)
        self.begin, self.run, self.url = wire.begin, wire.run, wire.served.url
        wire.app = Starlette(routes=self.phone.routes())
        self.run(self.phone.start())
        self.amina: Person = self.phone.person("Amina", "vi", username="amina")
        self.amina.start()

    def raw(self, method: str, **fields: Any) -> Any:
        """A call with fields that the library's own method would not let through.

        The library warns of a name that it has a method for; in lower case, which the platform takes too, it has none.
        """
        return self.run(self.bot.do_api_request(method.lower(), api_kwargs=fields))

    def send(self, text: str = "Good morning", **more: Any) -> Any:
        """A message to Amina."""
        return self.run(self.bot.send_message(self.amina.id, text, **more))

    def updates(self, **fields: Any) -> list[Any]:
        """What a short poll finds."""
        return list(self.run(self.bot.get_updates(timeout=0, **fields)))


def picture(width: int = 200, height: int = 120, colour: str = "green") -> bytes:
    """A JPEG file."""
    kept = BytesIO()
    Image.new("RGB", (width, height), colour).save(kept, "JPEG")
    return kept.getvalue()
