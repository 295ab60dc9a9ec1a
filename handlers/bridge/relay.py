"""The bridge between the phone and the thread: each side reads the other's words as they were written."""

from datetime import timedelta

from handlers.bridge.files import fetch_files
from handlers.bridge.reporter import reporter
from handlers.message import Message, Said
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import outbox, programme, tickets
from storage.tables.people import Person, Role
from storage.tables.queues import Lane
from storage.tables.tickets import Side, Ticket, TicketMessage, TicketState

LIVELY = timedelta(days=7)


def answer_in_thread(turn: Turn, said: Said) -> bool:
    """True if these words belong to an obstacle: a mentor's in its thread, or a supplier's quoting its talk."""
    at, person = turn.heard.address, turn.me
    root = at.thread or said.reply_to
    if not root:
        return False
    row = outbox.by_ref(turn.session, at.channel, at.conversation, root)
    if row is None and said.reply_to and person.role is Role.MENTOR:
        # A crash between a send and its mark leaves a second copy of a message, under which nobody listens.
        turn.say(_("I have lost track of this thread. Please answer below the newest message about it."))
        return True
    found = _ticket_of(turn, row.key) if row else None
    if found is None:
        return False
    if person.role is Role.SUPPLIER:
        if found.person_id != person.id:
            return False
        _to_mentor(turn, found, said)
    elif _may_answer(turn, person, found):
        _to_reporter(turn, found, said)
    return True


def go_on_talking(turn: Turn, said: Said) -> bool:
    """True if these words answer a mentor who has just written: the person's newest open ticket is meant."""
    if turn.me.role is not Role.SUPPLIER:
        return False
    for found in tickets.open_of(turn.session, turn.me.id):
        talk = tickets.messages(turn.session, found.id)
        if talk and talk[-1].side is Side.BUYER and turn.now - talk[-1].at < LIVELY:
            _to_mentor(turn, found, said)
            return True
    return False


def _ticket_of(turn: Turn, key: str) -> Ticket | None:
    what, _slash, rest = key.partition("/")
    number = rest.partition("/")[0]
    return tickets.by_id(turn.session, int(number)) if what == "ticket" and number.isdecimal() else None


def _may_answer(turn: Turn, person: Person, found: Ticket) -> bool:
    return any(site.id == found.site_id for site in programme.sites_of(turn.session, person))


def _keep(turn: Turn, found: Ticket, side: Side, said: Said) -> TicketMessage:
    row = TicketMessage(
        ticket_id=found.id,
        person_id=turn.me.id,
        side=side,
        words=said.text,
        source=turn.heard.message,
        at=turn.now,
    )
    if found.state is TicketState.CLOSED:
        found.state = TicketState.OPEN
        turn.session.add(found)
    turn.session.add(row)
    turn.session.flush()
    turn.note("ticket answered", "ticket", found.id, side=side.value)
    return row


def _to_reporter(turn: Turn, found: Ticket, said: Said) -> None:
    """A mentor's words on the reporter's phone; if the phone cannot be reached, the mentor is told."""
    row = _keep(turn, found, Side.BUYER, said)
    who = reporter(turn, found)
    if who is None:
        return
    message = Message((_from(turn.me, found), said.text), silent=_is_night(turn, who))
    reached = not said.text or turn.tell(who, message_key(row), message, Lane.ALERT, about=turn.me)
    fetch_files(turn, row, said.files)
    if not reached:
        turn.say(_("{name} cannot be reached at the moment.", name=who.name))


def _to_mentor(turn: Turn, found: Ticket, said: Said) -> None:
    """The reporter's words in the thread."""
    row = _keep(turn, found, Side.SITE, said)
    mentor = turn.mentor_of(found.site_id)
    if mentor is not None and said.text:
        name = p_("who wrote", "<b>{name}</b>", name=turn.me.name)
        turn.post(mentor, message_key(row), Message((name, said.text)), thread_of(found), about=turn.me)
    fetch_files(turn, row, said.files)
    turn.say(_("Sent to your mentor (problem {number}).", number=ticket(found.id)))


def _from(mentor: Person, found: Ticket) -> Phrase:
    return _("<b>{name}</b> about your problem {number}:", name=mentor.name, number=ticket(found.id))


def message_key(row: TicketMessage) -> str:
    """The outbox key under which a message of the talk goes to the other side."""
    return f"ticket/{row.ticket_id}/{row.id}"


def thread_of(found: Ticket) -> str:
    """The thread of an obstacle, whose platform id is known once its first message has been sent."""
    return f"@ticket/{found.id}/thread"


def _is_night(turn: Turn, person: Person) -> bool:
    """Whether it is outside the allowed hours where the person lives."""
    sites = programme.sites_of(turn.session, person)
    if not sites:
        return False
    hour = turn.now.astimezone(turn.read.zone(sites[0])).time()
    return not turn.settings.opens <= hour < turn.settings.closes
