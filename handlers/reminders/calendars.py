"""Local calendars as rows: which days are worked in a place, and the hours in which the programme may write."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from sqlmodel import Session

from storage import calendar, time_off

AHEAD_DAYS = 450
BEHIND_DAYS = 40
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar_name(timezone: str, country: str, weekend: str, closed_at: int | None = None) -> str:
    """The name of a place's calendar: zone, country ("" for none) and weekend, as `Asia/Dhaka|BD|fri+sat`.

    A site that is closed on days of its own has a calendar of its own, `…|site 7`.
    """
    return f"{timezone}|{country}|{weekend}" + (f"|site {closed_at}" if closed_at else "")


def with_hour(name: str, hour: int | None) -> str:
    """The calendar of somebody who wants to be written to from an hour of their own on, `…|from 14`."""
    return name if hour is None else f"{name}|from {hour}"


def fill_ahead(session: Session, today: date, opens: time, closes: time, learns: time | None = None) -> None:
    """Fill each calendar that somebody lives by from 40 days back to 450 days ahead of `today`.

    Lessons are brought when it `learns`, else when it opens.
    """
    last, filled = today + timedelta(days=AHEAD_DAYS), calendar.filled(session)
    rows: list[dict[str, Any]] = []
    for name in calendar.names(session):
        until, number = filled.get(name, (today - timedelta(days=BEHIND_DAYS + 1), 0))
        if until < last:
            closed, first = _closed_days(session, name), until + timedelta(days=1)
            rows += days(name, first, last, opens, closes, number, learns, closed)
    calendar.fill(session, rows)


def fill_anew(
    session: Session, names: Collection[str], today: date, opens: time, closes: time, learns: time | None = None
) -> None:
    """Fill some calendars again from `today` on, by other rules than before."""
    for name in names:
        calendar.forget_from(session, today, name)
    fill_ahead(session, today, opens, closes, learns)


def _closed_days(session: Session, name: str) -> frozenset[date]:
    """The days on which the site of a calendar is closed."""
    site = next((part for part in name.split("|")[3:] if part.startswith("site ")), "")
    spans = time_off.closed_days(session, int(site.removeprefix("site "))) if site else []
    return frozenset(
        date.fromordinal(number) for one, other in spans for number in range(one.toordinal(), other.toordinal() + 1)
    )


def days(
    name: str,
    first: date,
    last: date,
    opens: time,
    closes: time,
    number: int,
    learns: time | None = None,
    closed: frozenset[date] = frozenset(),
) -> Iterator[dict[str, Any]]:
    """The days of a calendar from `first` to `last`, as columns; working days are counted on from `number`."""
    timezone, country, weekend, *own = name.split("|")
    zone, free = ZoneInfo(timezone), weekend.split("+")
    opens = next((time(int(part.removeprefix("from "))) for part in own if part.startswith("from ")), opens)
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        working = WEEKDAYS[day.weekday()] not in free and day not in _holidays(country, day.year)
        working = working and day not in closed
        number += working
        yield {
            "calendar": name,
            "day": day,
            "ordinal": ordinal,
            "working": working,
            "working_number": number,
            "opens_at": _utc(day, opens, zone),
            "closes_at": _utc(day, closes, zone),
            "learns_at": _utc(day, max(learns or opens, opens), zone),
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
