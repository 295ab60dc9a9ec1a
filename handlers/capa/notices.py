"""What is said about a CAPA: to the owner when it opens and before it is due, to the mentor when it is overdue."""

from handlers.message import Button, Message
from handlers.reminders.planning import plan_soon
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import _
from storage import capas, due, people, programme
from storage.tables.capas import SETTLED, Capa
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.queues import Lane

notices = Notices()


def tell_opened(turn: Turn, capa: Capa) -> None:
    """Plan to tell the owner at the next allowed hour."""
    if capa.owner_id is None:
        return
    owner, site = people.by_id(turn.session, capa.owner_id), programme.site(turn.session, capa.site_id)
    plan_soon(turn, owner, site.calendar, "capa.opened", capa.id, "opened")


def plan_notices(turn: Turn) -> None:
    """Plan the reminders of all open CAPAs; what is planned already stays as it is."""
    turn.session.flush()
    for days in turn.settings.reminders_before:
        due.plan_before_due(turn.session, days)
    due.plan_overdue(turn.session, turn.settings.overdue_after)


def _open_capa(turn: Turn, note: DueNote) -> Capa | None:
    """The CAPA a note is about, None if it is settled and the note has nothing left to say."""
    capa = capas.capa(turn.session, note.object_id)
    return capa if capa is not None and capa.state not in SETTLED else None


@notices.kind("capa.opened")
def opened(turn: Turn, note: DueNote, person: Person) -> bool:
    """To the owner: there is a CAPA, what it is about, by when, and whom to ask."""
    capa = _open_capa(turn, note)
    if capa is None:
        return False
    site = programme.site(turn.session, capa.site_id)
    text = _(
        "<b>A corrective action for {site}</b> (CAPA {number})\n{finding}\nPlease have it done by {day}. If something "
        "stands in the way, press the button: your mentor answers.",
        site=site.name,
        number=ticket(capa.id),
        finding=capa.finding,
        day=capa.due_on,
    )
    return turn.tell(person, note_key(note), Message((text,), (_blocked_button(),)), Lane.PUSH)


@notices.kind("capa.due", late=False)
def due_soon(turn: Turn, note: DueNote, person: Person) -> bool:
    """To the owner: the due date is near."""
    capa = _open_capa(turn, note)
    if capa is None:
        return False
    text = _(
        "A reminder: CAPA {number}, {finding}, is due on {day}.",
        number=ticket(capa.id),
        finding=capa.finding,
        day=capa.due_on,
    )
    return turn.tell(person, note_key(note), Message((text,), (_blocked_button(),)), Lane.PUSH)


@notices.kind("capa.overdue")
def overdue(turn: Turn, note: DueNote, person: Person) -> bool:
    """To the mentor: the due date has passed."""
    capa = _open_capa(turn, note)
    if capa is None or capa.owner_id is None:
        return False
    owner, site = people.by_id(turn.session, capa.owner_id), programme.site(turn.session, capa.site_id)
    text = _(
        "<b>CAPA {number} is overdue</b>: {site}, {finding}. It was due on {day}. Owner: {owner}.",
        number=ticket(capa.id),
        site=site.name,
        finding=capa.finding,
        day=capa.due_on,
        owner=owner.name,
    )
    close = Button(_("Close CAPA {number}", number=ticket(capa.id)), action("capa.close", capa.id))
    return turn.post(person, note_key(note), Message((text,), ((close,),)), about=owner)


def _blocked_button() -> tuple[Button, ...]:
    return (Button(_("Report a problem"), action("go", "obstacle")),)


def note_key(note: DueNote) -> str:
    """The natural key of the message that a note becomes."""
    return f"{note.kind}/{note.object_id}/{note.step}/{note.person_id}"
