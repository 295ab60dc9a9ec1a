"""The town in which people ask what if: the example programme on an SQLite store, where output is asked as well."""

from collections.abc import Iterator

import pytest

from tests.handlers.stage import Stage, opened
from tests.talks import Town
from tests.whatif.known import known


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The scenes of all tests, the first being the imported programme."""
    with opened("sqlite", tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture
def town(stage: Stage) -> Town:
    """A year of Amina's site, with a baseline before it, on a Monday at nine."""
    return stage.after(known)
