"""Local calendars as rows: which days are worked in a place, and the hours in which the programme may write."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from sqlmodel import Session

from storage import calendar

AHEAD_DAYS = 450
BEHIND_DAYS = 40
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_name(timezone: str, country: str, weekend: str) -> str:
    """The name of a place's calendar: zone, country ("" for none) and weekend, as `Asia/Dhaka|BD|fri+sat`."""
    return f"{timezone}|{country}|{weekend}"


def fill_ahead(session: Session, today: date, opens: time, closes: time, learns: time | None = None) -> None:
    """Fill each calendar that somebody lives by from 40 days back to 450 days ahead of `today`.

    Lessons are brought when it `learns`, else when it opens.
    """
    last = today + timedelta(days=AHEAD_DAYS)
    for name in calendar.names(session):
        until = calendar.filled_until(session, name)
        first = until + timedelta(days=1) if until else today - timedelta(days=BEHIND_DAYS)
        if first <= last:
            number = calendar.last_number(session, name)
            calendar.fill(session, days(name, first, last, opens, closes, number, learns))


def days(
    name: str, first: date, last: date, opens: time, closes: time, number: int, learns: time | None = None
) -> Iterator[dict[str, Any]]:
    """The days of a calendar from `first` to `last`, as columns; working days are counted on from `number`."""
    timezone, country, weekend = name.split("|")
    zone, free = ZoneInfo(timezone), weekend.split("+")
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        working = WEEKDAYS[day.weekday()] not in free and day not in _holidays(country, day.year)
        number += working
        yield {
            "calendar": name,
            "day": day,
            "ordinal": ordinal,
            "working": working,
            "working_number": number,
            "opens_at": _utc(day, opens, zone),
            "closes_at": _utc(day, closes, zone),
            "learns_at": _utc(day, learns or opens, zone),
        }


def _utc(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A local wall time in UTC; a time that the clocks skip counts from the hour before the change."""
    return datetime.combine(day, at, zone).astimezone(UTC)


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country and year; none for "" and for a country that the library does not know."""
    if not country or country not in holidays.list_supported_countries(include_aliases=False):
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))
