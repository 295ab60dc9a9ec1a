"""The town in which people talk in a marker language."""

from collections.abc import Iterator

import pytest

from tests.handlers.deeds import imported
from tests.handlers.stage import Stage, opened
from tests.talks import Town


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The example programme, imported once."""
    with opened("sqlite", tmp_path_factory.mktemp("stage")) as made:
        yield made


@pytest.fixture
def town(stage: Stage) -> Town:
    """The programme imported, nobody joined yet, on a Monday at nine."""
    return stage.put_back(imported)
