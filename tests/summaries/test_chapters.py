"""The chapters one by one: what is in each, what is left out, and that one with nothing to say is not there."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pypdfium2 import PdfDocument

from bot.render.pdf import summary_pdf
from handlers.summaries.report import SummaryReport, report_from
from storage.tables.capas import Capa, CapaState, Owed
from storage.tables.figures import Breach, Submission
from storage.tables.programme import Site
from storage.tables.tickets import Ticket, TicketKind
from storage.tables.tips import TipVote
from tests.figures.test_status import figures, set_rules, site
from tests.handlers.deeds import changed, obstacle_reported, rows
from tests.summaries.scenes import drawn, made, texts, words
from tests.talks import Talker, Town

TIP = "A leak is found by night, when all machines are off."
SECRET = "The shift leader hits the girls in hall 2"
CAPA = {
    "severity": "major", "state": CapaState.IN_PROGRESS, "owed": Owed.CLOSE, "owed_on": date(2026, 11, 20),
    "due_on": date(2026, 11, 20), "opened_at": datetime(2026, 10, 1, tzinfo=UTC),
}  # fmt: skip
BREACH = {
    "period": "2026-10", "value": Decimal(2), "threshold": Decimal(1), "at": datetime(2026, 11, 23, 9, tzinfo=UTC)
}  # fmt: skip
HALF_A_YEAR = [f"2026-{month:02d}" for month in range(5, 11)]


@pytest.fixture
def lucia(town: Town) -> Talker:
    return town.slack("U0LUCIA", "C0ASIA")


def idea(town: Town) -> None:
    """Amina's idea, number 2."""
    amina = town.phone("tg-amina")
    amina.command("idea")
    amina.tap("Save energy")
    amina.say("Switch the lamps off at noon")
    amina.tap("No, none of these")
    amina.tap("No photo")
    amina.tap("Yes, send it")


def grave(town: Town) -> None:
    """Amina has told one person what happens in hall 2."""
    amina = town.phone("tg-amina")
    amina.command("safe")
    amina.tap("Violence or harassment")
    amina.say(SECRET)


def test_idea_is_told_with_what_became_of_it_and_without_who_had_it(town: Town, lucia: Talker) -> None:
    idea(town)
    before = made(town)
    assert before.rows("ideas") == [[2, "Song Cau Bac Ninh", "VN", "saving", "new", "2026-11-23"]]
    lucia.press("r:idea.stage:2", trigger="t")
    lucia.submit({"stage": "adopted", "why": "It saves 4 per cent"})
    told = made(town)
    chapter = told.chapter("ideas")
    assert chapter is not None
    assert chapter.lines == ("1 idea came in this week.", "1 idea has been taken up for good.")
    assert told.rows("ideas")[0][4] == "adopted"
    said = words([chapter])
    assert "Vietnam" in said and "Amina" not in said and "lamps" not in said
    assert 2 not in [row[0] for row in told.rows("problems")]


def test_tip_of_the_week_is_told_with_how_many_found_it_useful(town: Town, lucia: Talker) -> None:
    lucia.press("r:tip.make:1", trigger="t")
    lucia.submit({"words": TIP, "topic": "all/", "narrow": ""})
    lucia.tap("Yes, send it")
    assert made(town).rows("tips") == [[TIP, 0]]
    with town.store.write() as session:
        session.add_all([TipVote(tip_id=1, voter=f"somebody-{number}") for number in range(3)])
    told = made(town)
    chapter = told.chapter("learned")
    assert told.rows("tips") == [[TIP, 3]] and chapter is not None and TIP in words([chapter])
    town.clock.moment += timedelta(days=7)
    assert made(town).rows("tips") == []


def test_tip_from_a_site_of_somebody_else_is_not_told(town: Town, lucia: Talker) -> None:
    lucia.press("r:tip.make:1", trigger="t")
    lucia.submit({"words": TIP, "topic": "all/", "narrow": ""})
    lucia.tap("Yes, send it")
    assert made(town, "lucia").rows("tips") and not made(town, "martin").rows("tips")


@pytest.mark.parametrize("key", ["helena", "lucia", "martin"])
def test_what_is_grave_changes_nothing_that_anybody_reads(town: Town, key: str) -> None:
    began, later = town.clock.moment, town.clock.moment + timedelta(hours=2)
    town.clock.moment = later
    before = made(town, key)
    town.clock.moment = began
    grave(town)
    town.clock.moment = later
    assert [row.kind for row in rows(town, Ticket)] == [TicketKind.OBSTACLE, TicketKind.GRAVE]
    after = made(town, key)
    assert texts(after.report) == texts(before.report)
    assert [after.rows(sheet.key) for sheet in after.sheets] == [before.rows(sheet.key) for sheet in before.sheets]


def test_what_is_grave_is_not_on_the_page_about_a_supplier(town: Town) -> None:
    town.clock.moment += timedelta(hours=2)
    before = texts(card(town))
    town.clock.moment -= timedelta(hours=2)
    grave(town)
    town.clock.moment += timedelta(hours=2)
    assert "Problem 1 of Song Cau Bac Ninh" in before and texts(card(town)) == before


def card(town: Town) -> SummaryReport:
    """The page about Amina's company, as Lucia gets it."""
    town.slack("U0LUCIA").press("r:supplier.card:1")
    return report_from(drawn(town, "summary")[-1])


def test_page_about_a_supplier_with_very_many_lines_is_one_page_and_says_how_many_more(town: Town) -> None:
    with town.store.write() as session:
        first, sent = site(town), rows(town, Submission)[0]
        for number in range(100, 112):
            session.add(Site(**{**first.model_dump(), "id": number, "key": f"hall-{number}", "name": f"Hall {number}"}))
            session.flush()
            for _each in range(5):
                session.add(Capa(site_id=number, finding="Too much power at night. " * 20, **CAPA))
                session.add(Ticket(site_id=number, category="equipment", words="", at=town.clock.now()))
            for metric in ("electricity", "water"):
                session.add(Breach(site_id=number, metric=metric, submission_id=sent.id, **BREACH))
    report = card(town)
    pdf = PdfDocument(summary_pdf(report))
    assert len(pdf) == 1
    more = [box.lines[-1].text for box in (report.needs_you, report.stuck)]
    assert more == ["And 36 more.", "And 59 more."]
    page = pdf[0].get_textpage().get_text_range()
    assert "Sites: Hall 100" in page and "and 9 more" in page and "Open corrective actions" in page
    assert all(line.text in page.replace("\r\n", " ") for line in report.stuck.lines)


def met(town: Town, months: list[str], at: str = "song-cau", used: int = 9000) -> None:
    """Less power than the target in each of these months."""
    figures(town, [(month, used) for month in months], at=at)


def better_terms(town: Town) -> list[str]:
    """The names of those who may get better terms."""
    return [row[0] for row in made(town).rows("better-terms")]


def aimed(town: Town, **more: object) -> None:
    """A target for the power of every site, to be met for half a year."""
    set_rules(town, better_terms={"periods": 6}, targets=[{"metric": "electricity", "value": "10000", **more}])


def test_supplier_may_get_better_terms_once_every_target_was_met_in_every_period(blank: Town) -> None:
    aimed(blank)
    met(blank, HALF_A_YEAR[1:])
    assert better_terms(blank) == []
    met(blank, HALF_A_YEAR[:1])
    assert better_terms(blank) == ["Song Cau Garment"]
    told = made(blank)
    assert told.rows("better-terms")[0][3:8] == [6, "electricity", "measured", 0, 0]
    chapter = told.chapter("recognition")
    assert chapter is not None
    assert chapter.lines == ("1 supplier met every target for 6 periods running and may get better terms.",)


def test_one_missed_target_or_one_other_site_ends_the_run(blank: Town) -> None:
    set_rules(
        blank,
        better_terms={"periods": 6},
        targets=[{"metric": "electricity", "value": "10000"}, {"metric": "water", "value": "500", "tier": "high"}],
    )
    met(blank, HALF_A_YEAR)
    figures(blank, [(month, 400) for month in HALF_A_YEAR], "water")
    assert better_terms(blank) == ["Song Cau Garment"]
    figures(blank, [(HALF_A_YEAR[2], 600)], "water")
    assert better_terms(blank) == []
    figures(blank, [(HALF_A_YEAR[2], 400)], "water")
    changed(blank, site(blank, "ha-long"), supplier_id=site(blank, "song-cau").supplier_id)
    assert better_terms(blank) == []


def test_run_is_no_longer_than_there_has_been_a_target(blank: Town) -> None:
    aimed(blank, valid_from="2026-09-01")
    met(blank, HALF_A_YEAR)
    assert better_terms(blank) == []
    set_rules(blank, better_terms={"periods": 2})
    assert better_terms(blank) == ["Song Cau Garment"]


def test_estimate_among_the_figures_of_a_run_is_told(blank: Town) -> None:
    aimed(blank)
    met(blank, HALF_A_YEAR[1:])
    figures(blank, [(HALF_A_YEAR[0], 9000)], basis="estimated")
    assert made(blank).rows("better-terms")[0][5] == "estimated"


def test_bottlenecks_name_countries_in_the_readers_language_and_by_code_in_the_file(town: Town) -> None:
    town.joined("jorge")
    obstacle_reported(town.phone("tg-jorge"), "The boiler leaks")
    town.clock.moment = datetime(2026, 11, 27, 9, tzinfo=UTC)
    english, vietnamese = made(town), made(town, language="vi")
    assert (
        [row[2] for row in english.rows("problems")] == [row[2] for row in vietnamese.rows("problems")] == ["VN", "MX"]
    )
    shown = [
        row[2] for table in vietnamese.chapter("bottlenecks").tables if len(table.columns) == 7 for row in table.rows
    ]
    assert shown == ["Việt Nam", "Mexico"]
    assert english.rows("problem-kinds") == [["equipment", 2, 4, 4]]
    chapter = english.chapter("bottlenecks")
    assert "Vietnam" in words([chapter]) and "VN" not in words([chapter])


def test_decisions_that_wait_are_ranked_by_the_days_they_have_waited(town: Town) -> None:
    assert made(town).rows("waiting") == []
    amina = town.phone("tg-amina")
    amina.command("figures")
    for answer in ("Water", "Another answer", "It does not apply"):
        amina.tap(answer)
    amina.say("The landlord pays for it.")
    amina.tap("Yes, send it")
    town.clock.moment += timedelta(days=3)
    assert made(town).rows("waiting") == [["absence", "Lucia Moreno", 1, "2026-11-23", 3]]


def test_chapter_with_nothing_to_say_is_left_out(blank: Town) -> None:
    set_rules(blank, targets=[])
    keys = [chapter.key for chapter in made(blank).report.chapters]
    assert not {"ideas", "recognition", "learned"} & set(keys)
    assert {"breaches", "capas", "missing", "figures", "bottlenecks", "suppliers"} <= set(keys)


def test_many_sites_of_a_tier_are_parted_by_country_and_their_tables_go_on_over_the_pages(blank: Town) -> None:
    with blank.store.write() as session:
        first = site(blank, "padma")
        for number, country in enumerate(["VN"] * 60 + ["TR"] * 8 + ["PE"] * 3 + ["GT"] * 2, start=200):
            own = {"id": number, "key": f"mill-{number}", "name": f"Mill {number}", "country": country}
            session.add(Site(**{**first.model_dump(), **own}))
    report = made(blank).report
    titles = [table.title for chapter in report.chapters if chapter.key == "suppliers" for table in chapter.tables]
    assert [title for title in titles if "low" in title] == [
        "Tier low, Türkiye: 8 sites",
        "Tier low, Vietnam: 61 sites",
        "Tier low, other countries: 11 sites",
    ]
    with PdfDocument(summary_pdf(report)) as pdf:
        pages = [pdf[number].get_textpage().get_text_range() for number in range(len(pdf))]
    long = [page for page in pages if page.count("Vietnam") > 10 and "How it stands" in page.replace("\r\n", " ")]
    assert len(long) >= 2 and all("Work injuries" in page for page in long)
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
