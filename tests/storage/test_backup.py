"""Backup and restore: all of it, from either store into either, or nothing at all."""

import json
import os
import stat
import tracemalloc
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlmodel import col, select

from storage import files, migrate
from storage.all_tables import tables
from storage.archive import BackupFault
from storage.backup import backup, restore
from storage.engine import Store
from storage.rows import in_order, plain
from storage.tables.people import Person, Role
from storage.tables.queues import WorkRow
from tests.storage.filled import NOW, Cast, fill
from tests.stores import KINDS, blank_url, fresh_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "causeway.backup"


@pytest.fixture
def cast(store: Store) -> Cast:
    """Everybody, in the store."""
    with store.write() as session:
        return fill(session)


@pytest.fixture(params=KINDS)
def other(request: pytest.FixtureRequest) -> Iterator[Store]:
    """Another store, empty, of each kind."""
    with fresh_store(request.param) as fresh:
        yield fresh


def contents(store: Store) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    with store.read() as session:
        order = {table.name: in_order(table, store.engine.dialect.name) for table in tables()}
        return {name: [plain(row) for row in session.execute(query).mappings()] for name, query in order.items()}


def rewrite(path: Path, **changes: bytes) -> None:
    """Change members of the backup, by the last part of their names, as a hand or a broken disk would."""
    with ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    with ZipFile(path, "w") as new:
        for name, data in members.items():
            new.writestr(name, changes.get(Path(name).stem, data))


def manifest(path: Path) -> dict[str, object]:
    """The backup's own account of itself."""
    with ZipFile(path) as file:
        return dict(json.loads(file.read("manifest.json")))


def test_everything_comes_back_in_either_store(store: Store, other: Store, cast: Cast, path: Path) -> None:
    counts = backup(store, path)
    assert restore(other, path) == counts
    assert contents(other) == contents(store)
    assert counts == {table: len(rows) for table, rows in contents(store).items()}
    backup(other, path.with_name("again"))
    assert path.with_name("again").read_bytes() == path.read_bytes()


def test_a_wiped_store_is_what_it_was(store: Store, cast: Cast, path: Path) -> None:
    before = contents(store)
    backup(store, path)
    migrate.downgrade(store, "base")
    migrate.upgrade(store)
    restore(store, path)
    assert contents(store) == before


def test_a_blank_store_gets_its_tables_first(store_kind: str, store: Store, cast: Cast, path: Path) -> None:
    backup(store, path)
    with blank_url(store_kind, path.parent) as url, closing(Store(url)) as blank:
        restore(blank, path)
        assert contents(blank) == contents(store)


@pytest.mark.parametrize("store_kind", ["sqlite"])
def test_numbers_go_on_after_the_last_restored_row(store: Store, other: Store, cast: Cast, path: Path) -> None:
    backup(store, path)
    restore(other, path)
    with other.write() as session:
        session.add(Person(key="duc", name="Duc Pham", role=Role.SUPPLIER))
    with other.read() as session:
        ids = session.exec(select(Person.id).order_by(col(Person.id))).all()
    assert ids == [cast.amina, cast.linh, cast.mentor, cast.mentor + 1]


def test_a_backup_shows_one_moment_while_others_write(store: Store, cast: Cast, path: Path) -> None:
    before, write = contents(store), WorkRow(key="meanwhile", kind="test", ready_at=NOW)

    def meanwhile(*_: object) -> dict[str, object]:
        if not write.id:
            with store.write() as session:
                session.add(write)
        return {}

    with pytest.MonkeyPatch.context() as patch:
        # The first row that is turned into JSON lets somebody write to a table that comes later.
        patch.setattr("storage.backup.plain", lambda row: meanwhile() or plain(row))
        counts = backup(store, path)
    assert write.id is not None
    assert counts == {table: len(rows) for table, rows in before.items()}


def test_only_the_owner_may_read_a_backup(store: Store, path: Path) -> None:
    backup(store, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_backup_that_breaks_off_leaves_the_old_one(store: Store, cast: Cast, path: Path) -> None:
    path.write_bytes(b"the old one")
    names = {found.name for found in path.parent.iterdir()}

    def fail(_row: object) -> dict[str, object]:
        raise OSError("no space left")

    with pytest.MonkeyPatch.context() as patch, pytest.raises(OSError, match="no space left"):
        patch.setattr("storage.backup.plain", fail)
        backup(store, path)
    assert path.read_bytes() == b"the old one"
    assert {found.name for found in path.parent.iterdir()} <= names


def test_a_folder_that_is_not_there_is_said(store: Store, path: Path) -> None:
    with pytest.raises(BackupFault, match="there is no folder"):
        backup(store, path / "deeper")


def test_a_store_with_rows_is_not_overwritten_unasked(store: Store, cast: Cast, path: Path) -> None:
    backup(store, path)
    with store.write() as session:
        session.add(Person(key="duc", name="Duc Pham", role=Role.SUPPLIER))
    before = contents(store)
    with pytest.raises(BackupFault, match="the store is not empty"):
        restore(store, path)
    assert contents(store) == before


def test_a_store_with_rows_is_replaced_when_asked(store: Store, cast: Cast, path: Path) -> None:
    before = contents(store)
    backup(store, path)
    with store.write() as session:
        session.add(Person(key="duc", name="Duc Pham", role=Role.SUPPLIER))
    restore(store, path, replace=True)
    assert contents(store) == before


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-200]), "damaged", id="cut off"),
        pytest.param(lambda path: path.write_bytes(b"no zip"), "damaged", id="no zip"),
        pytest.param(lambda path: path.unlink(), "cannot be read: No such file", id="missing"),
        pytest.param(lambda path: rewrite(path, people=b""), "table people is not what", id="rows missing"),
        pytest.param(lambda path: rewrite(path, people=b'{"id":1}\n'), "table people is not what", id="rows changed"),
        pytest.param(lambda path: rewrite(path, manifest=b"{}"), "no backup of Causeway", id="no manifest"),
        pytest.param(
            lambda path: rewrite(path, manifest=json.dumps(manifest(path) | {"format": 2}).encode()),
            "format 2",
            id="format",
        ),
        pytest.param(
            lambda path: rewrite(path, manifest=json.dumps(manifest(path) | {"tables": {}}).encode()),
            "tables of its schema",
            id="tables",
        ),
    ],
)
def test_a_broken_backup_changes_nothing(store: Store, cast: Cast, path: Path, break_it: object, message: str) -> None:
    backup(store, path)
    break_it(path)  # type: ignore[operator]
    before = contents(store)
    with pytest.raises(BackupFault, match=message):
        restore(store, path, replace=True)
    assert contents(store) == before


def test_a_flipped_byte_is_noticed(store: Store, cast: Cast, path: Path) -> None:
    backup(store, path)
    whole = bytearray(path.read_bytes())
    with ZipFile(path) as file:
        entry = file.getinfo("tables/blobs.jsonl")
    whole[entry.header_offset + 60 + entry.compress_size // 2] ^= 0x40
    path.write_bytes(whole)
    with pytest.raises(BackupFault, match="damaged"):
        restore(store, path, replace=True)


def test_a_backup_of_another_schema_is_refused_with_the_cure(store: Store, cast: Cast, path: Path) -> None:
    backup(store, path)
    rewrite(path, manifest=json.dumps(manifest(path) | {"revision": "0000"}).encode())
    with pytest.raises(BackupFault) as fault:
        restore(store, path, replace=True)
    assert "0000" in str(fault.value) and migrate.head() in str(fault.value)
    assert "restore it with the version of Causeway that made it" in str(fault.value)


def test_a_store_of_another_schema_is_neither_saved_nor_filled(store: Store, path: Path) -> None:
    backup(store, path)
    migrate.downgrade(store, "0001")
    with pytest.raises(BackupFault, match="the store is at schema revision 0001"):
        backup(store, path)
    with pytest.raises(BackupFault, match="the store is at schema revision 0001"):
        restore(store, path)


def test_rows_that_do_not_fit_leave_the_store_as_it_was_and_are_not_quoted(
    store: Store, cast: Cast, path: Path
) -> None:
    backup(store, path)
    with ZipFile(path) as file:
        people = file.read("tables/people.jsonl")
    doubled, plain_manifest = people + people, manifest(path)
    plain_manifest["tables"]["people"] = {"rows": 6, "sha256": sha256(doubled).hexdigest()}  # type: ignore[index]
    rewrite(path, people=doubled, manifest=json.dumps(plain_manifest).encode())
    before = contents(store)
    with pytest.raises(BackupFault, match="the rows of table people do not fit") as fault:
        restore(store, path, replace=True)
    assert "Amina" not in str(fault.value)
    assert contents(store) == before


def test_large_files_pass_through_in_small_pieces(store: Store, path: Path) -> None:
    size = 1 << 19
    with store.write() as session:
        for _ in range(20):
            files.keep(session, os.urandom(size), "image/png", NOW)
    tracemalloc.start()
    try:
        backup(store, path)
        restore(store, path, replace=True)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # One file at a time, in all its shapes: bytes, base64, a line, a parameter.
    assert peak < 12 * size
