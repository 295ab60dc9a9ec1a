"""The stores that tests run on: each test that asks for `store` or `store_url` runs once on each kind."""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import structlog

from storage.engine import Store
from tests.stores import KINDS, fresh_url


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """Logs as in production: no pictures of local values, which hold people's words."""
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.format_exc_info, structlog.dev.ConsoleRenderer(colors=False)],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@pytest.fixture(params=KINDS)
def store_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` and `postgres`, one after the other."""
    return str(request.param)


@pytest.fixture
def store_url(store_kind: str, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated store without a row; a subprocess may use it."""
    with fresh_url(store_kind, tmp_path) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A migrated store without a row."""
    with closing(Store(store_url)) as opened:
        yield opened
