"""People talk in a marker language, and nothing they are shown is without its mark."""

from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.app import build
from bot.config import read_settings
from bot.playground.demo import marked as offering_markers
from courses.load import load
from handlers.message import FileRef, Said
from handlers.programme.folder import read_folder
from handlers.questions import Day, Unclear
from locales.marker import CLOSES, MARKERS, MarkedCatalogue
from locales.text import Catalogue
from storage.tables.planning import DueNote, DueState
from storage.tables.queues import OutboxRow
from tests.handlers.deeds import ref, rows, terms
from tests.locales.marks import TYPED, Marks, marks, shown
from tests.paths import EXAMPLE
from tests.talks import Talker, Town


@pytest.fixture(params=MARKERS)
def said(town: Town, request: pytest.FixtureRequest) -> Marks:
    """A town whose people read a marker language."""
    return marks(town, request.param)


def figure_sent(said: Marks, amina: Talker) -> None:
    """Amina's electricity above the limit, with a slip and the two asides on the way."""
    amina.command("figures")
    said.tap(amina, "Electricity")
    said.tap(amina, "Why do you ask?")
    said.tap(amina, "How do I measure it?")
    amina.say(TYPED)
    amina.say("16,5 MWh")
    said.tap(amina, "Yes, send it")


def test_unmarked_sentence_is_found(town: Town) -> None:
    plain = marks(town, "en")
    plain.amina().command("help")
    assert "What would you like to do" in "".join(plain.slips())


def test_the_demo_offers_the_markers_after_the_real_languages() -> None:
    folder = read_folder(EXAMPLE, load().metrics, tuple(MarkedCatalogue().languages()))
    assert offering_markers(folder).settings.languages == (*folder.settings.languages, *MARKERS)


def test_outside_the_demo_no_marker_is_offered(tmp_path: Path) -> None:
    app = build(read_settings(_env_file=None, database_url=f"sqlite:///{tmp_path / 'causeway.db'}"))
    with closing(app.store):
        assert app.house.texts.languages() == Catalogue().languages()
        assert not set(MARKERS) & set(app.house.texts.languages())


@pytest.mark.parametrize("language", MARKERS)
def test_day_typed_in_a_language_without_an_order_of_its_own_is_asked_again(language: str) -> None:
    with pytest.raises(Unclear):
        Day("due", "When?", earliest=date(2026, 11, 23)).parse(Said("10/12/2026"), language)


@pytest.mark.parametrize("language", MARKERS)
def test_joining_is_marked_once_a_marker_is_chosen(town: Town, language: str) -> None:
    said = marks(town, language)
    link = said.town.slack("U0HELENA").command("invite", "amina").rsplit("start=", 1)[-1].rstrip(CLOSES)
    amina = said.town.phone("tg-1")
    amina.command("start", link)
    before = set(shown(said.town))
    amina.tap(said.town.house.texts.name(language))
    said.tap(amina, "Yes, I agree")
    texts = set(shown(said.town)) - before
    assert said.mark("Send figures") in texts
    assert not {text: words for text, words in said.slips().items() if text in texts}


def test_lesson_is_marked(said: Marks) -> None:
    amina = said.amina()
    for _lesson in range(2):
        amina.command("lesson")
        for _screen in range(3):
            said.tap(amina, "Next")
        amina.press(_first_answer(amina))
    assert len([text for text in shown(said.town) if "2 " in text or "1 " in text]) > 1
    assert not said.slips()


def test_learning_documents_and_workshops_are_marked(said: Marks) -> None:
    amina, lucia = said.amina(), said.town.slack("U0LUCIA")
    said.town.tick(minutes=20)
    for day in (25, 26):
        said.town.tick(datetime(2026, 11, day, 3, 5, tzinfo=UTC))
    for command in ("progress", "documents"):
        amina.command(command)
    amina.press("r:document:code-of-conduct")
    said.tap(amina, "Next")
    amina.press("r:lessons.pause:")
    amina.press("r:lessons.resume:")
    amina.press("r:recognition.no:")
    lucia.command("workshop", trigger="t")
    lucia.submit(
        {"kind": "coaching", "topic": "energy", "title": TYPED, "day": "2026-12-10", "place": TYPED}
        | {"places": "5", "site": "all"}
    )
    said.town.tick(minutes=15)
    amina.press("r:seat.join:1")
    for command in ("training", "documents", "workshops"):
        lucia.command(command)
    assert "training.daily" in {row.key.partition("/")[0] for row in rows(said.town, OutboxRow)}
    assert not said.slips()


def _first_answer(talker: Talker) -> str:
    return talker.find(talker.labels[0])


def test_figure_its_alert_and_its_capa_are_marked(said: Marks) -> None:
    amina, lucia = said.amina(), said.lucia()
    figure_sent(said, amina)
    said.tap(lucia, "Open a CAPA", trigger="t")
    lucia.submit(terms(lucia, due="2026-01-01", severity="none", finding=""))
    assert set(lucia.errors) >= {"due", "severity", "finding"}
    lucia.submit(terms(lucia, due="2026-12-10", finding=TYPED))
    said.town.tick(minutes=1)
    # What falls due is planned a day and a half ahead.
    for day in (2, 3, 10, 11):
        said.town.tick(datetime(2026, 12, day, 9, 0, tzinfo=UTC))
    said.town.tick(hours=1)
    lucia.command("capas")
    amina.command("capas")
    lucia.tap(said.mark("Look at CAPA {number}").replace("{number}", "1"))
    kinds = {row.kind for row in rows(said.town, DueNote) if row.state is DueState.SAID}
    assert {"capa.opened", "capa.due", "capa.overdue"} <= kinds
    assert not said.slips()


def test_life_of_a_capa_is_marked(said: Marks) -> None:
    amina, lucia = said.amina(), said.lucia()
    figure_sent(said, amina)
    said.tap(lucia, "Open a CAPA", trigger="t")
    lucia.submit(terms(lucia, due="", severity="critical", finding=TYPED))
    amina.press("r:capa.contain:1")
    amina.say(TYPED)
    said.tap(amina, "No photo")
    amina.press("r:capa.plan:1")
    amina.say(TYPED)
    said.tap(amina, "This is the root cause")
    amina.say(TYPED)
    said.tap(amina, "Nowhere else")
    amina.say(TYPED)
    amina.tap("Amina Tran")
    amina.say("2026-12-01")
    said.tap(amina, "That is all")
    said.tap(amina, "Yes, send it")
    said.tap(lucia, "Return it", trigger="t")
    lucia.submit({"why": TYPED})
    amina.press("r:capa.moretime:1")
    amina.say("2026-12-20")
    amina.say(TYPED)
    said.tap(lucia, "Give more time", trigger="t")
    lucia.submit({"why": TYPED})
    amina.press("r:capa.blocked:1")
    said.tap(amina, "Machines or equipment")
    amina.say(TYPED)
    said.tap(amina, "No photo")
    said.tap(amina, "Yes, send it")
    said.tap(amina, "I can go on")
    lucia.press("r:capa.more:1")
    for talker in (amina, lucia):
        talker.command("capa", "1")
        talker.press("r:capa.history:1")
    assert not said.slips()


def test_obstacle_and_its_talk_are_marked(said: Marks) -> None:
    amina = said.amina()
    amina.command("obstacle")
    said.tap(amina, "Machines or equipment")
    amina.say(TYPED)
    amina.say("", FileRef("file-1", "photo"))
    said.tap(amina, "Yes, send it")
    said.lucia(ref(said.town, "ticket/1/thread")).say(TYPED)
    amina.say(TYPED)
    lucia = said.lucia()
    said.tap(lucia, "Close", trigger="t")
    lucia.submit({"reason": "solved"})
    assert any(row.key.startswith("ticket/1/closed/") for row in rows(said.town, OutboxRow))
    assert not said.slips()


def test_help_and_ones_own_affairs_are_marked(said: Marks) -> None:
    amina = said.amina()
    for command in ("help", "privacy", "language", "cancel", "back", "start"):
        amina.command(command)
    amina.say(TYPED)
    amina.happen("unknown")
    amina.tap(said.town.house.texts.name(said.language))
    assert not said.slips()


def test_buyers_pages_and_the_summary_are_marked(said: Marks) -> None:
    figure_sent(said, said.amina())
    for account in ("U0LUCIA", "U0HELENA"):
        buyer = said.town.slack(account)
        buyer.happen("home_opened")
        for command in ("help", "invite", "summary"):
            buyer.command(command)
        buyer.command("summary", TYPED)
    assert [row for row in rows(said.town, OutboxRow) if row.payload.get("attachments")]
    assert not said.slips()


def test_look_at_sites_and_suppliers_is_marked(said: Marks) -> None:
    amina = said.amina()
    amina.command("status")
    figure_sent(said, amina)
    amina.command("status")
    for account in ("U0LUCIA", "U0HELENA"):
        buyer = said.town.slack(account)
        buyer.command("status")
        for typed in ("", TYPED, "trims", "song cau"):
            buyer.command("supplier", typed)
    drawn = [file["draw"] for row in rows(said.town, OutboxRow) for file in row.payload.get("attachments", ())]
    assert drawn.count("card") == 5
    assert not said.slips()
