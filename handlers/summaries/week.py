"""ISO weeks of the programme: read, named, and as moments."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = re.compile(r"^(\d{4})-?W(\d{1,2})$", re.IGNORECASE)


@dataclass(frozen=True)
class Week:
    """A week from Monday to Sunday, as local dates of the programme."""

    first: date
    last: date

    def __str__(self) -> str:
        year, number, _day = self.first.isocalendar()
        return f"{year}-W{number:02d}"

    def shifted(self, weeks: int) -> "Week":
        """The week so many later, or earlier when negative."""
        return Week(self.first + timedelta(weeks=weeks), self.last + timedelta(weeks=weeks))

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The first moment of the week and the first after it, in UTC."""
        since = datetime.combine(self.first, time(), zone)
        until = datetime.combine(self.last + timedelta(days=1), time(), zone)
        return since.astimezone(UTC), until.astimezone(UTC)


def week_of(moment: datetime, zone: ZoneInfo) -> Week:
    """The week in which a moment falls in this zone."""
    day = moment.astimezone(zone).date()
    first = day - timedelta(days=day.weekday())
    return Week(first, first + timedelta(days=6))


def parse_week(typed: str) -> Week | None:
    """The week of a text like `2026-W47`; None if it is not one."""
    match = WEEK.match(typed.strip())
    if match is None:
        return None
    try:
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None
    return Week(first, first + timedelta(days=6))
