"""When people are at work: local days and hours of a place, as moments in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OPENS, MINUTES = time(8, 30), 8 * 60


def at_work(day: date, zone: str, weekend: str, stream: Random) -> datetime:
    """A moment from 8:30 to 16:30 on this local day, or on the next one that is no day off (`sat+sun`)."""
    free = weekend.split("+")
    while WEEKDAYS[day.weekday()] in free:
        day += timedelta(days=1)
    opens = datetime.combine(day, OPENS, ZoneInfo(zone))
    return (opens + timedelta(minutes=stream.randrange(MINUTES))).astimezone(UTC)


def local_day(moment: datetime, zone: str) -> date:
    """The date of a moment in this zone."""
    return moment.astimezone(ZoneInfo(zone)).date()
