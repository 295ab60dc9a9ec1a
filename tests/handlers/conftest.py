"""The town that the tests of the handlers talk in: the example programme on an SQLite store."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import event

from storage.engine import Store
from tests.handlers.deeds import imported
from tests.handlers.stage import Stage
from tests.stores import fresh_url
from tests.talks import Town


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The scenes of all tests, the first being the imported programme."""
    with fresh_url("sqlite", tmp_path_factory.mktemp("stage")) as url, closing(Store(url)) as store:
        event.listen(store.engine, "connect", _careless)
        made, town = Stage(store), Town(store)
        imported(town)
        made.keep(imported, town)
        yield made


def _careless(connection: Any, _record: Any) -> None:
    """A test's store may go with the power: nothing has to reach the disk."""
    connection.execute("PRAGMA synchronous=OFF")


@pytest.fixture
def blank(stage: Stage) -> Town:
    """The programme imported, nobody joined yet, on a Monday at nine."""
    return stage.put_back(imported)


@pytest.fixture
def town(blank: Town) -> Town:
    """The town of a test; a file whose tests begin later has a scene of its own under this name."""
    return blank
