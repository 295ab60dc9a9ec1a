"""Months and the periods that they make up."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

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


def periods_in(months: Iterable[str]) -> list[str]:
    """These months, and the quarters and years that they lie in."""
    lengths: tuple[Length, ...] = ("month", "quarter", "year")
    return list(dict.fromkeys(period_of(length, first_day(month)) for month in months for length in lengths))


@dataclass(frozen=True)
class Covered:
    """Periods that make up some months, oldest first: those that are there, and those that are missing.

    `cut` says that a month lies in a period that is asked for as a whole, and not all of it is among these months.
    """

    periods: tuple[str, ...]
    missing: tuple[str, ...]
    cut: bool


def covered(months: Sequence[str], held: Collection[str], length: Length) -> Covered:
    """These months put together from periods that are held: of this length where it is there, else of any.

    So a site whose figures were asked by the month until June, and by the quarter since, has a whole year.
    """
    periods: list[str] = []
    missing: dict[str, None] = {}
    place, cut = 0, False
    while place < len(months):
        found = next((one for one in _beginning(months[place:], length) if one in held), None)
        if found is not None:
            periods.append(found)
            place += MONTHS[length_of(found)]
            continue
        wanted = period_of(length, first_day(months[place]))
        if set(months_of(wanted)) <= set(months):
            missing[wanted] = None
        else:
            cut = True
        place += 1
    return Covered(tuple(periods), tuple(missing), cut)


def _beginning(months: Sequence[str], length: Length) -> Iterator[str]:
    """The periods whose months these begin with, those of the length first."""
    for one in dict.fromkeys((length, "month", "quarter", "year")):
        period = period_of(one, first_day(months[0]))
        if months_of(period) == tuple(months[: MONTHS[one]]):
            yield period


def months_between(first: str, last: str) -> tuple[str, ...]:
    """The months from the first to the last, both included."""
    begin, end = first_day(first), first_day(last)
    return months_until(last, (end.year - begin.year) * 12 + end.month - begin.month + 1)
