"""Says the planned notes whose hour has come: each once, none at night, none into an open dialog."""

from datetime import timedelta

from handlers.phones.alternate import reader_of
from handlers.reminders.router import Notices
from handlers.turn import Turn
from storage import calendar, dialogs, due, people, programme
from storage.tables.people import Person, Role
from storage.tables.planning import DueNote, DueState

IDLE = timedelta(minutes=30)
AT_ONCE = 200


def say_due(turn: Turn, notices: Notices) -> int:
    """Say what may be said at the turn's moment; how many notes were settled."""
    settled = 0
    for note in due.sayable(turn.session, turn.now, AT_ONCE):
        settled += _settle(turn, notices, note)
    return settled


def _settle(turn: Turn, notices: Notices, note: DueNote) -> bool:
    """True if the note was said, dropped or moved to its next window; False if it waits for an open dialog."""
    person, kind = people.by_id(turn.session, note.person_id), notices.kinds[note.kind]
    if note.closes_at <= turn.now:
        if kind.late:
            _move(turn, note, person)
        else:
            _end(turn, note, DueState.DROPPED, "its day has passed")
        return True
    if _is_talking(turn, person):
        return False
    said = kind.say(turn, note, reader_of(turn, person))
    _end(turn, note, DueState.SAID if said else DueState.DROPPED, "" if said else "settled or out of reach")
    return True


def _is_talking(turn: Turn, person: Person) -> bool:
    """Whether the person has been answering a question within the last half hour. Channels are not interrupted."""
    if person.role is not Role.SUPPLIER:
        return False
    for contact in people.contacts(turn.session, person.id):
        touched = dialogs.busy_until(turn.session, contact.channel, contact.conversation)
        if touched is not None and turn.now - touched < IDLE:
            return True
    return False


def _move(turn: Turn, note: DueNote, person: Person) -> None:
    """Put a note whose window has passed into the next one."""
    sites = programme.sites_of(turn.session, person) if person.role is Role.SUPPLIER else []
    name = sites[0].calendar if sites else person.calendar
    window = calendar.next_window(turn.session, name, turn.now)
    if window is None:
        _end(turn, note, DueState.DROPPED, "no calendar")
        return
    note.opens_at, note.closes_at = window.opens_at, window.closes_at
    turn.session.add(note)


def _end(turn: Turn, note: DueNote, state: DueState, reason: str) -> None:
    note.state, note.reason = state, reason
    turn.session.add(note)
    turn.note(f"note {state.value}", note.kind, note.object_id, step=note.step, person=note.person_id)
