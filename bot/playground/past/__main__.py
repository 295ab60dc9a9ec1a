"""The command line for the demo's past: make it anew, or see how long loading takes."""

import argparse
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bot.commands.common import set_up_logs
from bot.playground.demo import EXAMPLE, PAST, SECRET_KEY
from bot.playground.past.load import load_past
from bot.playground.past.make import SEED, make_past
from bot.playground.past.span import WHOLE
from storage.backup import backup
from storage.engine import Store
from storage.migrate import upgrade


def main(arguments: list[str] | None = None) -> None:
    """Make the past of the example programme, or with `--time` load the one that is there and say how long it took."""
    parser = argparse.ArgumentParser(prog="python -m bot.playground.past", description="The past of the demo.")
    parser.add_argument("--out", type=Path, default=PAST, help="the file to write")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed gives another past")
    parser.add_argument("--time", action="store_true", help="load the file instead, and say how long it took")
    given = parser.parse_args(arguments)
    set_up_logs()
    with TemporaryDirectory() as folder, closing(Store(f"sqlite:///{folder}/past.db")) as store:
        if given.time:
            _time(store, given.out)
        else:
            _make(store, given.out, given.seed)


def _make(store: Store, out: Path, seed: int) -> None:
    begun = perf_counter()
    town = make_past(store, EXAMPLE, SECRET_KEY, WHOLE, seed)
    rows = backup(store, out)
    print(f"{out}: {town.turns} turns in {perf_counter() - begun:.0f} s, {out.stat().st_size:,} bytes")
    print(", ".join(f"{name} {count}" for name, count in rows.items() if count))


def _time(store: Store, path: Path) -> None:
    upgrade(store)
    begun = perf_counter()
    load_past(store, path)
    print(f"{path}: loaded in {perf_counter() - begun:.2f} s")


if __name__ == "__main__":
    main()
