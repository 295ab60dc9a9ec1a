"""The demo in a real browser. These tests have a command of their own, `make browser`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channel import Budget
from bot.playground.demo import PAST, Demo
from bot.playground.page.routes import page_routes
from bot.playground.page.tour import Tour
from bot.playground.serve import Served, serve
from bot.slack.run import SlackChannel
from bot.telegram.run import TelegramChannel
from tests.browser.chromium import ARGUMENTS, CURE, chromium

CHROMIUM = chromium()
collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]
PATIENCE_MS = 15_000


def pytest_configure(config: pytest.Config) -> None:
    """Whoever asks for these tests by name gets them, or hears what is missing."""
    if config.option.markexpr == "browser" and not CHROMIUM:
        raise pytest.UsageError(f"the browser tests need Chromium: {CURE}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is run by `make browser`."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


if CHROMIUM:
    from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

    @pytest.fixture(scope="session")
    def browser() -> Iterator[Browser]:
        """A headless Chromium."""
        expect.set_options(timeout=PATIENCE_MS)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield browser
            browser.close()

    @pytest.fixture
    def page(browser: Browser, served: Served) -> Iterator[Page]:
        """The playground at 1400 px, with the welcome closed; an error in the browser's console fails the test."""
        yield from opened(browser, served, 1400, 900)

    @pytest.fixture
    def long_running(browser: Browser, tmp_path: Path, quick: None) -> Iterator[Page]:
        """The playground as `make demo` shows it, with the past of the example programme."""
        demo = Demo(tmp_path, PAST)
        with serve(demo.playground.asgi(page_routes(demo))) as served:
            demo.start(served.url)
            yield from opened(browser, served, 1400, 900)
            demo.stop()

    @pytest.fixture
    def narrow(browser: Browser, served: Served) -> Iterator[Page]:
        """The playground on a narrow screen."""
        yield from opened(browser, served, 420, 860)

    def is_fault(said: ConsoleMessage) -> bool:
        return said.type == "error" and "409" not in said.text

    def opened(browser: Browser, served: Served, width: int, height: int) -> Iterator[Page]:
        context = browser.new_context(
            base_url=served.url, viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        # A refused deed is no fault of the page, though the browser notes its status.
        page.on("console", lambda said: troubles.append(said.text) if is_fault(said) else None)
        page.goto(f"{served.url}/")
        page.get_by_role("button", name="Look around").click()
        expect(page.locator("#phone .picker-open b")).to_be_visible()
        yield page
        context.close()
        assert not troubles


@pytest.fixture(scope="session")
def quick() -> Iterator[None]:
    """People here act at a machine's speed, and so does the bot."""
    with pytest.MonkeyPatch.context() as patch:
        for channel in (TelegramChannel, SlackChannel):
            patch.setattr(channel, "budget", Budget(1000, 0.001, 1000, 0.001, 1000))
        patch.setattr(Tour, "reading_s", 0.2)
        yield


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, quick: None) -> Demo:
    """A demo without a past: nobody has joined yet."""
    return Demo(Path(tmp_path_factory.mktemp("demo")))


@pytest.fixture(scope="session")
def served(demo: Demo) -> Iterator[Served]:
    """The page being served."""
    with serve(demo.playground.asgi(page_routes(demo))) as served:
        demo.start(served.url)
        yield served
        demo.stop()
