from collections.abc import Iterator

import pytest

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
