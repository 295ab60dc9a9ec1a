"""Who reads a person's notes: they themselves, while they are away the deputy they named, out of reach a colleague."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from handlers.phones.alternate import reader_of
from handlers.turn import Turn
from storage import people, time_off
from storage.tables.people import Person
from storage.tables.time_off import Leave

HOPS = 3


@dataclass(frozen=True)
class Reading:
    """`reader` reads what is meant for a person; with a `leave` in place of them. None: nobody does until `until`."""

    reader: Person | None
    leave: Leave | None = None


def local_day(turn: Turn, person: Person) -> date:
    """The day it is where somebody lives."""
    return turn.now.astimezone(ZoneInfo(person.timezone)).date()


def reading_for(turn: Turn, person: Person) -> Reading:
    """Who reads a person's notes today. A deputy who is away too hands them on; the last one in a row keeps them."""
    leave = first = time_off.leave_on(turn.session, person.id, local_day(turn, person))
    reader = person
    for _hop in range(HOPS):
        if leave is None:
            break
        deputy = people.by_id(turn.session, leave.deputy_id) if leave.deputy_id else None
        if deputy is None or not deputy.active:
            return Reading(None if reader is person else reader_of(turn, reader), first)
        reader = deputy
        leave = time_off.leave_on(turn.session, reader.id, local_day(turn, reader))
    return Reading(reader_of(turn, reader), first)
