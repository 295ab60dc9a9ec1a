"""Makes the pictures of the README: `make pictures` plays the demo's tour in headless Chromium and looks at it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect, sync_playwright

from bot.playground.demo import PAST, Demo
from bot.playground.page.routes import page_routes
from bot.playground.page.tour import Tour
from bot.playground.serve import serve
from tests.browser.chromium import ARGUMENTS, CURE, chromium
from tests.browser.visit import asked_for_a_figure

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
ACT_MS = 90_000
READERS = {
    "ar": ("Mona Farouk", "العربية"),
    "bn": ("Nasrin Akter", "বাংলা"),
    "th": ("Sokha Chan", "ไทย"),
    "zh": ("Mei Lin", "简体中文"),
}
"""Whose phone is shown in which language."""


def main() -> None:
    """Write every picture anew and name it."""
    path = chromium()
    if path is None:
        sys.exit(f"The pictures need Chromium: {CURE}")
    FOLDER.mkdir(exist_ok=True)
    Tour.reading_s = 0.3
    with _page(path) as page:
        for name in _story(page):
            page.mouse.move(0, 0)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(FOLDER / f"{name}.png")
    for code, (name, language) in READERS.items():
        with _page(path, past=None) as page:
            asked_for_a_figure(page, name, language)
            page.locator("#phone .frame").screenshot(path=FOLDER / f"phone-{code}.png")
            print(FOLDER / f"phone-{code}.png")


@contextmanager
def _page(chromium_path: str, past: Path | None = PAST) -> Iterator[Page]:
    """The demo's page, with its past if there is one, newly opened."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        demo = Demo(Path(folder), past)
        with serve(demo.playground.asgi(page_routes(demo))) as served:
            demo.start(served.url)
            browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
            page = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
            page.goto(f"{served.url}/")
            if past is None:
                page.get_by_role("button", name="Look around").click()
            yield page
            browser.close()
            demo.stop()


def _story(page: Page) -> Iterator[str]:
    """The name of a picture whenever the page shows what should be in it."""
    page.get_by_role("button", name="Take the tour").click()
    for act in range(1, 6):
        tour = page.locator("#tour")
        expect(tour.locator("h2")).to_contain_text(f"{act}. ")
        onward = tour.get_by_role("button", name="Play it once more" if act == 5 else "Next: ")
        expect(onward).to_be_visible(timeout=ACT_MS)
        if act == 3:
            yield "breach"
        if act == 5:
            expect(page.locator("#desk .sheet").first).to_be_visible()
            yield "summary"
        else:
            onward.click()
    page.get_by_role("button", name="Leave the tour").click()
    page.get_by_label("Dark or light").click()
    page.set_viewport_size({"width": 420, "height": 860})
    page.get_by_role("button", name="Phone", exact=True).click()
    yield "phone"


if __name__ == "__main__":
    main()
