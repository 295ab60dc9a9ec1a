"""What is said when somebody waits for an answer for too long: first to who answers, then to the managers."""

from handlers.bridge.clock import ESCALATED, WAITS
from handlers.bridge.find import thread_key
from handlers.bridge.mentor import answerer, place_of
from handlers.bridge.words import CATEGORIES, title
from handlers.message import Button
from handlers.reminders.away import reading_for
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.turn import Turn
from locales.text import Moment, _
from storage import programme, tickets
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.tickets import Ticket, TicketState

notices = Notices()


@notices.kind(WAITS)
def waits(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To who answers, in the thread where it is theirs: somebody still waits."""
    found = _waiting(turn, note)
    if found is None or found.waiting_since is None:
        return None
    since = Moment(found.waiting_since, person.timezone)
    text = _("{title} still waits for an answer, since {moment}.", title=title(found), moment=since)
    why = _("You are to answer {title}.", title=title(found))
    return Notice(title(found), (text,), why, ((_show(found),),), thread=_thread(turn, found, person), key=_key(note))


@notices.kind(ESCALATED)
def escalated(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To a manager: somebody waits, and who should have answered."""
    found = _waiting(turn, note)
    if found is None or found.waiting_since is None:
        return None
    mentor, site = answerer(turn, found), programme.site(turn.session, found.site_id)
    text = _(
        "<b>{title}</b> of {site} has had no answer since {moment}: {kind}. {name} is to answer it.",
        title=title(found),
        site=site.name,
        moment=Moment(found.waiting_since, person.timezone),
        kind=CATEGORIES[found.category],
        name=mentor.name if mentor else "–",
    )
    why = _("{title} has waited longer than the programme allows, and you run the programme.", title=title(found))
    over = Button(_("Hand over"), action("ticket.assign", found.id))
    return Notice(title(found), (text,), why, ((_show(found), over),), key=_key(note))


def _show(found: Ticket) -> Button:
    return Button(_("Show {title}", title=title(found)), action("ticket.show", found.id))


def _thread(turn: Turn, found: Ticket, person: Person) -> str:
    """The ticket's thread, if it lies in the channel of this person and they read for themselves; else ""."""
    place = place_of(turn, found)
    theirs = place is not None and person.channel == f"{place.channel}:{place.conversation}"
    return f"@{thread_key(found.id)}" if theirs and reading_for(turn, person).reader is person else ""


def _waiting(turn: Turn, note: DueNote) -> Ticket | None:
    """The ticket a note is about, None if nobody waits any more."""
    found = tickets.by_id(turn.session, note.object_id)
    return found if found is not None and found.state is TicketState.OPEN else None


def _key(note: DueNote) -> str:
    return f"ticket/{note.object_id}/{note.kind}/{note.step}/{note.person_id}"
