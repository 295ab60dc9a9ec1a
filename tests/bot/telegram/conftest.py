from collections.abc import Iterator

import pytest

from bot.telegram import insist
from tests.bot.telegram.line import Line, Wire


@pytest.fixture(scope="session")
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.close()


@pytest.fixture
def line(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    monkeypatch.setattr(insist, "FIRST_WAIT_S", 0.01)
    line = Line(wire)
    yield line
    line.close()
