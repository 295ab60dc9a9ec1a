"""A phone in scripts other than Latin: the direction is theirs, and nothing hangs over or is cut."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pictures import READERS
from tests.browser.visit import asked_for_a_figure, bubbles

CUT = "(keys) => keys.filter((key) => key.scrollWidth > key.clientWidth + 1).map((key) => key.textContent)"


@pytest.mark.parametrize("code", READERS)
def test_question_for_a_figure_fits_a_phone(page: Page, code: str) -> None:
    name, language = READERS[code]
    asked_for_a_figure(page, name, language)
    chat = page.locator("#phone .chat")
    expect(chat).to_have_attribute("dir", "rtl" if code == "ar" else "ltr")
    assert chat.evaluate("(chat) => chat.scrollWidth <= chat.clientWidth")
    assert bubbles(page).locator(".key").evaluate_all(CUT) == []
