"""The clock's face, and where its buttons lead."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.playground.page.stage import Stage
from bot.playground.page.walk import Walk
from storage.programme import programme

MORNING = time(9)


def clock_json(stage: Stage, walk: Walk) -> dict[str, Any]:
    """The programme's moment to the minute, the zone it is shown in, and where the clock is moving to."""
    now = stage.now().replace(second=0, microsecond=0)
    target = walk.target
    return {"now": now.isoformat(), "zone": str(zone(stage)), "target": target.isoformat() if target else None}


def zone(stage: Stage) -> ZoneInfo:
    """The programme's own time zone."""
    if stage.app is None:
        return ZoneInfo("UTC")
    with stage.app.store.read() as session:
        row = programme(session)
    rules = row.settings.get("calendar", {}) if row else {}
    return ZoneInfo(rules.get("timezone", "UTC"))


def target(asked: dict[str, Any], now: datetime, zone: ZoneInfo) -> datetime:
    """Where a button leads (`hour`, `morning`, `monday`), or a date and time (`at`) in the programme's zone.

    Raises ValueError for anything else.
    """
    local = now.astimezone(zone)
    match asked:
        case {"jump": "hour"}:
            return now + timedelta(hours=1)
        case {"jump": "morning"}:
            return _morning(local, 1)
        case {"jump": "monday"}:
            return _morning(local, 7 - local.weekday())
        case {"at": str(text)}:
            at = datetime.fromisoformat(text)
            return at if at.tzinfo else at.replace(tzinfo=zone)
    raise ValueError("Choose one of the buttons, or a date.")


def _morning(local: datetime, days: int) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), MORNING, local.tzinfo)
