"""Plans notes for single people at the next hour when they may be written to."""

from datetime import datetime

from handlers.turn import Turn
from storage import calendar, due
from storage.tables.people import Person
from storage.tables.planning import DueNote


def plan_soon(turn: Turn, person: Person, calendar_name: str, kind: str, object_id: int, step: str) -> None:
    """Plan a note for now, or for the next allowed hour of this calendar."""
    plan_from(turn, person, calendar_name, kind, object_id, step, turn.now)


def plan_from(
    turn: Turn, person: Person, calendar_name: str, kind: str, object_id: int, step: str, moment: datetime
) -> None:
    """Plan a note for a moment, or for the next allowed hour of this calendar after it."""
    window = calendar.next_window(turn.session, calendar_name, moment)
    if window is None:
        raise LookupError(f"the calendar {calendar_name} is not filled ahead")
    note = DueNote(
        person_id=person.id,
        kind=kind,
        object_id=object_id,
        step=step,
        day=window.day,
        opens_at=max(window.opens_at, moment),
        closes_at=window.closes_at,
    )
    due.plan(turn.session, note)
    turn.woken = True
