"""The store's schema: brought to the newest revision, or back, in one transaction that runs alone.

After a change in `storage/tables/`, `python -m storage.migrate revision "what changed"` writes the next revision into
`storage/migrations/versions/`, by comparing the tables with a blank store at the newest revision. Read it, correct it,
run `make format` on it: Alembic sees added and removed columns, not renamed ones, and moves no data.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from storage.engine import Store

FOLDER = Path(__file__).parent / "migrations"
# Any number will do, as long as every process of Causeway takes the same.
ADVISORY_LOCK = 7_244_118


class MigrationFault(Exception):
    """A migration that would have left rows pointing at nothing; it was rolled back."""


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the schema up to a revision; several processes may try at once, and one of them does it."""
    with _alone(store) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(store: Store, revision: str) -> None:
    """Take the schema back to a revision; `base` takes every table away."""
    with _alone(store) as connection:
        command.downgrade(_config(connection), revision)


def current(store: Store) -> str | None:
    """The revision a store is at; None before the first."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The newest revision that this version of Causeway knows."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revise(message: str) -> Path:
    """The file of a new revision: what the tables in the code have and the newest revision has not."""
    with TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/blank.db")
        upgrade(store)
        with _alone(store) as connection:
            config = _config(connection)
            number = max(int(one.revision) for one in ScriptDirectory.from_config(config).walk_revisions()) + 1
            made = command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        store.close()
    if made is None or isinstance(made, list):
        raise MigrationFault("no revision was made")
    return Path(made.path)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    # Alembic reads its options through a ConfigParser, to which a percent sign means something.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(store: Store) -> Iterator[Connection]:
    """A connection in one transaction, with no other migration beside it."""
    with store.engine.execution_options(writes=True).connect() as connection:
        if store.is_sqlite:
            with _without_foreign_keys(connection), connection.begin():
                yield connection
                _check_foreign_keys(connection)
        else:
            with connection.begin():
                connection.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))
                yield connection


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    # SQLite changes a table by building it anew: with foreign keys on, dropping the old one would take its children
    # along. The pragma means nothing inside a transaction, so it goes past SQLAlchemy, which would begin one.
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.close()


def _check_foreign_keys(connection: Connection) -> None:
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        names = ", ".join(sorted({row[0] for row in orphans}))
        raise MigrationFault(f"the migration would leave rows pointing at nothing in: {names}")


def main(arguments: list[str] | None = None) -> None:
    """The command line for people who change the tables."""
    parser = argparse.ArgumentParser(prog="python -m storage.migrate", description="Write the next schema revision.")
    actions = parser.add_subparsers(dest="action", required=True)
    revision = actions.add_parser("revision", help="compare the tables with the newest revision")
    revision.add_argument("message", help="what changed, in a few words")
    revise(parser.parse_args(arguments).message)


if __name__ == "__main__":
    main()
