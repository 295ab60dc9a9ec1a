"""The weekly summary in chat and as a report: what is read first, what is behind it, and for whom."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import event

from bot.csv_file import csv_bytes, safe
from bot.render.pdf import summary_pdf
from handlers.summaries.report import report_from
from handlers.summaries.sheet import fingerprint
from storage.tables.figures import Basis, Submission
from storage.tables.people import Person
from storage.tables.queues import OutboxRow
from tests.handlers.deeds import changed, person, rows
from tests.summaries.scenes import drawn, made, texts
from tests.talks import Town


def test_three_lines_and_a_picture_come_first_and_the_pdf_on_a_tap(town: Town) -> None:
    helena = town.slack("U0HELENA")
    helena.command("summary", "2026-W48")
    waiting = rows(town, OutboxRow)[-1]
    assert waiting.payload["text"].count("\n\n") == 3 and "Limits broken this week: 1" in waiting.payload["text"]
    assert [file["draw"] for file in waiting.payload["attachments"]] == ["chart"]
    labels = [button["label"] for row in waiting.payload["buttons"] for button in row]
    assert labels == ["The whole report (PDF)", "The tables (CSV)", "The week before"]
    assert drawn(town, "summary") == []
    helena.press("r:summary.pdf:2026-W48")
    assert report_from(drawn(town, "summary")[0]).period.week == "2026-W48"


def test_pdf_is_typed_behind_the_week_by_who_wants_no_lines_first(town: Town) -> None:
    helena = town.slack("U0HELENA")
    for typed, week in (("pdf", "2026-W47"), ("2026-W48 PDF", "2026-W48")):
        helena.command("summary", typed)
        assert report_from(drawn(town, "summary")[-1]).period.week == week
    assert "Please write the week like this" in helena.command("summary", "last pdf")


def test_latest_week_is_the_one_that_has_ended_on_a_monday_and_the_running_one_after(town: Town) -> None:
    for week, turning in (("2026-W47", ["The week before", "The week after"]), ("2026-W48", ["The week before"])):
        town.slack("U0HELENA").command("summary")
        waiting = rows(town, OutboxRow)[-1].payload
        assert f"Week {week}" in waiting["text"]
        assert [button["label"] for button in waiting["buttons"][1]] == turning
        town.clock.moment += timedelta(days=1)


def test_week_before_is_one_tap_away_and_a_wrong_week_is_explained(town: Town) -> None:
    helena = town.slack("U0HELENA")
    helena.press("r:summary.week:2026-W47")
    assert "Week 2026-W47" in rows(town, OutboxRow)[-1].payload["text"]
    assert "Please write the week like this" in helena.command("summary", "last week")
    helena.press("r:summary.pdf:junk")
    assert "no longer exists" in helena.toast


def test_page_one_says_what_changed_what_needs_whom_and_who_is_stuck(town: Town) -> None:
    report = made(town, "lucia").report
    assert "Song Cau Bac Ninh: Electricity in October 2026 is 16,500 kWh, the limit is 15,000 kWh." in [
        line.text for line in report.changed.lines
    ]
    assert any("problem 1, Machines or equipment" in line.text for line in report.stuck.lines)
    keys = {chapter.key for chapter in report.chapters}
    led = {line.to for box in (report.changed, report.needs_you, report.stuck) for line in box.lines}
    assert led - {""} <= keys


def test_decision_that_waits_is_named_with_its_day_for_whoever_has_to_make_it(town: Town) -> None:
    amina = town.phone("tg-amina")
    amina.command("figures")
    for answer in ("Water", "Another answer", "It does not apply"):
        amina.tap(answer)
    amina.say("The landlord pays for it.")
    amina.tap("Yes, send it")
    said = "Decide whether Water does not apply to Song Cau Bac Ninh: said on 23 November 2026."
    assert said in [line.text for line in made(town, "lucia").report.needs_you.lines]
    assert said not in texts(made(town, "helena").report)
    town.clock.moment = datetime(2026, 12, 3, 9, tzinfo=UTC)
    asked = [line.text for line in made(town, "helena").report.needs_you.lines]
    assert any(line.startswith("Ask Lucia Moreno: 1 decision has waited since 23 November 2026") for line in asked)


def test_mentor_reads_about_their_own_sites_alone(town: Town) -> None:
    assert "Song Cau" in texts(made(town, "lucia").report)
    assert "Song Cau" not in texts(made(town, "martin").report)


def test_every_figure_is_marked_with_how_it_is_known(town: Town) -> None:
    sent = next(row for row in rows(town, Submission) if row.base_value == Decimal(16500))
    changed(town, sent, basis=Basis.ESTIMATED)
    found = made(town)
    marks = {(row[0], row[4]): row[8] for sheet in found.sheets if sheet.key == "figures" for row in sheet.rows}
    assert marks["Song Cau Bac Ninh", "electricity"] == "estimated"
    assert marks["Ha Long Quang Ninh", "electricity"] == "measured"
    assert marks["Ha Long Quang Ninh", "water"] == "missing"
    cells = [cell for chapter in found.report.chapters if chapter.key == "suppliers" for table in chapter.tables
             for row in table.rows for cell in row]  # fmt: skip
    assert "16,500 E !" in cells and "12,000 M" in cells and "–" in cells


def test_same_data_gives_the_same_bytes_and_one_changed_figure_another_fingerprint(town: Town) -> None:
    first, again = made(town), made(town)
    assert summary_pdf(first.report) == summary_pdf(again.report)
    assert fingerprint(first.sheets) in first.report.footer[0]
    assert fingerprint(made(town, language="vi").sheets) == fingerprint(first.sheets)
    linh = next(row for row in rows(town, Submission) if row.base_value == Decimal(12000))
    changed(town, linh, base_value=Decimal(12001))
    assert fingerprint(made(town).sheets) != fingerprint(first.sheets)


def test_footer_carries_the_period_the_moment_and_the_fingerprint(town: Town) -> None:
    footer = made(town).report.footer[0]
    assert footer.startswith("Week 2026-W48. Made 23 November 2026, 10:00. Data fingerprint ")


def test_code_keeps_its_direction_among_words_from_right_to_left(town: Town) -> None:
    report = made(town, language="ar").report
    assert "\u20662026-W48\u2069" in report.period.said and "\u20662026-W48\u2069" in report.footer[0]
    with PdfDocument(summary_pdf(report)) as pdf:
        assert "2026-W48" in pdf[0].get_textpage().get_text_range()
    assert "\u2066" not in made(town).report.period.said


def test_tables_behind_it_come_as_csv_that_no_sheet_would_run(town: Town) -> None:
    capa = made(town)
    sheet = next(one for one in capa.sheets if one.key == "capas")
    assert [column.key for column in sheet.columns][:4] == ["number", "site", "country", "finding"]
    town.slack("U0HELENA").press("r:summary.csv:2026-W48")
    tables = drawn(town, "csv")
    assert len(tables) >= 5
    written = csv_bytes(["name"], [["=1+1"], ["-5"], ["@x"], ["Amina"]])
    assert [row[0] for row in csv.reader(io.StringIO(written.decode("utf-8-sig")))][1:] == [
        "'=1+1",
        "-5",
        "'@x",
        "Amina",
    ]
    assert safe("-2+3") == "'-2+3" and safe("-2.5") == "-2.5"


def test_no_reporter_is_named_and_no_words_of_a_problem_are_told(town: Town) -> None:
    found = made(town)
    assert "leaks" not in texts(found.report)
    problem = next(sheet for sheet in found.sheets if sheet.key == "problems")
    assert not any("Amina" in str(cell) for row in problem.rows for cell in row)
    assert len(found.sheets) == len({sheet.key for sheet in found.sheets})


def test_number_of_statements_does_not_grow_with_the_sites(town: Town) -> None:
    counts = []
    for key in ("lucia", "helena"):
        seen: list[str] = []

        def note(_conn: Any, _cursor: Any, statement: str, *_more: Any, kept: list[str] = seen) -> None:
            kept.append(statement)

        event.listen(town.store.engine, "before_cursor_execute", note)
        made(town, key)
        event.remove(town.store.engine, "before_cursor_execute", note)
        counts.append(len(seen))
    assert counts[1] <= counts[0] + 2


@pytest.mark.parametrize("what", ["summary.pdf", "summary.csv", "summary.week"])
def test_supplier_cannot_have_the_summary(town: Town, what: str) -> None:
    amina = town.phone("tg-amina")
    before = len(rows(town, OutboxRow))
    amina.press(f"r:{what}:2026-W48")
    assert "for somebody else" in amina.toast and len(rows(town, OutboxRow)) == before
    assert "not for your role" in amina.command("summary")


def test_card_of_a_supplier_is_one_page_and_its_own_people_get_it_too(town: Town) -> None:
    supplier = 1
    for talker in (town.slack("U0LUCIA"), town.phone("tg-amina")):
        talker.press(f"r:supplier.card:{supplier}")
        report = report_from(drawn(town, "summary")[-1])
        assert report.title == "Song Cau Garment" and report.one_page
        assert summary_pdf(report).count(b"/Type /Page\n") == 1
    other = town.phone("tg-linh")
    before = len(drawn(town, "summary"))
    other.press(f"r:supplier.card:{supplier}")
    assert "for somebody else" in other.toast and len(drawn(town, "summary")) == before


def test_summary_comes_on_monday_morning_once_where_the_manager_is(town: Town) -> None:
    changed(town, person(town, "helena"), timezone="Europe/Madrid")
    town.tick(datetime(2026, 11, 29, 20, tzinfo=UTC))
    town.tick(datetime(2026, 11, 30, 6, 30, tzinfo=UTC))
    assert summaries(town) == []
    town.tick(datetime(2026, 11, 30, 7, 30, tzinfo=UTC))
    town.tick(datetime(2026, 11, 30, 8, 30, tzinfo=UTC))
    assert len(summaries(town)) == 1 and "Week 2026-W48" in summaries(town)[0].payload["text"]


def test_managers_who_share_a_channel_get_it_there_once(town: Town) -> None:
    with town.store.write() as session:
        helena = session.merge(person(town, "helena"))
        helena.channel = "slack:C0BOSSES"
        twin = Person(**{**helena.model_dump(exclude={"id"}), "key": "twin", "name": "Jorge Twin"})
        session.add(twin)
    town.tick(datetime(2026, 11, 29, 20, tzinfo=UTC))
    town.tick(datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert [row.conversation for row in summaries(town)] == ["C0BOSSES"]


def test_week_in_which_nothing_happened_is_not_told(blank: Town) -> None:
    blank.tick(datetime(2026, 11, 29, 20, tzinfo=UTC))
    blank.tick(datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert summaries(blank) == []


def summaries(town: Town) -> list[OutboxRow]:
    """The summaries that were sent by the clock."""
    return [row for row in rows(town, OutboxRow) if row.key.startswith("summary/")]
