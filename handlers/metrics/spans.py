"""Months and the periods that they make up."""

from collections.abc import Sequence

from handlers.metrics.periods import MONTHS, Length, closed_before, first_day, last_day, length_of, period_of


def months_of(period: str) -> tuple[str, ...]:
    """The months of a period (`2026-10`, `2026-Q3`, `2025`), oldest first."""
    return months_until(period, MONTHS[length_of(period)])


def months_until(period: str, count: int) -> tuple[str, ...]:
    """So many months up to the end of a period, oldest first."""
    last = last_day(period)
    return tuple(closed_before("month", last, back) for back in range(count - 1, -1, -1))


def periods_of(length: Length, months: Sequence[str]) -> tuple[str, ...]:
    """The periods of a length that these months make up, oldest first; empty if they cut one in two."""
    periods = dict.fromkeys(period_of(length, first_day(month)) for month in months)
    whole = sum(MONTHS[length] for _period in periods) == len(months)
    return tuple(periods) if whole else ()
