"""The one place that wires: settings in, a whole Causeway out. Tests and the demo call the same builder."""

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal

import structlog
import uvicorn
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.channel import Channel
from bot.clock import ProgrammeClock, real_now
from bot.config import Settings
from bot.console.run import CONSOLE, ConsoleChannel
from bot.delivery import Sender
from bot.incoming import Intake
from bot.measures import Measures
from bot.pseudonym import pseudonym_by
from bot.schedule import Ticker
from bot.seals import Seals
from bot.slack.route import events_route
from bot.slack.run import SlackChannel
from bot.telegram.run import TelegramChannel
from bot.telegram.webhook import webhook_route
from bot.threads import in_thread
from bot.translate import LibreTranslate
from bot.web import web_app
from bot.work import Worker
from courses.load import BUILT_IN as COURSES
from courses.load import load
from handlers.bridge.receipts import is_told_of, settled
from handlers.house import House
from handlers.joining.contact import lose_contact
from handlers.programme.settings import stored_settings
from handlers.routes import all_notices, all_routes
from handlers.turn import Refused, Turn
from locales.text import Catalogue, _
from locales.translations import BUILT_IN as LOCALES
from storage.engine import Store
from storage.locks import Lock

log = structlog.get_logger()
Role = Literal["all", "web", "worker"]
TOKEN_BYTES = 36
WAIT_S = 1.0


@dataclass
class App:
    """Everything that runs, built but not started."""

    settings: Settings
    store: Store
    clock: ProgrammeClock
    measures: Measures
    house: House
    seals: Seals
    telegram: TelegramChannel | None
    slack: SlackChannel | None
    engine: LibreTranslate | None
    turns: ThreadPoolExecutor
    background: ThreadPoolExecutor
    intake: Intake = field(init=False)
    ticker: Ticker = field(init=False)
    wakers: list[Callable[[], None]] = field(default_factory=list)
    loop: asyncio.AbstractEventLoop | None = None
    server: uvicorn.Server | None = None

    def __post_init__(self) -> None:
        self.intake = Intake(self.store, self.house, self.clock, self.turns, self.wake, self.measures)
        self.ticker = Ticker(
            self.store, self.house, self.clock, all_notices(), self.background, self.wake, self.measures
        )
        for channel in (self.telegram, self.slack):
            if channel is not None:
                channel.attach(self.intake)

    @property
    def channels(self) -> list[TelegramChannel | SlackChannel]:
        """The platforms that are set up."""
        return [channel for channel in (self.telegram, self.slack) if channel is not None]

    def wake(self) -> None:
        """Tell senders and worker that there is something to do; from any thread."""
        loop = self.loop
        if loop is not None and not loop.is_closed():
            for waker in self.wakers:
                loop.call_soon_threadsafe(waker)

    def turn(self, session: Session) -> Turn:
        """A turn that nobody but the operator or the clock caused."""
        return Turn(self.house, session, stored_settings(session), self.clock.now(), real_now())

    def web(self) -> Starlette:
        """The ASGI application."""
        routes: list[BaseRoute] = []
        if self.telegram is not None and self.settings.uses_webhook:
            secret = self.settings.telegram_webhook_secret.get_secret_value()
            routes.append(webhook_route(self.telegram, self.intake, secret))
        if self.slack is not None:
            routes.append(events_route(self.slack))
        return web_app(routes, self.store, self.measures)

    async def run(self, role: Role) -> None:
        """Run until SIGTERM or SIGINT, then finish what is on its way; one part that dies ends all."""
        self.loop = asyncio.get_running_loop()
        config = uvicorn.Config(
            self.web(), host=self.settings.host, port=self.settings.port, log_config=None, timeout_graceful_shutdown=5
        )
        server = self.server = uvicorn.Server(config)
        parts = self._parts() if role in ("all", "worker") else [self._introduce()]
        tasks = [asyncio.create_task(part) for part in [server.serve(), *parts]]
        done, _others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._close()
        for task in done:
            task.result()  # raises what ended it

    def stop(self) -> None:
        """Ask `run` to end; from any thread."""
        if self.server is not None:
            self.server.should_exit = True

    def _parts(self) -> list[Coroutine[Any, Any, None]]:
        """What runs beside the web side."""
        channels: dict[str, Channel] = {channel.name: channel for channel in self.channels}
        senders = [
            Sender(channel, self.store, self.turns, self.measures, self._gone, self._settled, self.seals)
            for channel in self.channels
        ]
        worker = Worker(self.store, self.house, self.clock, channels, self.background, self.wake, self.engine)
        self.wakers = [*(sender.woken.set for sender in senders), worker.woken.set]
        return [
            *(one.run() for one in senders),
            worker.run(),
            self.ticker.run(),
            *map(self._listen, self.channels),
        ]

    async def _introduce(self) -> None:
        """Learn the bot's name, which invitations need."""
        if self.telegram is not None:
            await self.telegram.introduce()
        await asyncio.Event().wait()

    async def _listen(self, channel: TelegramChannel | SlackChannel) -> None:
        """Take in what this channel fetches by itself, in one process only; where the platform calls us, do nothing."""
        lock = Lock(self.store, f"listen:{channel.name}")
        try:
            while not await in_thread(self.background, lock.take):
                await asyncio.sleep(WAIT_S)
            await channel.run()
            await asyncio.Event().wait()
        finally:
            lock.release()

    def _gone(self, session: Session, channel: str, conversation: str) -> None:
        """A chat is closed to us: the mentor is told."""
        lose_contact(self.turn(session), channel, conversation)

    def _settled(self, session: Session, key: str, ref: str, error: str) -> None:
        """A message has been sent or given up: whoever wrote what it carries is shown so."""
        if is_told_of(key):
            settled(self.turn(session), key, ref, error)

    async def _close(self) -> None:
        for channel in self.channels:
            await channel.close()
        if self.engine is not None:
            await self.engine.close()
        self.turns.shutdown(wait=True)
        self.background.shutdown(wait=True)
        self.store.close()


def build(settings: Settings, catalogue: type[Catalogue] = Catalogue) -> App:
    """A Causeway by these settings and in these languages; nothing is started and no network is touched."""
    store = Store(settings.database_url)
    measures = Measures()
    telegram, slack = _telegram(settings, measures), _slack(settings, measures)
    folders = [settings.programme] if settings.programme else []
    engine = _engine(settings)
    seals = Seals(settings.secret_key.get_secret_value())
    house = House(
        texts=catalogue((LOCALES, *(folder / "locales" for folder in folders))),
        library=load((COURSES, *folders)),
        router=all_routes(),
        notices=all_notices(),
        channels={
            "telegram": TelegramChannel.capabilities,
            "slack": SlackChannel.capabilities,
            CONSOLE: ConsoleChannel.capabilities,
        },
        token=lambda: secrets.token_urlsafe(TOKEN_BYTES),
        pseudonym=pseudonym_by(settings.secret_key.get_secret_value()),
        link=_link(telegram),
        seals=seals,
        translates=engine is not None,
    )
    # SQLite has room for one writer: one thread for the turns is the fastest there.
    turns = ThreadPoolExecutor(1 if store.is_sqlite else 8, "turn")
    return App(
        settings,
        store,
        ProgrammeClock(store),
        measures,
        house,
        seals,
        telegram,
        slack,
        engine,
        turns,
        ThreadPoolExecutor(3, "background"),
    )


def _telegram(settings: Settings, measures: Measures) -> TelegramChannel | None:
    if not settings.has_telegram:
        return None
    return TelegramChannel(
        settings.telegram_bot_token.get_secret_value(),
        settings.telegram_api_url,
        measures.count_unknown,
        settings.public_url,
        settings.telegram_webhook_secret.get_secret_value(),
    )


def _link(telegram: TelegramChannel | None) -> Callable[[str], str]:
    """How an invitation is passed on: a deep link, or without Telegram the bare token."""

    def link(token: str) -> str:
        try:
            return telegram.link(token) if telegram else token
        except LookupError as error:
            raise Refused(_("Telegram has not answered yet. Please try again in a minute.")) from error

    return link


def _engine(settings: Settings) -> LibreTranslate | None:
    key = settings.translate_api_key.get_secret_value()
    return LibreTranslate(settings.translate_url, key) if settings.translate_url else None


def _slack(settings: Settings, measures: Measures) -> SlackChannel | None:
    if not settings.has_slack:
        return None
    return SlackChannel(
        settings.slack_bot_token.get_secret_value(),
        settings.slack_signing_secret.get_secret_value(),
        settings.slack_app_token.get_secret_value() or None,
        settings.slack_api_url,
        measures.count_unknown,
    )
