"""What happens while nobody has taken something grave: the deputy reads it too, and the managers are called.

It knows no quiet hours and no working days.
"""

from datetime import timedelta

from handlers.bridge.find import thread_key
from handlers.bridge.head import about_of, head
from handlers.bridge.mentor import managers, post
from handlers.grave.who import Named, named
from handlers.message import Address, Message
from handlers.reminders.router import Notices
from handlers.tickets import ticket as numbered
from handlers.turn import Turn
from locales.text import _
from storage import due, programme, tickets
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.queues import Lane
from storage.tables.tickets import Ticket, TicketKind, TicketState

notices = Notices()
UNTAKEN = "grave.untaken"
HOUR, MOST = timedelta(hours=1), 24


def plan_next(turn: Turn, found: Ticket, step: int) -> None:
    """Look again in an hour, for a day at most."""
    who = _named(turn, found)
    watcher = who.person or who.deputy
    if watcher is None or step > MOST:
        return
    opens = turn.now + HOUR
    note = DueNote(
        person_id=watcher.id,
        kind=UNTAKEN,
        object_id=found.id,
        step=f"hour {step}",
        day=opens.date(),
        opens_at=opens,
        closes_at=opens + timedelta(days=1),
    )
    due.plan(turn.session, note)


@notices.deed(UNTAKEN)
def untaken(turn: Turn, note: DueNote, _person: Person) -> bool:
    """To the deputy, to whom it opens now; to the managers, who learn that it waits and no more."""
    found = tickets.by_id(turn.session, note.object_id)
    if found is None or found.taken_at is not None or found.state is TicketState.CLOSED:
        return False
    step = int(note.step.removeprefix("hour "))
    escalate(turn, found, step)
    plan_next(turn, found, step + 1)
    return True


def escalate(turn: Turn, found: Ticket, step: int = 0) -> None:
    """Open it to the deputy as well, remind who has it, and call the managers."""
    who = _named(turn, found)
    if found.kind is not TicketKind.GRAVE or found.taken_at is not None:
        return
    if step:
        still = _("Nobody has taken this yet. Please press the button above as soon as you have it.")
        post(turn, found, f"ticket/{found.id}/untaken/{step}", Message((still,)))
    # Whoever was told first may have left since: then the deputy is named in their place.
    for one in (who.person, who.deputy):
        if one is not None and one.id != found.assignee_id:
            _open_to(turn, found, one)
    for manager in managers(turn):
        if manager.id not in {one.id for one in (who.person, who.deputy) if one is not None}:
            _call(turn, found, who, manager, step)


def _open_to(turn: Turn, found: Ticket, deputy: Person) -> None:
    """The deputy reads it from now on, in a private chat of their own."""
    contact = turn.contact_of(deputy)
    if tickets.ask(turn.session, found.id, deputy.id, turn.now):
        turn.note("grave ticket opened to deputy", "ticket", found.id, deputy=deputy.id)
    if contact is not None:
        place = Address(contact.channel, contact.conversation)
        message = head(turn, found)
        turn.put(f"{thread_key(found.id)}@{deputy.id}", Lane.ALERT, place, message, deputy, about_of(turn, found))


def _call(turn: Turn, found: Ticket, who: Named, manager: Person, step: int) -> None:
    """A manager without the right to read it learns that it is there, and who can be called about it."""
    names = tuple(one.name for one in (who.person, who.deputy) if one is not None)
    text = _(
        "A grave report, number {number}, waits and nobody has taken it yet. Only {names} can read it. Please call "
        "them now: {phone}",
        number=numbered(found.id),
        names=names,
        phone=who.phone or "–",
    )
    turn.tell(manager, f"ticket/{found.id}/waits/{manager.id}/{step}", Message((text,)), Lane.ALERT)


def _named(turn: Turn, found: Ticket) -> Named:
    country = programme.site(turn.session, found.site_id).country
    return named(turn.session, turn.settings, found.category, country)
