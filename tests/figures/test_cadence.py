"""Figures that a tier asks for less often than each month: owed, asked, held against limits, shown."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from handlers.metrics.cadence import in_proportion, owed_with
from handlers.metrics.evened import soft_limit
from handlers.metrics.spans import covered, months_of
from storage.tables.figures import Breach, Submission
from storage.tables.planning import DueNote
from storage.tables.programme import Programme
from storage.tables.queues import OutboxRow, SendState
from tests.figures.test_status import figures, looked, remarks, set_rules, trend
from tests.handlers.deeds import figure_sent, rows
from tests.talks import Talker, Town

QUARTER = "Electricity, quarter 3 of 2026"


@pytest.fixture
def amina(town: Town) -> Talker:
    """Amina, whose tier is asked for electricity and headcount by the quarter."""
    by_quarter(town, electricity="quarter", headcount="quarter")
    return town.joined("amina")


def by_quarter(town: Town, **cadence: str) -> None:
    """The tier of Amina's site with this cadence."""
    (row,) = rows(town, Programme)
    tiers = row.settings["tiers"]
    set_rules(town, tiers={**tiers, "high": {**tiers["high"], "cadence": cadence}})


def test_quarter_is_owed_in_place_of_its_months(town: Town, amina: Talker) -> None:
    amina.command("figures")
    assert QUARTER in amina.labels and "Water, October 2026" in amina.labels
    assert "Electricity, October 2026" not in amina.labels
    assert "For October 2026, 0 of 6 figures are in. Due: Electricity (quarter 3 of 2026)" in looked(amina)[0]


def test_question_says_that_the_quarter_is_asked_for_as_a_whole(town: Town, amina: Talker) -> None:
    amina.command("figures")
    said = amina.tap(QUARTER)
    assert "Here it is asked for all 3 months together: please send their sum." in said
    assert "For example: 37,500 kWh" in said
    amina.command("cancel")
    amina.command("figures")
    assert "please send their average" in amina.tap("People at work, quarter 3 of 2026")


def test_figure_of_a_quarter_is_stored_and_no_longer_owed(town: Town, amina: Talker) -> None:
    assert "Stored: Electricity of Song Cau Bac Ninh in quarter 3 of 2026, 40,000 kWh" in figure_sent(
        amina, "40 MWh", QUARTER
    )
    assert [row.period for row in rows(town, Submission)] == ["2026-Q3"]
    amina.command("figures")
    assert QUARTER not in amina.labels


@pytest.mark.parametrize(("typed", "broken"), [("45000 kWh", False), ("45001 kWh", True)])
def test_limit_of_a_month_counts_three_times_for_a_quarter(town: Town, amina: Talker, typed: str, broken: bool) -> None:
    figure_sent(amina, typed, QUARTER)
    assert [row.threshold for row in rows(town, Breach)] == [Decimal(45000)] * broken
    assert ("limit 45,000 kWh" in town.transcript("C0ASIA")) == broken


def test_twelve_months_are_four_quarters_or_quarters_and_months(town: Town, amina: Talker) -> None:
    rule = {"metric": "electricity", "site": "song-cau", "limit": "150000", "rule": "rolling"}
    set_rules(town, thresholds=[rule])
    figures(town, [("2025-Q4", 37_000), ("2026-Q1", 37_000), ("2026-04", 12_000), ("2026-05", 13_000)])
    figures(town, [("2026-06", 13_000)])
    figure_sent(amina, "38001 kWh", QUARTER)
    (breach,) = rows(town, Breach)
    assert (breach.rule, breach.value) == ("rolling", Decimal(150_001))


def test_steady_change_compares_quarters_with_quarters(town: Town, amina: Talker) -> None:
    rule = {"metric": "electricity", "site": "song-cau", "limit": "10", "rule": "drift", "periods": 2}
    set_rules(town, thresholds=[rule])
    figures(town, [("2026-Q1", 30_000), ("2026-Q2", 32_000), ("2026-07", 1), ("2026-08", 2)])
    figure_sent(amina, "33500 kWh", QUARTER)
    (breach,) = rows(town, Breach)
    assert (breach.rule, breach.value) == ("drift", Decimal("11.7"))


def test_slip_is_found_in_a_quarter_by_what_its_months_were_before(town: Town, amina: Talker) -> None:
    figures(town, [(f"2026-{month:02d}", 12_000 + 90 * (month % 3)) for month in range(1, 7)])
    amina.command("figures")
    amina.tap(QUARTER)
    said = amina.say("365 000 kWh")
    assert "ten times as much as usual" in said
    assert "Did you mean <b>36,500 kWh</b>?" in said


def test_quarter_that_repeats_the_one_before_is_asked_about(town: Town, amina: Talker) -> None:
    figures(town, [("2025-Q4", 35_100), ("2026-Q1", 36_411), ("2026-Q2", 37_613)])
    amina.command("figures")
    amina.tap(QUARTER)
    assert "is exactly what was sent for quarter 2 of 2026" in amina.say("37613 kWh")


def test_honest_quarter_is_not_asked_about(town: Town, amina: Talker) -> None:
    figures(town, [(f"2026-{month:02d}", 12_000 + 90 * (month % 3)) for month in range(1, 7)])
    assert "Stored" in figure_sent(amina, "36 900 kWh", QUARTER)


def test_trend_of_quarters_puts_earlier_months_together(town: Town, amina: Talker) -> None:
    figures(town, [(f"2026-{month:02d}", 10_000) for month in range(1, 7)])
    figures(town, [("2026-Q3", 33_000)])
    card = looked(amina)[1]
    assert [point.value for point in trend(card).points if point] == [30_000, 30_000, 33_000]
    assert "quarter 3 of 2026, 10 % above the average before that" in remarks(card)
    assert "Within the limit of 45,000 kWh" in remarks(card)


def test_mean_of_a_quarter_is_rounded_and_counts_each_month_once(town: Town, amina: Talker) -> None:
    figures(town, [("2026-07", 100), ("2026-08", 101), ("2026-09", 103)], "headcount")
    assert trend(looked(amina)[1], "People at work").said == "101.33 people"


def test_quarter_whose_months_were_sent_is_not_asked_again(town: Town, amina: Talker) -> None:
    figures(town, [("2026-07", 11_000), ("2026-08", 12_000)])
    amina.command("figures")
    assert QUARTER in amina.labels
    figures(town, [("2026-09", 12_500)])
    amina.command("cancel")
    amina.command("figures")
    assert QUARTER not in amina.labels
    text, card = looked(amina)
    assert "For October 2026, 1 of 6 figures are in." in text
    assert trend(card).said == "35,500 kWh"


def test_line_with_a_month_is_told_that_quarters_are_asked_for(town: Town, amina: Talker) -> None:
    said = amina.say("electricity October 12,5 MWh")
    assert "Electricity is asked for whole quarters, so one month is not enough." in said
    assert rows(town, Submission) == []
    amina.tap("Send figures")
    assert QUARTER in amina.labels


def test_mentor_is_told_of_a_missing_quarter_once_it_is_late(town: Town, amina: Talker) -> None:
    for month, there in ((12, False), (1, True)):
        for hour in (9, 10):
            town.tick(datetime(2026 + (month == 1), month, 18, hour, tzinfo=UTC))
        found = [one["text"] for place, one in town.shown if place == "C0ASIA" and "are missing" in one["text"]]
        assert ("Electricity (quarter 4 of 2026)" in found[-1]) == there


def test_note_of_a_month_is_planned_once(town: Town) -> None:
    for day in (16, 17, 18):
        for hour in (9, 10):
            town.tick(datetime(2026, 12, day, hour, tzinfo=UTC))
    planned = [(row.person_id, row.step) for row in rows(town, DueNote) if row.kind == "figures.missing"]
    assert planned and len(planned) == len(set(planned)), planned


def test_summary_names_the_quarter(town: Town, amina: Talker) -> None:
    figure_sent(amina, "50000 kWh", QUARTER)
    town.slack("U0LUCIA").press("r:summary.pdf:2026-W48")
    values: Any = next(
        file["values"]
        for _place, one in reversed(waiting(town))
        for file in one["attachments"]
        if file["draw"] == "summary"
    )
    assert "Electricity in quarter 3 of 2026 is 50,000 kWh, the limit is 45,000 kWh" in str(values)


def waiting(town: Town) -> list[tuple[str, Any]]:
    """What waits to be drawn."""
    return [(row.conversation, row.payload) for row in rows(town, OutboxRow) if row.state is SendState.WAITING]


@pytest.mark.parametrize(
    ("metric", "period", "times"),
    [
        ("electricity", "2026-10", 1),
        ("electricity", "2026-Q3", 3),
        ("electricity", "2026", 12),
        ("headcount", "2026-Q3", 1),
        ("trir", "2026", 1),
        ("training-hours", "2026", 4),
    ],
)
def test_amounts_are_in_proportion_and_means_and_ratios_are_not(
    town: Town, metric: str, period: str, times: int
) -> None:
    assert in_proportion(town.house.library.metrics[metric], period) == times


def test_what_is_owed_with_a_month_ends_with_it() -> None:
    asked: Any = {"water": "month", "electricity": "quarter", "corruption": "year"}
    assert owed_with(asked, "2026-11") == [("water", "2026-11")]
    assert owed_with(asked, "2026-09") == [("water", "2026-09"), ("electricity", "2026-Q3")]
    assert owed_with(asked, "2026-12")[2] == ("corruption", "2026")


@pytest.mark.parametrize(
    ("held", "length", "periods", "missing"),
    [
        (("2026-Q1", "2026-Q2"), "quarter", ("2026-Q1", "2026-Q2"), ()),
        (("2026-Q1", "2026-04", "2026-05", "2026-06"), "quarter", ("2026-Q1", "2026-04", "2026-05", "2026-06"), ()),
        (("2026-01", "2026-02", "2026-03", "2026-Q1", "2026-Q2"), "quarter", ("2026-Q1", "2026-Q2"), ()),
        (("2026-Q1", "2026-04"), "quarter", ("2026-Q1", "2026-04"), ("2026-Q2",)),
        (("2026-Q1", "2026-04"), "month", ("2026-Q1", "2026-04"), ("2026-05", "2026-06")),
    ],
)
def test_months_are_put_together_from_what_is_held(
    held: tuple[str, ...], length: Any, periods: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    half = (*months_of("2026-Q1"), *months_of("2026-Q2"))
    found = covered(half, held, length)
    assert (found.periods, found.missing, found.cut) == (periods, missing, False)


def test_month_in_a_quarter_that_is_asked_as_a_whole_is_cut() -> None:
    assert covered(("2026-01",), (), "quarter").cut


def test_soft_limit_of_a_quarter_is_one_of_its_months(town: Town) -> None:
    metrics = town.house.library.metrics
    hours = metrics["training-hours"]
    assert soft_limit(hours.soft[0], hours, metrics["headcount"]).high == 40
    injuries = metrics["injuries"]
    assert soft_limit(injuries.soft[0], injuries, metrics["headcount"]).high == Decimal("0.02")
