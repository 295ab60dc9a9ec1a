"""One message from the notes that one person is told at one time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from handlers.message import Button, Message, Speech
from handlers.reminders.away import Reading
from handlers.reminders.notice import Notice
from handlers.router import action
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import people
from storage.tables.people import Person, Role
from storage.tables.planning import DueNote

N = TypeVar("N")
SHOWN = 12
BUTTON_ROWS = 8


@dataclass(frozen=True)
class Said:
    """A note with what it says, to whom it is meant, and who reads it."""

    note: DueNote
    notice: Notice
    person: Person
    reading: Reading


def one_each(notes: Sequence[N], note_of: Callable[[N], DueNote]) -> list[N]:
    """Of several notes about the same thing the one that says most: that it was opened, else the newest step."""
    found: dict[tuple[int, tuple[str, int]], N] = {}
    for one in notes:
        note = note_of(one)
        key = (note.person_id, note.thing)
        if key not in found or not note_of(found[key]).kind.endswith(".opened"):
            found[key] = one
    return list(found.values())


def digest(turn: Turn, reader: Person, all_of_it: Sequence[Said]) -> Message:
    """One note as it is, several under a heading; what is said for somebody who is away says so."""
    said = one_each(all_of_it, lambda one: one.note)
    parts: list[Speech] = [heading(reader, len(said))] if len(said) > 1 else []
    away = 0
    for one in said[:SHOWN]:
        if one.person.id not in (reader.id, away):
            away = one.person.id
            parts.append(_for_another(turn, one))
        parts += one.notice.parts
    if len(said) > SHOWN:
        parts.append(_("and {count} more", count=len(said) - SHOWN))
    attachments = tuple(file for one in said[:SHOWN] for file in one.notice.attachments)
    return Message(tuple(parts), _buttons(said), attachments)


def heading(reader: Person, count: int) -> Phrase:
    """What stands above several notes."""
    if reader.role is Role.SUPPLIER:
        return n_("<b>{count} thing for today</b>", "<b>{count} things for today</b>", count)
    return n_(
        "<b>Today there is {count} thing to look at</b>", "<b>Today there are {count} things to look at</b>", count
    )


def _for_another(turn: Turn, one: Said) -> Phrase:
    leave = one.reading.leave
    if leave is None:
        return _("For {name}, who cannot be reached:", name=one.person.name)
    name = people.by_id(turn.session, leave.person_id).name
    return _("<i>For {name}, who is away until {day}:</i>", name=name, day=leave.last)


def _buttons(said: Sequence[Said]) -> tuple[tuple[Button, ...], ...]:
    """The buttons of all notes, each once, then later and why."""
    seen: set[str] = set()
    rows: list[tuple[Button, ...]] = []
    for row in (row for one in said[:SHOWN] for row in one.notice.buttons):
        new = tuple(button for button in row if button.action not in seen)
        seen.update(button.action for button in new)
        rows += [new] if new else []
    note_id = said[0].note.id
    controls = (
        Button(_("Remind me later"), action("note.later", note_id)),
        Button(_("Why this message?"), action("note.why", note_id)),
    )
    return (*rows[:BUTTON_ROWS], controls)
