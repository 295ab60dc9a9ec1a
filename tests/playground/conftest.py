from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.playground.page_stage import TestStage, Visitor, made_stage, prepare, visiting
from tests.playground.telegram_line import Line, Wire


@pytest.fixture(scope="session")
def telegram_wire() -> Iterator[Wire]:
    wire = Wire()
    first = Line(wire)
    wire.run(wire.bot.initialize())
    wire.run(first.phone.stop())
    yield wire
    wire.close()


@pytest.fixture
def line(telegram_wire: Wire) -> Iterator[Line]:
    line = Line(telegram_wire)
    yield line
    line.run(line.phone.stop())


@pytest.fixture(scope="session")
def prepared_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example programme, to be copied."""
    path = tmp_path_factory.mktemp("prepared") / "programme.db"
    prepare(path)
    return path


@pytest.fixture
def stage(prepared_store: Path, tmp_path: Path) -> Iterator[TestStage]:
    """A stage for the page, without Causeway."""
    with made_stage(prepared_store, tmp_path) as made:
        yield made


@pytest.fixture
def visitor(stage: TestStage) -> Iterator[Visitor]:
    """Somebody who has opened that page."""
    with visiting(stage) as visitor:
        yield visitor
