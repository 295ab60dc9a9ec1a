"""Migrations: the tables in the code and the revisions agree, both ways, on both stores."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import col, select

from storage import migrate
from storage.all_tables import metadata, tables
from storage.engine import Store
from storage.tables.capas import Capa, CapaSource, CapaState, Owed
from tests.storage.at_once import at_once
from tests.storage.filled import NOW, fill
from tests.stores import blank_url

SETUP = "from storage import engine, migrate; store = engine.Store(sys.argv[1])"


@pytest.fixture
def blank(store_kind: str, tmp_path: Path) -> Iterator[Store]:
    """A store without any table."""
    with blank_url(store_kind, tmp_path) as url, closing(Store(url)) as opened:
        yield opened


def test_a_blank_store_is_at_no_revision(blank: Store) -> None:
    assert migrate.current(blank) is None


def test_tables_and_revisions_agree(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_constraints_have_the_names_of_the_convention(store: Store) -> None:
    inspector = inspect(store.engine)
    for table in tables():
        found = {item["name"] for item in inspector.get_unique_constraints(table.name)}
        found |= {item["name"] for item in inspector.get_foreign_keys(table.name)}
        found |= {inspector.get_pk_constraint(table.name)["name"]}
        assert found == {str(item.name) for item in table.constraints}


def test_upgrade_downgrade_upgrade(blank: Store) -> None:
    migrate.upgrade(blank)
    assert migrate.current(blank) == migrate.head()
    migrate.downgrade(blank, "base")
    assert inspect(blank.engine).get_table_names() == ["alembic_version"]
    migrate.upgrade(blank)
    assert set(inspect(blank.engine).get_table_names()) == {table.name for table in tables()} | {"alembic_version"}


def test_capas_keep_their_life_when_they_get_more_states(store: Store) -> None:
    """One that was open goes on with its work; one without an owner goes to whoever opened it on the way back."""
    with store.write() as session:
        cast = fill(session)
        values = {"severity": "minor", "due_on": NOW.date(), "opened_at": NOW, "opened_by_id": cast.mentor}
        session.add(Capa(site_id=cast.site, finding="The yard", state=CapaState.CANCELLED, **values))
    migrate.downgrade(store, "0003")
    old = "SELECT id, state, owner_id FROM capas ORDER BY id"
    with store.engine.connect() as connection:
        assert connection.execute(text(old)).all() == [(1, "open", cast.amina), (2, "closed", cast.mentor)]
    migrate.upgrade(store)
    with store.read() as session:
        going, over = session.exec(select(Capa).order_by(col(Capa.id))).all()
    assert (going.state, going.owed, going.owed_on) == (CapaState.IN_PROGRESS, Owed.CLOSE, going.due_on)
    assert (over.state, over.owed, over.source) == (CapaState.CLOSED, Owed.NOTHING, CapaSource.HAND)


def test_processes_that_start_at_once_do_not_clash(blank: Store) -> None:
    url = blank.url.render_as_string(hide_password=False)
    assert at_once(3, SETUP, "migrate.upgrade(store)", url) == [""] * 3
    assert migrate.current(blank) == migrate.head()


def test_foreign_keys_are_on_again_after_a_migration(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path}/store.db")) as store:
        migrate.upgrade(store)
        with store.read() as session:
            assert session.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_a_migration_that_leaves_orphans_is_rolled_back(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path}/store.db")) as store:
        migrate.upgrade(store)
        with store.engine.connect() as connection:
            driver = connection.connection.cursor()
            driver.execute("PRAGMA foreign_keys=OFF")
            driver.execute("INSERT INTO contacts VALUES (1, 99, 'telegram', '1', '1', 0, NULL, 1)")
            driver.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(migrate.MigrationFault, match="contacts"):
            migrate.downgrade(store, "0001")
        assert migrate.current(store) == migrate.head()
        assert "outbox" in inspect(store.engine).get_table_names()


def test_a_new_revision_is_written_from_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    column = metadata.tables["people"].columns["name"]
    monkeypatch.setattr(migrate, "FOLDER", _copy_of_migrations(tmp_path))
    monkeypatch.setattr(column, "nullable", True)
    path = migrate.revise("Names may be missing")
    assert path.parent == tmp_path / "migrations" / "versions"
    assert path.name.startswith(f"{int(migrate.head()):04d}_names_may_be_missing")
    assert "batch_op.alter_column" in path.read_text() and "nullable=True" in path.read_text()


def _copy_of_migrations(folder: Path) -> Path:
    copied = folder / "migrations"
    (copied / "versions").mkdir(parents=True)
    for path in [*migrate.FOLDER.glob("*.*"), *migrate.FOLDER.glob("versions/0*.py")]:
        (copied / path.relative_to(migrate.FOLDER)).write_bytes(path.read_bytes())
    return copied
