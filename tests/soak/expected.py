"""The calendar of the year as it must be, worked out a second time: this module imports nothing of the product.

Weekends, closed days and hours are counted day by day in Python, in local wall time; public holidays come from the
`holidays` package, and `by_hand.py` holds sixty days of public calendars against both.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

YEAR = 2025
DAY = timedelta(days=1)
OPENS, CLOSES = 8, 18
BEFORE, WEEKS = (30, 7, 1), 26
FIGURES_BEFORE, FIGURES_WEEKS = (7, 1), 2
DUE_DAY = 15


@lru_cache(maxsize=64)
def public_holidays(country: str) -> frozenset[date]:
    """The public holidays of a country from the year before to the year after."""
    years = range(YEAR - 1, YEAR + 2)
    return frozenset(holidays.country_holidays(country, years=years)) if country else frozenset()


@dataclass(frozen=True)
class Life:
    """How somebody lives: zone, country ("" for none), days off as numbers from Monday 0, closed days, first hour."""

    zone: str
    country: str
    weekend: tuple[int, ...]
    closed: tuple[tuple[date, date], ...] = ()
    hour: int = OPENS

    def works(self, day: date) -> bool:
        """Whether this is a working day here."""
        if day.weekday() in self.weekend or day in public_holidays(self.country):
            return False
        return not any(first <= day <= last for first, last in self.closed)

    def opens(self, day: date) -> datetime:
        """The moment from which the programme may write on a day."""
        return datetime.combine(day, time(self.hour), ZoneInfo(self.zone)).astimezone(UTC)

    def closes(self, day: date) -> datetime:
        """The moment from which it may not."""
        return datetime.combine(day, time(CLOSES), ZoneInfo(self.zone)).astimezone(UTC)

    def may_hear(self, moment: datetime) -> bool:
        """Whether a message may arrive at a moment."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return self.works(local.date()) and self.hour <= local.hour < CLOSES

    def working_day_until(self, day: date) -> date:
        """The last working day up to a day."""
        while not self.works(day):
            day -= DAY
        return day

    def working_day_from(self, day: date) -> date:
        """The first working day from a day on."""
        while not self.works(day):
            day += DAY
        return day

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`-th working day after a day."""
        while count:
            day += DAY
            count -= self.works(day)
        return day


@dataclass(frozen=True)
class Debt:
    """Something that is due on a day at a site; it is owed from one moment until another, None for ever."""

    family: str
    object_id: int
    site: Life
    due_on: date
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Told:
    """Somebody is told of something on a local day of theirs."""

    person: str
    family: str
    object_id: int
    day: date


def owner_days(debt: Debt, reader: Life, before: tuple[int, ...], weeks: int) -> list[date]:
    """The days on which an owner is told: before, on the day, three working days in a row, then weekly."""
    found = [reader.working_day_until(debt.due_on - DAY * number) for number in (*before, 0)]
    late = [debt.site.working_day_after(debt.due_on, number) for number in (1, 2, 3)]
    late += [late[-1] + DAY * 7 * week for week in range(1, weeks + 1)]
    return found + [reader.working_day_from(day) for day in late]


def level_day(debt: Debt, reader: Life, after: int) -> date:
    """The day on which a level is told, so many working days of the site after the day."""
    return reader.working_day_from(debt.site.working_day_after(debt.due_on, after))


def moment_told(debt: Debt, reader: Life, day: date) -> datetime | None:
    """The moment at which a note of a day is said: on the hour, in the reader's window, while it is owed; else None."""
    opens = max(reader.opens(day), debt.since)
    moment = opens.replace(minute=0, second=0, microsecond=0)
    moment += timedelta(hours=moment < opens)
    if moment >= reader.closes(day) or (debt.until is not None and moment >= debt.until):
        return None
    return moment
