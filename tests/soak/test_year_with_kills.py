"""The same year with two workers on PostgreSQL, one of which is killed every few seconds."""

import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import func, select

from storage.engine import Store
from storage.outbox import UNSENT
from storage.programme import programme
from storage.tables.queues import OutboxRow, SendState
from tests.paths import ROOT
from tests.soak.programme import BEGINS, ENDS, bring_in, the_year
from tests.soak.told import expected, life_of, said
from tests.soak.worker import sign
from tests.stores import fresh_url

pytestmark = pytest.mark.soak
BETWEEN_KILLS_S = (3.0, 6.0)
LONGEST_S = 1500


def has_ended(store: Store) -> bool:
    """Whether the year is over and all that was to be sent has been."""
    with store.read() as session:
        row = programme(session)
        unsent = session.exec(select(func.count()).where(OutboxRow.state.in_(UNSENT))).one()  # type: ignore[attr-defined]
    return row is not None and BEGINS + timedelta(seconds=row.clock_offset_s) >= ENDS and not unsent


def worker(url: str, log: Path) -> subprocess.Popen[bytes]:
    """A worker that lives until it is killed."""
    return subprocess.Popen([sys.executable, "-m", "tests.soak.worker", url, str(log)], cwd=ROOT)


def live_with_kills(store: Store, url: str, log: Path) -> int:
    """Live through the year with two workers; how many were killed on the way.

    One is killed when both are at work, as who is still starting has nothing to lose; every fifth time both go at once.
    """
    chance, kills, began = random.Random(20251231), 0, time.monotonic()
    workers = [worker(url, log), worker(url, log)]
    try:
        while not has_ended(store):
            assert time.monotonic() - began < LONGEST_S, "the year does not end"
            time.sleep(chance.uniform(*BETWEEN_KILLS_S))
            if not all(sign(log, one.pid).exists() for one in workers):
                continue
            for place in chance.choice(((0,), (1,), (0,), (1,), (0, 1))):
                workers[place].kill()
                workers[place].wait()
                workers[place], kills = worker(url, log), kills + 1
    finally:
        for one in workers:
            one.kill()
            one.wait()
    return kills


def test_two_workers_under_kills_say_the_same_and_repeat_only_between_a_send_and_its_mark(tmp_path: Path) -> None:
    log = tmp_path / "sent.log"
    log.touch()
    with fresh_url("postgres", tmp_path) as url, closing(Store(url)) as store:
        with store.write() as session:
            bring_in(session)
            row = programme(session)
            assert row is not None
            row.clock_offset_s = 0
            session.add(row)
        kills = live_with_kills(store, url, log)
        with store.read() as session:
            notes = said(session)
            rows = list(session.exec(select(OutboxRow).where(OutboxRow.kind == "message")))
    told = {note.told for note in notes if note.told.family in ("capa", "figures")}
    assert told == set(expected(the_year()))
    assert all(life_of(note.told.person).may_hear(note.at) for note in notes)
    assert {row.state for row in rows} == {SendState.SENT}
    sent = Counter(log.read_text().split("\n")[:-1])
    assert set(sent) == {row.key for row in rows}
    assert all(1 <= sent[row.key] <= 1 + row.repeats for row in rows)
    assert kills > 20
    print(f"\n{kills} kills, {len(rows)} messages, {sum(sent.values()) - len(rows)} of them came twice")
