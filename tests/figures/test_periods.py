"""Periods of figures: which one is over, where it begins and ends."""

from datetime import date

import pytest

from handlers.metrics.periods import Length, closed_before, first_day, last_day, length_of, period_of, said


@pytest.mark.parametrize(
    ("length", "day", "back", "period"),
    [
        ("month", date(2026, 1, 31), 1, "2025-12"),
        ("month", date(2026, 12, 1), 12, "2025-12"),
        ("quarter", date(2026, 1, 1), 1, "2025-Q4"),
        ("quarter", date(2026, 11, 23), 1, "2026-Q3"),
        ("quarter", date(2026, 11, 23), 5, "2025-Q3"),
        ("year", date(2026, 1, 1), 1, "2025"),
    ],
)
def test_last_closed_period_crosses_the_year(length: Length, day: date, back: int, period: str) -> None:
    assert closed_before(length, day, back) == period


@pytest.mark.parametrize(
    ("period", "length", "first", "last"),
    [
        ("2026-02", "month", date(2026, 2, 1), date(2026, 2, 28)),
        ("2028-02", "month", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q4", "quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_period_has_its_first_and_last_day(period: str, length: Length, first: date, last: date) -> None:
    assert (length_of(period), first_day(period), last_day(period)) == (length, first, last)
    assert period_of(length, first) == period_of(length, last) == period
    assert said(period)
