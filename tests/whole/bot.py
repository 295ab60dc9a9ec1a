"""Causeway as a process of its own, started quickly and often, and killed without warning.

The process is forked from a server that has imported everything already, so a restart takes a fraction of a second.
"""

import asyncio
import faulthandler
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import local
from typing import Any

import httpx

from bot import clock, schedule
from bot.app import App, build
from bot.channel import Budget
from bot.commands.common import set_up_logs
from bot.config import read_settings
from bot.slack.run import SlackChannel
from bot.telegram.run import TelegramChannel
from storage import deliveries, outbox

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.whole.bot"])
READY_S = 20.0
Alter = Callable[[App], None]


@dataclass
class Mortality:
    """When a process kills itself: around its `nth` commit of a turn or a delivery, just `before` it or just after."""

    nth: int = 0
    before: bool = True


@dataclass
class Bot:
    """A Causeway process with these settings; `starts` counts its lives."""

    settings: dict[str, Any]
    log: Path
    port: int = field(default_factory=lambda: free_port())
    starts: int = 0
    process: BaseProcess | None = None

    def start(self, mortality: Mortality | None = None, *, wait: bool = True, alter: Alter | None = None) -> None:
        """Begin a life, and wait until it answers; `alter`, a function of a module, changes what has been built."""
        self.starts += 1
        values = {**self.settings, "port": self.port}
        self.process = _context.Process(target=live, args=(values, str(self.log), mortality, alter), daemon=True)
        self.process.start()
        if wait:
            self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_S
        while time.monotonic() < until and self.is_alive:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.02)
        if self.is_alive:
            raise AssertionError(f"not ready; its log:\n{self.log.read_text()[-3000:]}")

    @property
    def is_alive(self) -> bool:
        """Whether this life still lasts."""
        return self.process is not None and self.process.is_alive()

    def kill(self) -> None:
        """SIGKILL, from any thread."""
        if self.process is not None and self.process.pid is not None and self.process.is_alive():
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.join(10)

    def state(self) -> str:
        """How the newest life is, and where each of its threads stands (written to the log)."""
        if self.process is None or not self.is_alive:
            return f"life {self.starts} has ended"
        os.kill(self.process.pid or 0, signal.SIGUSR1)
        time.sleep(0.5)
        return f"life {self.starts} lasts"

    def stop(self) -> None:
        """SIGTERM: what is on its way is finished."""
        if self.process is not None:
            self.process.terminate()
            self.process.join(15)
            assert not self.process.is_alive(), "it did not stop"

    def alive_again(self) -> None:
        """Begin another life if this one has ended."""
        if not self.is_alive:
            self.start()


def live(values: dict[str, Any], log: str, mortality: Mortality | None, alter: Alter | None = None) -> None:
    """What the process does."""
    stream = Path(log).open("a", buffering=1)  # noqa: SIM115  (for as long as the process lives)
    os.dup2(stream.fileno(), 2)
    sys.stderr = stream
    faulthandler.register(signal.SIGUSR1, stream, all_threads=True)
    set_up_logs()
    # People here act at a machine's speed, and so does time; keeping to budgets is tested on its own.
    clock.REFRESH_S = schedule.TICK_S = 0.2
    TelegramChannel.budget = SlackChannel.budget = Budget(1000, 0.001, 1000, 0.001, 1000)
    app = build(read_settings(_env_file=None, **values))
    if alter is not None:
        alter(app)
    if mortality is not None:
        _die_at(app, mortality)
    asyncio.run(app.run("all"))


def _die_at(app: App, mortality: Mortality) -> None:
    """Kill this process around its nth commit that took a delivery in, or marked what was sent.

    What a new life does first, the clock's own commits, and a delivery that had been taken in before are not counted:
    every life gets somewhere.
    """
    made, here = count(1), local()
    dialect: Any = app.store.engine.dialect
    commit, take, sent = dialect.do_commit, deliveries.take, outbox.sent

    def taken(*arguments: Any) -> bool:
        here.counts = take(*arguments)
        return here.counts

    def marked(*arguments: Any) -> None:
        here.counts = True
        sent(*arguments)

    def do_commit(connection: Any) -> None:
        counts, here.counts = getattr(here, "counts", False), False
        number = next(made) if counts else 0
        if number == mortality.nth and mortality.before:
            os.kill(os.getpid(), signal.SIGKILL)
        commit(connection)
        if number == mortality.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    deliveries.take, outbox.sent, dialect.do_commit = taken, marked, do_commit


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
