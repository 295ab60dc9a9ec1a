"""The page as a whole: the tour, the clock, narrow and dark, starting over."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.playground.demo import Demo
from bot.playground.serve import Served
from tests.browser.visit import bubbles, newest, picks

ACTS = ["A lesson", "A figure, with a slip", "A breach", "A corrective action", "The weekly summary"]
SHOWS = [
    ("#phone", "right"),
    ("#phone", "16,500 kWh"),
    ("#workspace", "Song Cau"),
    ("#phone", "A corrective action"),
    ("#desk", "the summary of week"),
]


def test_tour_plays_its_five_acts(long_running: Page) -> None:
    page = long_running
    page.locator("#tour-begin").click()
    for number, (act, (pane, words)) in enumerate(zip(ACTS, SHOWS, strict=True), start=1):
        tour = page.locator("#tour")
        expect(tour.locator("h2")).to_have_text(f"{number}. {act}")
        onward = tour.get_by_role("button", name="Play it once more" if number == len(ACTS) else "Next: ")
        expect(onward).to_be_visible(timeout=60_000)
        expect(tour.locator(".error")).to_have_count(0)
        expect(page.locator(pane)).to_contain_text(words)
        if number < len(ACTS):
            onward.click()
    expect(page.locator("#desk .sheet").first).to_be_visible()
    page.get_by_role("button", name="Leave the tour").click()
    expect(page.locator("#tour")).to_be_hidden()


def test_clock_is_moved_by_a_week(page: Page, demo: Demo) -> None:
    begun = demo.now()
    page.get_by_role("button", name="Any date").click()
    field = page.get_by_label("Go to a date and time")
    field.fill((begun + timedelta(days=7)).strftime("%Y-%m-%dT12:00"))
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_role("button", name="Stop here")).to_be_visible()
    expect(page.get_by_role("button", name="Stop here")).to_be_hidden(timeout=120_000)
    expect(page.locator(".clock-hour")).to_have_text("12:00")
    assert timedelta(days=6) < demo.now() - begun < timedelta(days=8)


def test_clock_does_not_go_back(page: Page, demo: Demo) -> None:
    page.get_by_role("button", name="Any date").click()
    field = page.get_by_label("Go to a date and time")
    field.evaluate("(field) => { field.min = ''; field.value = '2020-01-01T10:00'; }")
    begun = demo.now()
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.get_by_text("The clock only moves forward")).to_be_visible()
    assert demo.now() - begun < timedelta(minutes=5)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_hangs_over_the_edge(browser: Browser, served: Served, scheme: str) -> None:
    for width in (360, 420, 800, 1100, 1400, 1900):
        context = browser.new_context(viewport={"width": width, "height": 860}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{served.url}/")
        page.get_by_role("button", name="Look around").click()
        expect(page.locator("#phone .picker-open b")).to_have_count(1)
        for tab in page.locator(".panes button").all():
            if tab.is_visible():
                tab.click()
            # A pane slides in; what counts is where it comes to rest.
            page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
        context.close()


def test_narrow_screen_shows_one_part_at_a_time(narrow: Page) -> None:
    expect(narrow.locator("#phone")).to_be_visible()
    expect(narrow.locator("#workspace")).to_be_hidden()
    narrow.get_by_role("button", name="Workspace", exact=True).click()
    expect(narrow.locator("#workspace")).to_be_visible()
    expect(narrow.locator("#phone")).to_be_hidden()


def test_chat_shows_its_newest_message_when_it_is_brought_up(narrow: Page) -> None:
    picks(narrow, "Duc Pham")
    narrow.get_by_role("button", name="Workspace", exact=True).click()
    for number in range(30):
        narrow.request.post("/playground/phones/duc/say", data={"text": f"Line {number}"})
    # Each line is answered; after the last answer nothing is drawn that would scroll by itself.
    expect(bubbles(narrow)).to_have_count(60)
    narrow.get_by_role("button", name="Phone", exact=True).click()
    expect(newest(narrow)).to_be_in_viewport(timeout=1500)


def test_theme_follows_the_switch_and_is_kept(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_label("Dark or light").click()
    assert page.evaluate(ground) != light
    dark = page.evaluate(ground)
    page.reload()
    expect(page.locator("#phone .picker-open b")).to_be_visible()
    assert page.evaluate(ground) == dark


def test_starting_over_empties_every_chat(page: Page) -> None:
    picks(page, "Youssef Alami")
    page.get_by_role("button", name="Start without one").click()
    expect(bubbles(page)).to_have_count(2)
    page.get_by_role("button", name="Start over", exact=True).click()
    page.locator("dialog.box").get_by_role("button", name="Start over").click()
    expect(page.locator("#waiting")).to_be_hidden(timeout=60_000)
    expect(bubbles(page)).to_have_count(0)
    expect(page.get_by_role("button", name="Start without one")).to_be_visible()
