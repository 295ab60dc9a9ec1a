"""The town that the tests of the handlers talk in: the example programme on an SQLite store."""

from collections.abc import Iterator

import pytest

from tests.handlers.deeds import imported
from tests.handlers.stage import Stage, opened
from tests.talks import Town


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The scenes of all tests, the first being the imported programme."""
    with opened("sqlite", tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture
def blank(stage: Stage) -> Town:
    """The programme imported, nobody joined yet, on a Monday at nine."""
    return stage.put_back(imported)


@pytest.fixture
def town(blank: Town) -> Town:
    """The town of a test; a file whose tests begin later has a scene of its own under this name."""
    return blank
