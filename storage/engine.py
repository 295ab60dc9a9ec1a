"""The store: one engine for SQLite or PostgreSQL, and its two kinds of session, reading and writing."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlmodel import Session

BUSY_MS = 10_000


class Store:
    """Opens sessions on one database. A writing session is one transaction: it commits at the end or rolls back."""

    def __init__(self, url: str) -> None:
        self.url = normal(url)
        self.engine = open_engine(self.url)

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded store, which has room for one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that writes: on SQLite it takes the write lock at once, so nothing it read can change under it."""
        engine = self.engine.execution_options(writes=True)
        with Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that only reads, from one snapshot."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def normal(url: str) -> URL:
    """The URL with psycopg 3 as PostgreSQL's driver, whichever way it was written."""
    made = make_url(url)
    if made.get_backend_name() in ("postgresql", "postgres"):
        return made.set(drivername="postgresql+psycopg")
    return made


def open_engine(url: URL) -> Engine:
    """An engine whose transactions mean the same on both stores."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10, hide_parameters=True)


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transactions begin too late and lose updates, so it is told to leave them to us.
    connection.isolation_level = None
    use_wal(connection)
    for pragma in (
        "synchronous=NORMAL",
        f"busy_timeout={BUSY_MS}",
        "foreign_keys=ON",
        # An erased person's words must not stay in freed pages.
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def use_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, which the file remembers.

    Where two processes switch a new file at once, SQLite refuses one of them at once, whatever the busy timeout.
    """
    give_up = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
