"""Backup and restore: everything in one file that either store can read, or nothing at all.

Several gigabytes pass through in small pieces. A backup holds people's data and belongs where the store belongs.
"""

import os
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from sqlalchemy import Connection, Integer, LargeBinary, Table, delete, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from storage.all_tables import tables
from storage.archive import BackupFault, Reader, Writer
from storage.engine import Store
from storage.migrate import current, head, upgrade
from storage.rows import in_order, plain, stored

BATCH = 500


def backup(store: Store, path: Path) -> dict[str, int]:
    """How many rows of each table went into the file at `path`, as they stood at one moment.

    The file appears whole or not at all; one that is there already is replaced.
    """
    _check_schema(store)
    with _written_beside(path) as file, Writer(file, head()) as writer, _snapshot(store) as connection:
        for table in tables():
            with closing(_rows(connection, table)) as rows:
                writer.add(table.name, rows)
        manifest = writer.finish()
    return {name: part.rows for name, part in manifest.tables.items()}


def restore(store: Store, path: Path, *, replace: bool = False) -> dict[str, int]:
    """How many rows of each table came back. The store must be empty, unless `replace` allows to wipe it.

    The file is checked as a whole first; the rest is one transaction, so a fault changes nothing.
    """
    with Reader(path) as archive:
        _check_revision(archive.manifest.revision)
        archive.verify(table.name for table in tables())
        if current(store) is None and not inspect(store.engine).get_table_names():
            upgrade(store)
        _check_schema(store)
        with store.engine.execution_options(writes=True).begin() as connection:
            _make_room(connection, replace)
            return {table.name: _fill(connection, table, archive) for table in tables()}


def _check_schema(store: Store) -> None:
    found, known = current(store), head()
    if found != known:
        raise BackupFault(
            f"the store is at schema revision {found or 'none'}, this Causeway works with {known}; "
            "start this Causeway on the store once, which brings the schema up to date"
        )


def _check_revision(revision: str) -> None:
    if revision != head():
        raise BackupFault(
            f"the backup is of schema revision {revision}, this Causeway works with {head()}; restore it with the "
            "version of Causeway that made it, let the newer version upgrade that store, then make a new backup"
        )


@contextmanager
def _written_beside(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes the place of `path` once it is complete and on the disk; only its owner may read it."""
    if not path.absolute().parent.is_dir():
        raise BackupFault(f"there is no folder {path.parent}")
    with NamedTemporaryFile(dir=path.absolute().parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(file.name).unlink()
            raise


@contextmanager
def _snapshot(store: Store) -> Iterator[Connection]:
    """A connection on which everything is read as of one moment, while others go on writing."""
    options: dict[str, Any] = {} if store.is_sqlite else {"isolation_level": "REPEATABLE READ"}
    with store.engine.connect().execution_options(**options) as connection:
        yield connection


def _rows(connection: Connection, table: Table) -> Generator[dict[str, Any]]:
    # A file may have megabytes: those rows come one at a time, the others by the batch.
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    streaming = connection.execution_options(yield_per=1 if heavy else BATCH)
    with streaming.execute(in_order(table, connection.dialect.name)) as result:
        for row in result.mappings():
            yield plain(row)


def _make_room(connection: Connection, replace: bool) -> None:
    """See to it that no table has a row, and that nobody adds one meanwhile."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(table.name for table in tables())
        connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    taken = [table.name for table in tables() if connection.execute(select(table).limit(1)).first()]
    if taken and not replace:
        raise BackupFault(
            f"the store is not empty ({', '.join(taken)}); restore into a new one, or allow to replace it"
        )
    for table in reversed(tables()):
        connection.execute(delete(table))


def _fill(connection: Connection, table: Table, archive: Reader) -> int:
    count = 0
    try:
        for batch in _batches(archive.rows(table.name), table):
            connection.execute(insert(table), batch)
            count += len(batch)
    except DBAPIError as error:
        # The store's own message would quote the row, and with it people's words.
        kind = type(error.orig).__name__
        raise BackupFault(f"the rows of table {table.name} do not fit into this store ({kind})") from None
    _count_on(connection, table)
    return count


def _batches(rows: Iterable[Mapping[str, Any]], table: Table) -> Iterator[list[dict[str, Any]]]:
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(stored(table, row))
        if heavy or len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number the next row after the last restored one; SQLite does so by itself."""
    key = next(iter(table.primary_key))
    if connection.dialect.name == "postgresql" and isinstance(key.type, Integer):
        last = select(func.max(key)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        connection.execute(select(func.setval(sequence, func.coalesce(last, 1), last.is_not(None))))
