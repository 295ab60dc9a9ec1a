"""A supplier's phone in a real browser."""

from pathlib import Path

from playwright.sync_api import Page, expect
from sqlmodel import select

from bot.playground.demo import Demo
from storage.tables.people import Person
from tests.browser.visit import bubbles, joins, newest, picks, reads, tap, writes
from tests.playground.telegram_line import picture


def test_invitation_leads_from_slack_into_the_chat(page: Page) -> None:
    joins(page, "Jorge Luna", "Español")
    page.locator("#phone").get_by_label("Command menu").first.click()
    expect(page.get_by_role("menuitem").first).to_contain_text("/lesson")
    expect(page.get_by_role("menuitem").first).not_to_contain_text("Take a lesson")


def test_link_that_a_mentor_got_opens_the_phone_it_is_meant_for(page: Page) -> None:
    page.get_by_role("textbox", name="Message", exact=True).last.fill("/causeway invite selvi")
    page.keyboard.press("Enter")
    page.locator("#workspace .post", has_text="Selvi Raman").locator("a.deep").last.click()
    expect(page.locator("#phone .picker-open b")).to_have_text("Selvi Raman")
    expect(newest(page).locator(".key").first).to_be_visible()


def test_figure_is_read_back_and_an_old_button_is_not_an_answer(page: Page) -> None:
    joins(page, "Dilani Perera")
    writes(page, "/figures")
    newest(page).locator(".key", has_text="Electricity").click()
    reads(page, "How much electricity")
    writes(page, "9000 kWh")
    reads(page, "Is that right?")
    tap(page, "Yes, send it")
    reads(page, "Stored:")
    expect(page.locator("#happened .turn").first).to_contain_text("figure stored")
    old = page.locator("#phone .message", has_text="Is that right?").locator(".retired")
    old.locator("summary").click()
    old.locator(".key").first.click()
    expect(page.locator("#phone .message.theirs", has_text="Stored:")).to_have_count(1)


def test_photo_is_sent_and_shown(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "meter.jpg"
    path.write_bytes(picture())
    picks(page, "Paola Rios")
    page.locator("#phone input[aria-label='Send a photo']").set_input_files(path)
    image = page.locator("#phone .photo img")
    expect(image).to_be_visible()
    assert image.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 200


def test_phone_is_mirrored_for_a_language_written_from_the_right(page: Page, demo: Demo) -> None:
    assert demo.app is not None
    with demo.app.store.write() as session:
        person = session.exec(select(Person).where(Person.key == "elif")).one()
        person.home_language = "ar"
        session.add(person)
    picks(page, "Elif Kaya")
    expect(page.locator("#phone .chat")).to_have_attribute("dir", "rtl")
    writes(page, "مرحبا")
    words = newest(page).locator(".words").first
    chat = page.locator("#phone .chat").bounding_box()
    mine = page.locator("#phone .message.mine .bubble").first.bounding_box()
    assert chat and mine and words.count()
    # Own messages stand at the end of the line, which is the left here.
    assert mine["x"] - chat["x"] < chat["x"] + chat["width"] - (mine["x"] + mine["width"])


def test_markup_that_somebody_writes_stays_text(page: Page) -> None:
    picks(page, "Carmen Ferrer")
    writes(page, "<img src=x onerror=\"document.title='gone'\"><b>bold</b>")
    expect(page.locator("#phone .message.mine .words").first).to_contain_text("<img src=x")
    assert page.locator("#phone .words img").count() == 0
    assert page.title() == "Causeway playground"


def test_command_menu_can_be_walked_by_keyboard(page: Page) -> None:
    joins(page, "Dewi Lestari")
    page.locator("#phone").get_by_label("Message", exact=True).fill("/")
    expect(page.get_by_role("menuitem").filter(has_text="/language")).to_have_count(1)
    page.keyboard.type("lang")
    expect(page.get_by_role("menuitem")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem")).to_have_count(0)


def test_lesson_fits_and_is_mirrored_in_the_right_to_left_marker_language(page: Page) -> None:
    joins(page, "Linh Vu", "Marker, right to left")
    chat = page.locator("#phone .chat")
    expect(chat).to_have_attribute("dir", "rtl")
    known = bubbles(page).count()
    writes(page, "/lesson")
    expect(bubbles(page)).to_have_count(known + 2)
    finished = page.locator("#happened .turn", has_text="lesson finished").filter(has_text="Linh Vu")
    for _screen in range(12):
        seen = bubbles(page).count()
        expect(newest(page).locator(".words")).to_contain_text("⟦")
        assert chat.evaluate("(chat) => chat.scrollWidth <= chat.clientWidth")
        if finished.count():
            break
        newest(page).locator(".key").first.click()
        expect(bubbles(page)).to_have_count(seen + 1)
    expect(finished).to_have_count(1)
