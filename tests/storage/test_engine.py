"""The engine: nothing read in a writing session changes under it, among threads and among processes."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from storage.engine import Store, use_wal
from storage.tables.programme import Supplier
from tests.storage.at_once import at_once

TIMES = 20
SETUP = "from storage.engine import Store; from tests.storage.test_engine import count_up; store = Store(sys.argv[1])"


def count_up(store: Store, times: int) -> None:
    """So many times, read a number and write the next one."""
    for _ in range(times):
        _count_once(store)


def _count_once(store: Store) -> None:
    with store.write() as session:
        supplier = session.exec(select(Supplier).where(col(Supplier.key) == "counted").with_for_update()).one()
        supplier.name = str(int(supplier.name) + 1)
        session.add(supplier)


def counted(store: Store) -> int:
    """The number as it stands."""
    with store.read() as session:
        return int(session.exec(select(Supplier.name)).one())


@pytest.fixture
def counter(store: Store) -> Store:
    """A store with a number at nought."""
    with store.write() as session:
        session.add(Supplier(key="counted", name="0", spend_band="A", tier="low"))
    return store


def test_threads_lose_no_update(counter: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count_up, [counter] * 4, [TIMES] * 4))
    assert counted(counter) == 4 * TIMES


def test_processes_lose_no_update(counter: Store, store_url: str) -> None:
    assert at_once(3, SETUP, f"count_up(store, {TIMES})", store_url) == [""] * 3
    assert counted(counter) == 3 * TIMES


def test_a_writing_session_that_fails_leaves_nothing(counter: Store) -> None:
    with pytest.raises(LookupError), counter.write() as session:
        session.add(Supplier(key="other", name="1", spend_band="A", tier="low"))
        session.flush()
        raise LookupError
    with counter.read() as session:
        assert session.exec(select(Supplier.key)).all() == ["counted"]


def test_foreign_keys_are_kept(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"), store.write() as session:
        session.execute(text("INSERT INTO memberships (person_id, site_id, duty) VALUES (1, 1, 'deputy')"))


def test_a_rival_that_holds_a_new_file_is_waited_for(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as rival:
        rival.execute("BEGIN EXCLUSIVE")

        class Refused(sqlite3.Connection):
            def execute(self, *statement: Any) -> sqlite3.Cursor:
                try:
                    return super().execute(*statement)
                except sqlite3.OperationalError:
                    rival.execute("ROLLBACK")
                    raise

        with closing(sqlite3.connect(tmp_path / "new.db", timeout=0, factory=Refused)) as connection:
            use_wal(connection)
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert not rival.in_transaction
