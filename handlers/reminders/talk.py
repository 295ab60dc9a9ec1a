"""What can be done about a reminder: put it off, and see why it came."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.message import Button, Speech
from handlers.reminders.away import local_day
from handlers.reminders.digest import one_each
from handlers.reminders.notice import Notice
from handlers.router import ANYONE, Router, action, number
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import calendar, due, people
from storage.tables.people import Person
from storage.tables.planning import DueNote

routes = Router()
LATER: dict[int, Phrase] = {1: _("Tomorrow"), 3: _("In three days"), 7: _("Next week")}
SETTLED = _("This is settled; no more reminders of it will come.")


@dataclass(frozen=True)
class Alive:
    """A note that was said and still has something to say, and whom it is meant for."""

    note: DueNote
    notice: Notice
    person: Person


@routes.button("note.why", ANYONE)
def why(turn: Turn, note_id: str) -> None:
    """Why each note of a message was said: which rule, what about, since when, who else was told, how it stops."""
    found = _alive(turn, note_id)
    turn.say(*[one.notice.why for one in found] or [SETTLED])


@routes.button("note.later", ANYONE)
def later(turn: Turn, note_id: str) -> None:
    """Ask for how long; if the message had several notes, first of which."""
    found = _alive(turn, note_id)
    if not found:
        turn.say(SETTLED)
    elif len(found) == 1:
        _ask_when(turn, found[0])
    else:
        rows = [[Button(one.notice.title, action("note.when", one.note.id))] for one in found]
        turn.say(_("Which one shall I remind you of later?"), buttons=rows)


@routes.button("note.when", ANYONE)
def when(turn: Turn, note_id: str) -> None:
    """Ask for how long this one is put off."""
    found = [one for one in _alive(turn, note_id) if str(one.note.id) == note_id]
    if not found:
        raise Refused(SETTLED)
    _ask_when(turn, found[0])


def _ask_when(turn: Turn, one: Alive) -> None:
    rows = [[Button(label, action("note.put_off", f"{one.note.id}-{days}"))] for days, label in LATER.items()]
    turn.say(_("<b>{what}</b>: when shall I remind you again?", what=one.notice.title), buttons=rows)


@routes.button("note.put_off", ANYONE)
def put_off(turn: Turn, argument: str) -> None:
    """Say it again on that day, or the next working day; until then nothing else is said of it to this person."""
    note_id, _hyphen, typed = argument.partition("-")
    days = number(typed)
    found = [one for one in _alive(turn, note_id) if str(one.note.id) == note_id]
    if not found or days not in LATER:
        raise Refused(SETTLED)
    note, person = found[0].note, found[0].person
    day = local_day(turn, person) + timedelta(days=days)
    window = calendar.working_day_from(turn.session, person.calendar, day)
    if window is None:
        raise LookupError(f"the calendar {person.calendar} is not filled ahead")
    again = DueNote(
        person_id=note.person_id,
        kind=note.kind,
        object_id=note.object_id,
        step=f"{note.rung}+{window.day}",
        day=window.day,
        opens_at=window.opens_at,
        closes_at=window.closes_at,
    )
    due.plan(turn.session, again)
    turn.note("note put off", note.kind, note.object_id, until=str(window.day))
    turn.say(_("I will remind you on {day}, unless it is settled by then. Others are told as planned.", day=window.day))


def _alive(turn: Turn, note_id: str) -> list[Alive]:
    """The notes of the message that began with this one, as far as they still have something to say."""
    first = due.by_id(turn.session, number(note_id) or 0)
    if first is None or first.told_id != turn.me.id:
        raise Refused(_("This no longer exists."))
    found = []
    for note in due.said_with(turn.session, first):
        person = people.by_id(turn.session, note.person_id)
        notice = turn.house.notices.kinds[note.kind].say(turn, note, person)
        if notice is not None:
            found.append(Alive(note, notice, person))
    return one_each(found, lambda one: one.note)


@routes.command("today", ANYONE, menu=_("For today"))
def today(turn: Turn, _argument: str) -> None:
    """What there is to do today: the notes of the day that still have something to say."""
    day = local_day(turn, turn.me)
    lines: list[Speech] = []
    buttons: list[tuple[Button, ...]] = []
    for note in one_each(due.today_of(turn.session, [turn.me.id], day), lambda one: one):
        notice = turn.house.notices.kinds[note.kind].say(turn, note, turn.me)
        if notice is not None:
            lines += notice.parts
            buttons += [row for row in notice.buttons if row not in buttons]
    turn.say(*lines or [_("There is nothing for today.")], buttons=buttons[:8])
