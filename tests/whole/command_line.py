"""The command line as a user has it: a process of its own, with arguments, environment, input and an exit code."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.__main__ import app

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.whole.bot", "tests.whole.command_line"])
LONGEST_S = 40.0


@dataclass(frozen=True)
class Ended:
    """What a command left: its exit code and what it wrote."""

    code: int | None
    out: str
    err: str


@dataclass(frozen=True)
class CommandLine:
    """A shell in `folder` with these variables set and none of Causeway's others."""

    folder: Path
    settings: Mapping[str, Any]

    def run(self, *words: str, typed: str = "", **settings: object) -> Ended:
        """What a command left, forked from a server that has everything imported; `settings` are set on top."""
        with self.running(*words, typed=typed, **settings) as process:
            process.join(LONGEST_S)
            assert not process.is_alive(), f"causeway {' '.join(words)} does not end"
        return Ended(process.exitcode, self.read("out"), self.read("err"))

    def run_afresh(self, *words: str) -> Ended:
        """The same with an interpreter of its own, as a shell starts it."""
        kept = {name: value for name, value in os.environ.items() if name.lower() not in self.settings}
        done = subprocess.run(
            [sys.executable, "-m", "bot", *words],
            cwd=Path(__file__).parents[2],
            env=kept | variables(self.settings),
            capture_output=True,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def running(self, *words: str, typed: str = "", **settings: object) -> Iterator[BaseProcess]:
        """A command that goes on until it is stopped; it is gone afterwards."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "in").write_text(typed, encoding="utf-8")
        values = variables({**self.settings, **settings})
        process = _context.Process(target=execute, args=(words, values, str(self.folder)), daemon=True)
        process.start()
        try:
            yield process
        finally:
            if process.is_alive():
                process.kill()
            process.join()

    def read(self, stream: str) -> str:
        """What the last command has written to `out` or `err` so far."""
        path = self.folder / stream
        return path.read_text(encoding="utf-8") if path.exists() else ""


def variables(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as environment variables."""
    return {name.upper(): str(value) for name, value in settings.items()}


def interrupt(process: BaseProcess) -> None:
    """Ctrl+C."""
    if process.pid is not None:
        os.kill(process.pid, signal.SIGINT)


def wait_for(text: str, line: CommandLine, stream: str = "out") -> str:
    """What a running command has written, once it has written this."""
    until = time.monotonic() + LONGEST_S
    while text not in (written := line.read(stream)):
        assert time.monotonic() < until, f"{text!r} is not in {written!r}; errors: {line.read('err')}"
        time.sleep(0.03)
    return written


def execute(words: Sequence[str], values: Mapping[str, str], folder: str) -> None:
    """What the forked process does."""
    os.chdir(folder)
    os.environ.update(values)
    for number, (name, flags) in enumerate(
        (
            ("in", os.O_RDONLY),
            ("out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            ("err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        )
    ):
        os.dup2(os.open(name, flags), number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w", buffering=1), open(2, "w", buffering=1)  # noqa: SIM115
    signal.signal(signal.SIGINT, signal.default_int_handler)
    app(list(words), prog_name="causeway")
