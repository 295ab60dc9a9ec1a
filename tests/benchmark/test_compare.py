"""Where a site stands, as its people ask for it: the same whatever comes later, and told to them alone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest

from bot.render.chart import chart_png
from handlers.summaries.chart import Chart, chart_from
from storage.tables.audit import AuditRow
from storage.tables.benchmarks import Benchmark, BenchmarkMember, BenchmarkRound
from storage.tables.figures import Basis
from storage.tables.queues import OutboxRow
from tests.benchmark.district import (
    AFTER_DUE,
    NEIGHBOURS,
    OWN,
    all_sent,
    compared,
    district,
    send,
    sent,
    set_benchmarks,
    site,
    works_at,
)
from tests.handlers.deeds import rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

ENERGY = "Energy for each unit of output"
NOTHING = "There is nothing to compare yet."
TOO_FEW = "There are too few sites like yours to compare with"


def told(town: Town) -> str:
    """The newest message, sent already or waiting for its picture."""
    newest = max(rows(town, OutboxRow), key=lambda row: (row.kind == "message", row.id))
    return unescape(newest.payload.get("text") or town.shown[-1][1]["text"])


def asked(talker: Talker) -> str:
    """What somebody is told of energy when they ask where they stand."""
    talker.command("compare")
    if ENERGY in talker.labels:
        talker.tap(ENERGY)
    return told(talker.town)


def chart(town: Town) -> Chart:
    return chart_from(max(rows(town, OutboxRow), key=lambda row: row.id).payload["attachments"][0]["values"])


def only_energy(town: Town) -> None:
    """Everybody's October, by energy alone."""
    set_benchmarks(town, metrics=["energy-intensity"])
    all_sent(town)
    town.joined("amina")
    compared(town)


@pytest.fixture
def told_town(stage: Stage, town: Town) -> Town:
    """The town on the day on which sites have been compared by their energy in October."""
    return stage.after(only_energy, before=district)


@pytest.fixture
def amina(told_town: Town) -> Talker:
    return told_town.phone("tg-amina")


# --- what is told ---


def test_site_is_told_the_middle_its_place_and_who_the_others_are(amina: Talker) -> None:
    text = asked(amina)
    assert "(kWh for each unit of output)\nSong Cau Bac Ninh, October 2026" in text
    assert "Half of the sites like yours have less than about 5. Less is better." in text
    assert "Your site has <b>2</b>. It is <b>among the best quarter</b>." in text
    assert "those in your country, in the tier high, that send the same figures" in text
    assert "What often helps: Find out what runs while nothing is made" in text


def test_picture_shows_the_rounded_marks_and_the_own_value(amina: Talker) -> None:
    asked(amina)
    drawn = chart(amina.town)
    assert [(one.label, one.said) for one in drawn.points] == [
        ("Best quarter", "~4"),
        ("Middle", "~5"),
        ("Last quarter", "~8"),
        ("Your site", "2"),
    ]
    assert chart_png(drawn).startswith(b"\x89PNG")


def test_lesson_about_a_figure_behind_it_is_offered(amina: Talker) -> None:
    asked(amina)
    newest = max(rows(amina.town, OutboxRow), key=lambda row: row.id)
    assert newest.payload["buttons"][0][0]["action"] == "r:lesson.begin:measuring-energy"


def test_value_that_was_estimated_is_told_as_such(town: Town) -> None:
    set_benchmarks(town, metrics=["energy-intensity"])
    all_sent(town)
    sent(town, OWN, 9, basis=Basis.ESTIMATED)
    amina = town.joined("amina")
    compared(town)
    assert "<b>9</b>, in part estimated. It is <b>in the half with more to gain</b>." in asked(amina)
    assert chart(town).points[-1].mark == "estimated"


def test_several_metrics_stand_in_a_line_each(town: Town) -> None:
    all_sent(town)
    compared(town)
    amina = town.joined("amina")
    text = amina.command("compare")
    assert f"{ENERGY}: among the best quarter" in text and "Carbon for each unit of output: among" in text
    assert ENERGY in amina.labels


def test_person_of_two_sites_chooses_one(told_town: Town, amina: Talker) -> None:
    works_at(told_town, "amina", NEIGHBOURS[6])
    assert "Which site would you like to see?" in amina.command("compare")
    amina.tap("Neighbour-7")
    assert "It is <b>in the half with more to gain</b>." in told(told_town)


def test_status_leads_there_once_there_is_something_to_tell(town: Town, stage: Stage) -> None:
    def labels(where: Town) -> str:
        where.phone("tg-amina").command("status")
        return str(max(rows(where, OutboxRow), key=lambda row: row.id).payload["buttons"])

    town.joined("amina")
    assert "How you compare" not in labels(town)
    assert "How you compare" in labels(stage.after(only_energy, before=district))


def test_last_figure_of_a_month_leads_there(told_town: Town, amina: Talker) -> None:
    send(told_town, OWN, "electricity", Decimal(2000), "2026-11")
    send(told_town, OWN, "output", Decimal(1000), "2026-11")
    told_town.clock.moment = datetime(2026, 12, 2, 9, tzinfo=UTC)
    amina.command("figures")
    amina.tap("Water")
    amina.say("900 m3")
    amina.tap("Yes, send it")
    assert "How you compare" in amina.labels
    amina.tap("How you compare")
    assert "October 2026" in told(told_town)


# --- when nothing is told ---


def test_nothing_is_told_before_the_day_of_the_comparison(town: Town) -> None:
    all_sent(town)
    amina = town.joined("amina")
    compared(town, AFTER_DUE - timedelta(days=1))
    assert NOTHING in asked(amina) and "10 days after" in asked(amina)
    compared(town)
    assert "among the best quarter" in asked(amina)


def test_too_small_a_group_is_told_nothing_and_not_how_small_it_is(town: Town) -> None:
    all_sent(town)
    for key in NEIGHBOURS[:3]:
        send(town, key, "output", Decimal(0))
    amina = town.joined("amina")
    compared(town)
    text = asked(amina)
    assert TOO_FEW in text and not any(digit.isdigit() for digit in text)


def test_programme_that_does_not_compare_says_so(told_town: Town, amina: Talker) -> None:
    amina.command("compare")
    older = next(row for row in rows(told_town, BenchmarkMember) if row.site_id == site(told_town, OWN).id)
    set_benchmarks(told_town, on=False)
    assert asked(amina) == "Sites are not compared in this programme."
    amina.press(f"r:compare.show:{older.id}")
    assert told(told_town) == "Sites are not compared in this programme."
    compared(told_town, AFTER_DUE + timedelta(days=31))
    assert [row.period for row in rows(told_town, BenchmarkRound)] == ["2026-10"]


def test_site_that_came_too_late_is_told_why_it_stands_where_it_stood(told_town: Town, amina: Talker) -> None:
    all_sent(told_town, "2026-11")
    send(told_town, OWN, "output", Decimal(0), "2026-11")
    compared(told_town, datetime(2026, 12, 26, 4, tzinfo=UTC))
    text = asked(amina)
    assert "October 2026" in text and "For November 2026, not all of your figures were in" in text


# --- what stays as it was ---


def test_correction_after_the_comparison_changes_nothing_that_is_told(told_town: Town, amina: Talker) -> None:
    before = asked(amina)
    for key in (OWN, *NEIGHBOURS):
        sent(told_town, key, 70)
    compared(told_town, AFTER_DUE + timedelta(days=2))
    assert asked(amina) == before


def test_job_that_runs_again_makes_nothing_anew(told_town: Town) -> None:
    before = [rows(told_town, table) for table in (BenchmarkRound, Benchmark, BenchmarkMember)]
    for hours in (0, 1, 48):
        compared(told_town, AFTER_DUE + timedelta(hours=hours))
    assert [rows(told_town, table) for table in (BenchmarkRound, Benchmark, BenchmarkMember)] == before
    assert len(before[0]) == 1 and len(before[2]) == 8


def test_round_in_which_nobody_could_be_compared_is_not_made_later(town: Town) -> None:
    set_benchmarks(town, metrics=["energy-intensity"])
    compared(town)
    all_sent(town)
    compared(town, AFTER_DUE + timedelta(days=1))
    assert rows(town, Benchmark) == []
    assert NOTHING in asked(town.joined("amina"))


# --- whose it is ---


def test_nobody_on_the_buyers_side_is_told(told_town: Town) -> None:
    for account in ("U0LUCIA", "U0HELENA"):
        assert "This is not for your role" in told_town.slack(account).command("compare")


@pytest.mark.parametrize("button", ["compare.site", "compare.show"])
def test_other_suppliers_are_not_told(told_town: Town, button: str) -> None:
    of_amina = next(row for row in rows(told_town, BenchmarkMember) if row.site_id == site(told_town, OWN).id)
    argument = of_amina.id if button == "compare.show" else of_amina.site_id
    linh = told_town.joined("linh")
    said = linh.press(f"r:{button}:{argument}") + linh.toast
    assert "This is for somebody else" in said and "quarter" not in said


def test_that_it_was_shown_stands_in_the_trail(told_town: Town, amina: Talker) -> None:
    asked(amina)
    assert [row.object_id for row in rows(told_town, AuditRow) if row.what == "comparison shown"] == [
        site(told_town, OWN).id
    ]
