"""The town of the tests of learning: the example programme, Amina joined, and courses of a few questions."""

from collections.abc import Iterator

import pytest

from tests.handlers.deeds import imported
from tests.handlers.stage import Stage, opened
from tests.talks import Talker, Town
from tests.training.school import FIRE, WATER, teach


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The scenes of these tests, the first being the imported programme."""
    with opened("sqlite", tmp_path_factory.mktemp("school")) as made:
        yield made


@pytest.fixture
def town(stage: Stage) -> Town:
    """The programme imported, with two small courses and a short document instead of ours."""
    fresh = stage.put_back(imported)
    teach(fresh, fire=FIRE, water=WATER)
    return fresh


@pytest.fixture
def amina(town: Town) -> Talker:
    """Amina on her phone, who has joined."""
    return town.joined("amina")
