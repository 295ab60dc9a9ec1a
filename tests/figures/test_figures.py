"""Figures: what is due, what is stored, and when it breaks a limit."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from handlers.metrics.cadence import owed_last
from handlers.metrics.limits import limit_of
from handlers.metrics.rules import DueFigure, Limit, beyond, drift, due_figures, month_before, percent_over
from handlers.programme.aims import Threshold
from storage.tables.figures import Breach, Submission
from storage.tables.programme import Site, Supplier
from tests.handlers.deeds import ELECTRICITY, figure_sent, rows
from tests.talks import Town


@pytest.mark.parametrize(
    ("day", "back", "month"),
    [
        (date(2026, 11, 23), 1, "2026-10"),
        (date(2026, 1, 1), 1, "2025-12"),
        (date(2026, 3, 31), 13, "2025-02"),
        (date(2026, 12, 31), 12, "2025-12"),
    ],
)
def test_month_before_crosses_the_year(day: date, back: int, month: str) -> None:
    assert month_before(day, back) == month


def test_due_figures_are_the_closed_months_not_given_yet_oldest_first() -> None:
    both = [("electricity", "2025-12"), ("water", "2025-12"), ("electricity", "2025-11"), ("water", "2025-11")]
    sites = [(1, both), (2, [("electricity", "2025-12"), ("electricity", "2025-11")])]
    due = due_figures(sites, {(1, "electricity", "2025-11")})
    assert [(one.period, one.site_id, one.metric) for one in due] == [
        ("2025-11", 1, "water"),
        ("2025-11", 2, "electricity"),
        ("2025-12", 1, "electricity"),
        ("2025-12", 1, "water"),
        ("2025-12", 2, "electricity"),
    ]
    assert due[0] == DueFigure(1, "water", "2025-11")


def test_figures_of_months_quarters_and_years_are_due_when_their_period_is_over() -> None:
    owed = owed_last({"fines": "year", "training": "quarter", "water": "month"}, date(2026, 11, 5))
    due = due_figures([(1, owed)], ())
    assert [(one.metric, one.period) for one in due] == [
        ("fines", "2025"),
        ("training", "2026-Q3"),
        ("water", "2026-10"),
    ]


@pytest.mark.parametrize(
    ("value", "limit", "broken"),
    [("100", "100", False), ("100.000001", "100", True), ("0", "0", False), ("1", "0", True)],
)
def test_breach_is_above_the_limit_and_never_at_it(value: str, limit: str, broken: bool) -> None:
    assert beyond(Decimal(value), Limit(Decimal(limit), "kWh")) is broken


def test_where_higher_is_better_the_breach_is_below_the_limit() -> None:
    limit = Limit(Decimal(50), "%", higher_is_better=True)
    assert [beyond(Decimal(value), limit) for value in ("49.9", "50", "51")] == [True, False, False]


@pytest.mark.parametrize(
    ("values", "higher_is_better", "worse"),
    [
        ([100, 110, 125], False, "25.0"),
        ([100, 110, 110], False, None),
        ([100, 90, 125], False, None),
        ([100, 90, 75], True, "25.0"),
        ([100], False, None),
        ([0, 10, 20], False, None),
    ],
)
def test_drift_is_a_change_for_the_worse_in_every_period(
    values: list[int], higher_is_better: bool, worse: str | None
) -> None:
    found = drift([Decimal(value) for value in values], higher_is_better=higher_is_better)
    assert found == (Decimal(worse) if worse else None)


@pytest.mark.parametrize(
    ("value", "limit", "percent"), [("16500", "15000", 10), ("15001", "15000", 0), ("1", "0", None)]
)
def test_distance_from_the_limit_is_in_whole_per_cent(value: str, limit: str, percent: int | None) -> None:
    assert percent_over(Decimal(value), Decimal(limit)) == percent


LIMITS = {
    "site": Threshold(metric="electricity", limit=Decimal(1), site="song-cau"),
    "country": Threshold(metric="electricity", limit=Decimal(2), country="VN"),
    "tier": Threshold(metric="electricity", limit=Decimal(3), tier="high"),
    "all": Threshold(metric="electricity", limit=Decimal(4)),
    "another site": Threshold(metric="electricity", limit=Decimal(5), site="meghna"),
    "another metric": Threshold(metric="water", limit=Decimal(6), site="song-cau"),
    "later": Threshold(metric="electricity", limit=Decimal(7), site="song-cau", valid_from=date(2026, 11, 1)),
    "newer": Threshold(metric="electricity", limit=Decimal(8), country="VN", valid_from=date(2026, 10, 1)),
}


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        (("all", "tier", "country", "site"), 1),
        (("all", "tier", "country"), 2),
        (("tier", "all"), 3),
        (("all",), 4),
        (("another site", "another metric"), None),
        (("later", "country"), 2),
        (("country", "newer"), 8),
        ((), None),
    ],
    ids=lambda value: " ".join(value) or "none" if isinstance(value, tuple) else str(value),
)
def test_narrowest_limit_that_holds_is_taken(town: Town, given: tuple[str, ...], limit: int | None) -> None:
    settings: Any = dataclasses.make_dataclass("Settings", ["thresholds"])([LIMITS[one] for one in given])
    site: Any = Site(
        key="song-cau", name="", country="VN", supplier_id=1, timezone="UTC", weekend="", languages="", calendar=""
    )
    supplier = Supplier(key="", name="", spend_band="A", tier="high")
    found = limit_of(settings, town.house.library.metrics["electricity"], site, supplier, "2026-10")
    assert (found.threshold if found else None) == limit


@pytest.mark.parametrize(
    ("which", "typed", "refused"),
    [
        (ELECTRICITY, "-1", "cannot be less than 0 kWh"),
        (ELECTRICITY, "51 GWh", "cannot be more than 50,000,000 kWh"),
        ("Work injuries", "1.5", "whole number"),
    ],
)
def test_figure_beyond_hard_limits_is_not_taken(town: Town, which: str, typed: str, refused: str) -> None:
    amina = town.joined("amina")
    amina.command("figures")
    amina.tap(which)
    assert refused in amina.say(typed)


@pytest.mark.parametrize(
    ("typed", "shown", "value", "unit"),
    [
        ("12500", "<b>12,500 kWh</b>. Is that right?", 12500, "kWh"),
        ("12.5 MWh", "<b>12.5 MWh</b>, that is 12,500 kWh. Is that right?", "12.5", "MWh"),
        ("45 GJ", "<b>45 GJ</b>, that is 12,500 kWh. Is that right?", 45, "GJ"),
    ],
)
def test_figure_is_read_back_in_its_unit_and_in_the_base_unit(
    town: Town, typed: str, shown: str, value: str, unit: str
) -> None:
    amina = town.joined("amina")
    amina.command("figures")
    amina.tap(ELECTRICITY)
    assert shown in amina.say(typed)
    amina.tap("Yes, send it")
    row = rows(town, Submission)[0]
    assert (row.value, row.unit, row.base_value, row.base_unit) == (Decimal(value), unit, Decimal(12500), "kWh")
    assert (row.typed, row.period, row.metric) == (typed, "2026-10", "electricity")


def test_zero_is_a_figure(town: Town) -> None:
    amina = town.joined("amina")
    assert "0 kWh" in figure_sent(amina, "0")
    assert rows(town, Submission)[0].value == 0
    amina.command("figures")
    assert not any("Electricity" in label for label in amina.labels)


def test_figure_that_was_declined_is_not_stored(town: Town) -> None:
    amina = town.joined("amina")
    amina.command("figures")
    amina.tap(ELECTRICITY)
    amina.say("12500 kWh")
    assert "Not sent" in amina.tap("No, do not send")
    assert rows(town, Submission) == []


def test_corrected_figure_is_a_second_version_and_raises_no_second_alert(town: Town) -> None:
    amina, duc = town.joined("amina"), town.joined("duc")
    for talker in (amina, duc):
        talker.command("figures")
        talker.tap(ELECTRICITY)
    amina.say("16500 kWh")
    duc.say("17000 kWh")
    amina.tap("Yes, send it")
    duc.tap("Yes, send it")
    assert [(row.version, row.value) for row in rows(town, Submission)] == [(1, Decimal(16500)), (2, Decimal(17000))]
    assert len(rows(town, Breach)) == 1
    assert town.transcript("C0ASIA").count("[message] <b>Electricity above the limit") == 1


def test_figure_at_the_limit_is_no_breach(town: Town) -> None:
    figure_sent(town.joined("amina"), "15000 kWh")
    assert rows(town, Breach) == []
    assert town.transcript("C0ASIA") == ""


def test_alert_names_what_where_and_how_far(town: Town) -> None:
    figure_sent(town.joined("amina"), "16,5 MWh")
    alert = town.transcript("C0ASIA")
    assert "Electricity above the limit</b>: Song Cau Bac Ninh, Song Cau Garment" in alert
    assert "October 2026: 16,500 kWh, limit 15,000 kWh, 10 % over." in alert


def test_when_all_figures_are_in_it_is_said(town: Town) -> None:
    nasrin = town.joined("nasrin")
    figure_sent(nasrin, "100 kWh")
    assert "Still open: 0" in figure_sent(nasrin, "0", "Work injuries")
    assert "All figures are in" in nasrin.command("figures")
