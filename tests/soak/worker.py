"""One of two workers that live through the year: `python -m tests.soak.worker URL LOG`, until somebody kills it.

It ticks if nobody else does, and sends if nobody else does: each message is a line in the log, as a platform would have
taken it.
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from threading import Thread

from bot.clock import real_now
from storage import outbox
from storage.engine import Store
from storage.locks import Lock
from storage.programme import programme
from storage.tables.queues import Lane
from tests.soak.living import step
from tests.soak.programme import BEGINS, ENDS, the_year
from tests.talks import made_house

CHANNELS = ("telegram", "slack")
IDLE_S = 0.02
AT_ONCE = 20


def tick(store: Store) -> None:
    """Take step after step; how far the year has come is kept in the store, with what was done at that step."""
    lock, house, happenings = Lock(store, "tick"), made_house(), the_year().happenings
    while True:
        if not lock.take():
            time.sleep(IDLE_S)
            continue
        with store.write() as session:
            row = programme(session)
            assert row is not None
            moment = BEGINS + timedelta(seconds=row.clock_offset_s)
            if moment < ENDS:
                row.clock_offset_s = (step(session, house, happenings, moment) - BEGINS).total_seconds()
                session.add(row)
        if moment >= ENDS:
            time.sleep(IDLE_S)


def send(store: Store, log: Path) -> None:
    """Send whatever is there, row by row: claimed, written into the log, marked."""
    lock = Lock(store, "send")
    while not lock.take():
        time.sleep(IDLE_S)
    with store.write() as session:
        for channel in CHANNELS:
            outbox.take_over(session, channel)
    with log.open("a", buffering=1) as lines:
        while True:
            with store.write() as session:
                rows = [
                    row for one in CHANNELS for row in outbox.claim(session, one, real_now(), AT_ONCE, (), Lane.PUSH)
                ]
            for row in rows:
                lines.write(f"{row.key}\n")
                with store.write() as session:
                    outbox.sent(session, row.id, f"ref-{row.id}", real_now())
            if not rows:
                time.sleep(IDLE_S)


def sign(log: Path, pid: int) -> Path:
    """The file by which a worker says that it has begun: one that is still starting would be killed for nothing."""
    return log.with_name(f"{pid}.up")


def main() -> None:
    """Live until killed."""
    store, log = Store(sys.argv[1]), Path(sys.argv[2])
    Thread(target=send, args=(store, log), daemon=True).start()
    sign(log, os.getpid()).touch()
    tick(store)


if __name__ == "__main__":
    main()
