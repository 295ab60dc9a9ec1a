from collections.abc import Iterator

import pytest

from tests.bot.slack.line import Line


@pytest.fixture(scope="session")
def lines() -> Iterator[dict[str, Line]]:
    opened = {"http": Line(socket=False), "socket": Line(socket=True)}
    yield opened
    for line in opened.values():
        line.close()


@pytest.fixture(params=["http", "socket"])
def line(request: pytest.FixtureRequest, lines: dict[str, Line]) -> Line:
    lines[request.param].clear()
    return lines[request.param]


@pytest.fixture
def http(lines: dict[str, Line]) -> Line:
    lines["http"].clear()
    return lines["http"]


@pytest.fixture
def socket(lines: dict[str, Line]) -> Line:
    lines["socket"].clear()
    return lines["socket"]
