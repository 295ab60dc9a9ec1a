"""The town that the tests of the handlers talk in: the example programme on an SQLite store."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from storage import people
from storage.engine import Store
from tests.stores import fresh_url
from tests.talks import Town


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with the programme imported: one engine for all tests, for it keeps what it has compiled."""
    folder = tmp_path_factory.mktemp("imported")
    with fresh_url("sqlite", folder) as url, closing(Store(url)) as store:
        event.listen(store.engine, "connect", _careless)
        Town(store).import_example()
        with store.write() as session:
            lucia = people.by_key(session, "lucia")
            assert lucia is not None
            lucia.language = "en"
        store.close()
        shutil.copyfile(str(store.url.database), folder / "template.db")
        yield store


def _careless(connection: Any, _record: Any) -> None:
    """A test's store may go with the power: nothing has to reach the disk."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def town(imported: Store) -> Iterator[Town]:
    """The example programme imported, nobody joined yet, on a Monday at nine; Lucia reads English."""
    path = Path(str(imported.url.database))
    shutil.copyfile(path.parent / "template.db", path)
    yield Town(imported)
    imported.close()
