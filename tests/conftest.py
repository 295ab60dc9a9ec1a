"""The stores that tests run on: each test that asks for `store` or `store_url` runs once on each kind."""

import sys
from collections.abc import Iterator

import pytest
import structlog

from storage.engine import Store
from tests.browser.chromium import CURE, chromium
from tests.stores import KINDS, fresh_store


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One line on the browser tests, which take a minute of their own."""
    if "not browser" in config.option.markexpr:
        where = "make browser" if chromium() else f"there is no Chromium here ({CURE})"
        terminalreporter.write_line(f"Skipped the browser tests: {where}")


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    """Logs as in production: no pictures of local values, which hold people's words."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


@pytest.fixture(params=KINDS)
def store_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` and `postgres`, one after the other."""
    return str(request.param)


@pytest.fixture
def store(store_kind: str) -> Iterator[Store]:
    """A migrated store without a row."""
    with fresh_store(store_kind) as fresh:
        yield fresh


@pytest.fixture
def store_url(store: Store) -> str:
    """The URL of `store`; a subprocess may use it."""
    return store.url.render_as_string(hide_password=False)
