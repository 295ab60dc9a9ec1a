"""The workspace in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.visit import is_in, joins, newest, reads, tap, writes


def test_modal_shows_the_error_under_its_field_and_keeps_what_was_typed(page: Page) -> None:
    joins(page, "Rafiq Hossain")
    writes(page, "/figures")
    newest(page).locator(".key", has_text="Electricity").click()
    reads(page, "How much electricity")
    writes(page, "90 MWh")
    reads(page, "90,000 kWh")
    tap(page, "Yes, send it")
    is_in(page, "suppliers-of-lucia")
    page.locator("#workspace .post", has_text="Meghna").get_by_role("button").first.click()
    modal = page.get_by_role("dialog")
    expect(modal).to_be_visible()
    modal.locator("input[type=date]").fill("2020-01-01")
    finding = modal.locator("input[type=text], textarea").first
    finding.fill("Far above the limit")
    for select in modal.locator("select").all():
        select.select_option(index=1)
    modal.locator("button[type=submit]").click()
    expect(modal.locator(".field", has=page.locator("input[type=date]")).locator(".error")).to_be_visible()
    expect(finding).to_have_value("Far above the limit")
    expect(modal.locator("input[type=date]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(modal).to_have_count(0)


def test_reply_stands_in_the_thread(page: Page) -> None:
    is_in(page, "suppliers-of-martin")
    field = page.locator("#workspace .channel").get_by_label("Message", exact=True)
    field.fill("Who knows the new meter?")
    field.press("Enter")
    post = page.locator("#workspace .channel .post", has_text="Who knows the new meter?")
    post.hover()
    post.get_by_label("Reply in thread").click()
    page.get_by_label("Reply in thread").last.fill("I do")
    page.keyboard.press("Enter")
    expect(page.locator("#workspace .thread .post", has_text="I do")).to_be_visible()
    page.get_by_label("Close the thread").click()
    expect(post).to_contain_text("1 reply")


def test_home_of_the_app_is_shown_with_its_buttons(page: Page) -> None:
    is_in(page, "home")
    expect(page.locator("#workspace .home .actions button").first).to_be_visible()


def test_shortcut_is_offered_and_answered(page: Page) -> None:
    page.locator("#workspace .picker-open").click()
    page.keyboard.type("Helena")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Shortcuts").click()
    page.get_by_role("menuitem", name="Programme summary").click()
    page.locator("#workspace .post").get_by_role("button", name="The whole report (PDF)").click()
    expect(page.locator("#workspace .post .document")).to_be_visible()
    page.get_by_role("button", name="Manager’s desk").click()
    sheet = page.locator("#desk .sheet").first
    expect(sheet).to_be_visible()
    assert sheet.evaluate("async (image) => { await image.decode(); return image.naturalWidth > 600; }")
