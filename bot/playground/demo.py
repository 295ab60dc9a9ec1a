"""The demo: the example programme, both stand-ins and Causeway in one process, on loopback and without a token."""

import asyncio
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Thread

import typer
from starlette.routing import BaseRoute

from bot.app import App, build
from bot.commands.common import end, set_up_logs
from bot.config import read_settings
from bot.playground.app import Playground
from bot.playground.cast import members, phones, reopened
from bot.playground.page.routes import page_routes
from bot.playground.past.load import NoPast, load_past
from bot.playground.serve import Served, serve
from bot.playground.slack.people import Person as Member
from bot.playground.telegram.people import Person as Phone
from handlers.programme.folder import read_folder
from handlers.programme.importing import import_folder
from handlers.programme.rows import ProgrammeFolder
from locales.marker import MARKERS, MarkedCatalogue
from storage.migrate import upgrade
from storage.programme import programme

EXAMPLE = Path(__file__).parents[2] / "examples" / "programme"
PAST = EXAMPLE.parent / "past.zip"
FOLDER = Path(".demo")
TOKENS = ("TELEGRAM_BOT_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")
ASK_AGAIN_S = 0.2
SECRET_KEY = "a-key-for-the-demo-that-keeps-nothing-secret"  # noqa: S105


class Demo:
    """A running demo. The page may move the programme's clock and start over; all else goes through the stand-ins.

    With a `past` (a file that `python -m bot.playground.past` has made) the programme has been going on for months.
    """

    def __init__(self, folder: Path, past: Path | None = None) -> None:
        self.folder, self.past = folder, past
        self.playground = Playground()
        self.app: App | None = None
        self.phones: dict[str, Phone] = {}
        self.members: dict[str, Member] = {}
        self._thread: Thread | None = None
        self._url = ""

    def start(self, url: str) -> None:
        """Start Causeway against the stand-ins served at `url`, with the example programme in the store."""
        self._url = url
        self.folder.mkdir(parents=True, exist_ok=True)
        self.app = build(
            read_settings(
                _env_file=None,
                database_url=f"sqlite:///{self.folder / 'causeway.db'}",
                secret_key=SECRET_KEY,
                port=0,
                **self.playground.environment(url),
            ),
            MarkedCatalogue,
        )
        upgrade(self.app.store)
        self._begin()
        with self.app.store.read() as session:
            self.phones, self.members = phones(session, self.playground), members(session, self.playground)
            reopened(session, self.playground, self.app.house)
        self._thread = Thread(target=self._run, args=(self.app,), name="causeway", daemon=True)
        self._thread.start()

    def _begin(self) -> None:
        """Fill an empty store: with the past, if there is one, and with the programme as it is now."""
        app = self._running()
        with app.store.read() as session:
            if programme(session) is not None:
                return
        if self.past is not None:
            self._remember(app, self.past)
        folder = marked(read_folder(EXAMPLE, app.house.library.metrics, tuple(app.house.texts.languages())))
        with app.store.write() as session:
            import_folder(session, folder, app.clock.now(), app.house.pseudonym)

    def _remember(self, app: App, past: Path) -> None:
        try:
            app.clock.move_to(load_past(app.store, past))
        except NoPast as reason:
            typer.echo(f"The demo begins without a past: {reason}", err=True)

    def _run(self, app: App) -> None:
        asyncio.run(app.run("all"))

    def stop(self) -> None:
        """Stop Causeway; what is on its way is finished first."""
        app = self._running()
        while self._thread is not None and self._thread.is_alive():
            # Asked again, because a thread that has just begun does not hear it yet.
            app.stop()
            self._thread.join(ASK_AGAIN_S)

    def start_over(self) -> None:
        """Forget everything: a store and a clock as at the first start. The platforms' chats are emptied as well."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.playground.reset()
        self.start(self._url)

    def now(self) -> datetime:
        """The programme's moment."""
        return self._running().clock.now()

    def walk_to(self, moment: datetime) -> None:
        """Move the programme's clock forward; what happens on the way happens in order, none of it skipped."""
        self._running().ticker.walk(moment)

    def _running(self) -> App:
        if self.app is None:
            raise RuntimeError("the demo has not been started")
        return self.app


def marked(folder: ProgrammeFolder) -> ProgrammeFolder:
    """The programme offering the marker languages as well."""
    languages = (*folder.settings.languages, *MARKERS)
    return replace(folder, settings=folder.settings.model_copy(update={"languages": languages}))


def run_demo(port: int, fresh: bool) -> None:
    """Serve the demo on `port` of this machine until it is interrupted; refuses to start beside a real token."""
    found = [name for name in TOKENS if os.environ.get(name)]
    if found:
        end(*(f"{name}: is set; the demo does not start beside a real token, unset it first" for name in found))
    if fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    set_up_logs()
    demo = Demo(FOLDER, PAST)
    with _served(demo, page_routes(demo), port) as served:
        demo.start(served.url)
        typer.echo(f"Causeway's playground: {served.url}/  (this machine only; stop it with Ctrl+C)")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            demo.stop()


def _served(demo: Demo, routes: Sequence[BaseRoute], port: int) -> Served:
    try:
        return serve(demo.playground.asgi(routes), port)
    except OSError:
        end(f"--port: {port} is taken; try another: causeway demo --port {port + 1}")
