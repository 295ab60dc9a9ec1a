"""The town that the tests of summaries read about, and the scenes they begin from."""

from collections.abc import Iterator

import pytest

from tests.handlers.deeds import imported
from tests.handlers.stage import Stage, opened
from tests.summaries.scenes import eventful
from tests.talks import Town


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The scenes of all tests, the first being the imported programme."""
    with opened("sqlite", tmp_path_factory.mktemp("summaries")) as made:
        yield made


@pytest.fixture
def town(stage: Stage) -> Town:
    """A week with a breach, a CAPA, a problem and a figure in it."""
    return stage.after(eventful)


@pytest.fixture
def blank(stage: Stage) -> Town:
    """The programme imported, and nothing has happened."""
    return stage.put_back(imported)
