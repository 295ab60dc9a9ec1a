"""Whether a supplier has had enough clean months for a lighter tier: pure decisions, by what is on record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.metrics.cadence import owed_with
from handlers.metrics.periods import Length, closed_before, first_day, last_day, period_of
from handlers.metrics.spans import months_between, months_of

SiteFigure = tuple[int, str, str]
"""Site, metric and period."""


@dataclass(frozen=True)
class Given:
    """A figure on record: on which local day its first version came in, and whether what holds was measured."""

    on: date
    measured: bool


@dataclass(frozen=True)
class Record:
    """What is known of a supplier. Months are those in which a period ends.

    `asked` is what its tier asks of each site. `spared` do not apply to a site, by the mentor's word, from a period on.
    `broken` are the months in which a limit was broken, `grave` those with a matter of zero tolerance. `actions` are
    its CAPAs, from the day each was opened to the day it was closed, None while it is open. Nothing before `since`
    counts, the month from which its tier holds, "" for always.
    """

    asked: Mapping[int, Mapping[str, Length]]
    given: Mapping[SiteFigure, Given]
    spared: Mapping[tuple[int, str], str]
    broken: frozenset[str]
    grave: frozenset[str]
    actions: Sequence[tuple[date, date | None]]
    since: str = ""


def last_settled(today: date, due_day: int) -> str:
    """The last month whose figures should all be in."""
    return closed_before("month", today, 1 if today.day > due_day else 2)


def clean_run(record: Record, last: str, due_day: int) -> list[str]:
    """The clean months in a row up to `last`, oldest first; none while a CAPA is open.

    It begins at the earliest with the first month of which anything is on record.
    """
    if any(closed is None for _opened, closed in record.actions) or not record.given:
        return []
    first = min(period_of("month", last_day(period)) for _site, _metric, period in record.given)
    found: list[str] = []
    while last >= max(first, record.since) and is_clean(record, last, due_day):
        found.insert(0, last)
        last = closed_before("month", first_day(last))
    return found


def is_clean(record: Record, month: str, due_day: int) -> bool:
    """Whether everything that was due with a month came in time and was measured, and nothing went wrong in it."""
    if month in record.broken or month in record.grave or any(_in(month, one) for one in record.actions):
        return False
    by = last_day(month) + timedelta(days=due_day)
    return all(
        _is_good(record, (site_id, *figure), by)
        for site_id, asked in record.asked.items()
        for figure in owed_with(asked, month)
    )


def _is_good(record: Record, figure: SiteFigure, by: date) -> bool:
    site_id, metric, period = figure
    spared = record.spared.get((site_id, metric))
    if spared is not None and first_day(spared) <= first_day(period):
        return True
    if _came(record.given.get(figure), by):
        return True
    # The months were sent one by one before the tier asked for them together.
    return all(_came(record.given.get((site_id, metric, month)), by) for month in months_of(period))


def _came(given: Given | None, by: date) -> bool:
    return given is not None and given.measured and given.on <= by


def _in(month: str, action: tuple[date, date | None]) -> bool:
    """Whether a CAPA was open on any day of a month."""
    opened, closed = action
    return opened <= last_day(month) and (closed is None or closed >= first_day(month))


def months_of_run(since: str, until: str) -> int:
    """How many months a run has, the first and the last included."""
    return len(months_between(since, until))
