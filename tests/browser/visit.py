"""What a visitor does on the page, in a visitor's words."""

import re

from playwright.sync_api import Locator, Page, expect


def picks(page: Page, name: str) -> None:
    """Take somebody's phone, by keyboard alone."""
    page.locator("#phone .picker-open").focus()
    page.keyboard.press("Enter")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("#phone .picker-open b")).to_have_text(re.compile(name))


def joins(page: Page, name: str, language: str = "English") -> None:
    """Take somebody's phone, open the invitation, choose a language, accept."""
    picks(page, name)
    page.get_by_role("button", name="Open the invitation").click()
    tap(page, language)
    expect(bubbles(page)).to_have_count(3)
    newest(page).locator(".key").first.click()
    expect(bubbles(page)).to_have_count(4)


def asked_for_a_figure(page: Page, name: str, language: str) -> None:
    """Join in a language, and come to the question for the first figure that is due."""
    joins(page, name, language)
    known = bubbles(page).count()
    writes(page, "/figures")
    expect(bubbles(page)).to_have_count(known + 2)
    newest(page).locator(".key").first.click()
    expect(bubbles(page)).to_have_count(known + 3)
    expect(newest(page).locator(".words")).to_contain_text("kWh")


def bubbles(page: Page) -> Locator:
    """The messages of the chat."""
    return page.locator("#phone .message")


def newest(page: Page) -> Locator:
    """The newest message of the chat."""
    return bubbles(page).last


def tap(page: Page, label: str) -> None:
    """Press a button of the newest message."""
    newest(page).get_by_role("button", name=label, exact=True).click()


def writes(page: Page, text: str) -> None:
    """Write a message on the phone."""
    field = page.locator("#phone").get_by_label("Message", exact=True)
    field.fill(text)
    field.press("Enter")


def reads(page: Page, text: str) -> None:
    """See the bot say this."""
    expect(page.locator("#phone .message.theirs", has_text=text).last).to_be_visible()


def is_in(page: Page, place: str) -> None:
    """Go to a conversation of the workspace."""
    button = page.locator("#workspace .places button", has_text=place)
    button.click()
    expect(button).to_have_attribute("aria-current", "page")
