"""What is said when somebody waits for an answer for too long: first to who answers, then to the managers."""

from handlers.bridge.clock import ESCALATED, WAITS
from handlers.bridge.mentor import answerer, post
from handlers.bridge.words import CATEGORIES, title
from handlers.message import Button, Message
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.turn import Turn
from locales.text import Moment, _
from storage import programme, tickets
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.queues import Lane
from storage.tables.tickets import Ticket, TicketState

notices = Notices()


@notices.kind(WAITS)
def waits(turn: Turn, note: DueNote, person: Person) -> bool:
    """To who answers, in the thread: somebody still waits."""
    found = _waiting(turn, note)
    if found is None or found.waiting_since is None:
        return False
    since = Moment(found.waiting_since, person.timezone)
    text = _("{title} still waits for an answer, since {moment}.", title=title(found), moment=since)
    return post(turn, found, _key(note), Message((text,)))


@notices.kind(ESCALATED)
def escalated(turn: Turn, note: DueNote, person: Person) -> bool:
    """To a manager: somebody waits, and who should have answered."""
    found = _waiting(turn, note)
    if found is None or found.waiting_since is None:
        return False
    mentor, site = answerer(turn, found), programme.site(turn.session, found.site_id)
    text = _(
        "<b>{title}</b> of {site} has had no answer since {moment}: {kind}. {name} is to answer it.",
        title=title(found),
        site=site.name,
        moment=Moment(found.waiting_since, person.timezone),
        kind=CATEGORIES[found.category],
        name=mentor.name if mentor else "–",
    )
    show = Button(_("Show {title}", title=title(found)), action("ticket.show", found.id))
    over = Button(_("Hand over"), action("ticket.assign", found.id))
    return turn.tell(person, _key(note), Message((text,), ((show, over),)), Lane.ALERT)


def _waiting(turn: Turn, note: DueNote) -> Ticket | None:
    """The ticket a note is about, None if nobody waits any more."""
    found = tickets.by_id(turn.session, note.object_id)
    return found if found is not None and found.state is TicketState.OPEN else None


def _key(note: DueNote) -> str:
    return f"ticket/{note.object_id}/{note.kind}/{note.step}/{note.person_id}"
