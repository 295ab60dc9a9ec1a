"""Moments at Amina's site, and a second CAPA of hers beside the one that the scene has."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from storage.tables.capas import Capa, CapaState, Owed
from tests.handlers.deeds import person, rows
from tests.talks import Town

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: str, hour: int = 9, minute: int = 0) -> datetime:
    """A wall time at the site, as a moment."""
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=HANOI).astimezone(UTC)


def another_capa(town: Town, due: str = "2026-12-10", finding: str = "No fire drill") -> None:
    """A second CAPA for Amina, due on a day."""
    first, day = rows(town, Capa)[0], date.fromisoformat(due)
    with town.store.write() as session:
        session.add(
            Capa(
                site_id=first.site_id,
                finding=finding,
                severity="major",
                owner_id=person(town, "amina").id,
                state=CapaState.IN_PROGRESS,
                owed=Owed.CLOSE,
                owed_on=day,
                due_on=day,
                opened_at=first.opened_at,
            )
        )


def reach(town: Town, day: str, hour: int = 9) -> None:
    """Come to a day through the evening before, on which its notes are planned."""
    evening = at(day, 1)
    if evening > town.clock.moment:
        town.tick(evening)
    town.tick(at(day, hour))
