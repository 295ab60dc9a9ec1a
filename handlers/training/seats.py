"""Taking part in a workshop: told of it, joining, leaving, reminded on the working day before."""

from handlers.message import Button
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import SUPPLIER, Router, action, number
from handlers.training.workshops import about, invited, plan_reminder
from handlers.turn import Refused, Turn
from locales.text import _
from storage import workshops
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.workshops import Seat, Workshop, WorkshopState

routes = Router()
notices = Notices()


@routes.button("seat.join", SUPPLIER)
def join(turn: Turn, workshop_id: str) -> None:
    """Take a place, if there is one."""
    row = _offered(turn, workshop_id)
    taken = workshops.seats(turn.session, [row.id])
    if turn.me.id in [person.id for _seat, person in taken]:
        raise Refused(_("You have a place already."))
    if len(taken) >= row.places:
        raise Refused(_("All places are taken. Please ask your mentor whether there will be another one."))
    seat = workshops.seat(turn.session, row.id, turn.me.id) or Seat(
        workshop_id=row.id, person_id=turn.me.id, joined_at=turn.now
    )
    seat.joined_at, seat.left_at = turn.now, None
    turn.session.add(seat)
    turn.note("workshop joined", "workshop", row.id)
    plan_reminder(turn, turn.me, row)
    turn.say(
        _("You have a place: {workshop}", workshop=about(row)),
        buttons=[[Button(_("I cannot come"), action("seat.leave", row.id))]],
    )


@routes.button("seat.leave", SUPPLIER)
def leave(turn: Turn, workshop_id: str) -> None:
    """Give the place back."""
    row = _offered(turn, workshop_id)
    seat = workshops.seat(turn.session, row.id, turn.me.id)
    if seat is None or seat.left_at is not None or seat.attended_at is not None:
        raise Refused(_("You have no place in this."))
    seat.left_at = turn.now
    turn.session.add(seat)
    turn.note("workshop left", "workshop", row.id)
    turn.say(
        _("Your place is free for somebody else. Thank you for telling me."),
        buttons=[[Button(_("I can come after all"), action("seat.join", row.id))]],
    )


def _offered(turn: Turn, workshop_id: str) -> Workshop:
    """The workshop, locked, if it is offered to this person and its day has not passed."""
    row = workshops.workshop(turn.session, number(workshop_id) or 0, lock=True)
    if row is None or turn.me.id not in [person.id for person in invited(turn, row)]:
        raise Refused(_("This no longer exists."))
    if row.state is WorkshopState.CALLED_OFF:
        raise Refused(_("This was called off."))
    if row.day < turn.now.date():
        raise Refused(_("This is over."))
    return row


@notices.kind("workshop.offered")
def offered(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To everybody it is for: what it is, and a button to join."""
    row = workshops.workshop(turn.session, note.object_id)
    if row is None or row.state is WorkshopState.CALLED_OFF or row.day < note.day:
        return None
    if workshops.seat(turn.session, row.id, person.id) is not None:
        return None
    text = _("Your mentor offers: {workshop} There are {places} places.", workshop=about(row), places=row.places)
    why = _("Your mentor offers this to the people of your site. You are asked once.")
    return Notice(about(row), (text,), why, ((Button(_("I want to come"), action("seat.join", row.id)),),))


@notices.kind("workshop.soon", late=False)
def soon(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To those who joined, on the working day before."""
    row = workshops.workshop(turn.session, note.object_id)
    seat = workshops.seat(turn.session, note.object_id, person.id)
    if row is None or row.state is WorkshopState.CALLED_OFF or seat is None or seat.left_at is not None:
        return None
    leave_button = Button(_("I cannot come"), action("seat.leave", row.id))
    why = _("You have a place in this. It stops when you give your place back.")
    return Notice(about(row), (_("Soon: {workshop}", workshop=about(row)),), why, ((leave_button,),))


@notices.kind("workshop.off")
def off(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To those who joined: it does not take place."""
    row = workshops.workshop(turn.session, note.object_id)
    if row is None:
        return None
    text = _("This does not take place: {workshop} Your mentor is sorry.", workshop=about(row))
    return Notice(about(row), (text,), _("You had a place in this. You are told once."))
