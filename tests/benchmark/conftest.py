"""The town in which sites are compared: the example programme on an SQLite store, where output is asked as well."""

from collections.abc import Iterator

import pytest

from tests.benchmark.district import district
from tests.handlers.stage import Stage, opened
from tests.talks import Town


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The scenes of all tests, the first being the imported programme."""
    with opened("sqlite", tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina's site among seven others of their own companies, nobody joined yet, on a Monday at nine."""
    return stage.after(district)
