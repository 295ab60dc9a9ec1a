"""Who answers a ticket, and how the buyer's side is written to about it."""

from handlers.bridge.find import thread_key
from handlers.message import Address, Outgoing
from handlers.reminders.away import reading_for
from handlers.turn import Turn
from storage import outbox, people, tickets
from storage.tables.people import Person, Role
from storage.tables.queues import Lane, OutboxRow
from storage.tables.tickets import Ticket, TicketKind


def stand_in(turn: Turn, mentor: Person) -> Person:
    """Who stands in for this mentor now: the deputy of one who is away, else the mentor."""
    return reading_for(turn, mentor).reader or mentor


def answerer(turn: Turn, found: Ticket) -> Person | None:
    """Who is to answer: the one it was given to, else the site's mentor; or whoever stands in for them now.

    What is grave stays with who was named for it.
    """
    if found.kind is TicketKind.GRAVE:
        return people.by_id(turn.session, found.assignee_id) if found.assignee_id else None
    chosen = people.by_id(turn.session, found.assignee_id) if found.assignee_id else turn.mentor_of(found.site_id)
    return stand_in(turn, chosen) if chosen is not None else None


def managers(turn: Turn) -> list[Person]:
    """Those who run the programme."""
    return people.with_role(turn.session, Role.MANAGER)


def open_thread(turn: Turn, found: Ticket, head: Outgoing, about: Person | None) -> bool:
    """Put a ticket's first message into the channel of who answers it, else into their private chat; False if neither
    is there, and then the managers have it. What is grave goes into the private chat, and to nobody else."""
    mentor, key = answerer(turn, found), thread_key(found.id)
    grave = found.kind is TicketKind.GRAVE
    for person in [*([mentor] if mentor else []), *([] if grave else managers(turn))]:
        if person.channel and not grave:
            channel, _colon, conversation = person.channel.partition(":")
            turn.put(key, Lane.ALERT, Address(channel, conversation), head, person, about)
            return person is mentor
        contact = turn.contact_of(person)
        if contact is not None:
            turn.put(key, Lane.ALERT, Address(contact.channel, contact.conversation), head, person, about)
            return person is mentor
    return False


def place_of(turn: Turn, found: Ticket) -> Address | None:
    """Where the ticket's thread is, wherever its mentor's channel is by now; None if it never got one."""
    root = outbox.by_key(turn.session, thread_key(found.id))
    return Address(root.channel, root.conversation) if root else None


def post(turn: Turn, found: Ticket, key: str, outgoing: Outgoing, about: Person | None = None) -> bool:
    """Put something into the ticket's thread, in the language of who answers it; False if it has no thread."""
    places = copies(turn, found)
    for reader, root, mark in places:
        threads = turn.house.channels[root.channel].threads
        under = Address(root.channel, root.conversation, f"@{root.key}" if threads else "")
        turn.put(f"{key}{mark}", Lane.ALERT, under, outgoing, reader, about)
    return bool(places)


def copies(turn: Turn, found: Ticket) -> list[tuple[Person | None, OutboxRow, str]]:
    """Each thread of the ticket: who reads it, its first message, and what tells its keys apart from the others'.

    There is one; of what is grave each person it was opened to has their own.
    """
    readers: list[tuple[Person | None, str]] = [(answerer(turn, found), "")]
    if found.kind is TicketKind.GRAVE:
        others = tickets.colleagues(turn.session, found.id)
        readers += [(people.by_id(turn.session, one), f"@{one}") for one in others]
    rows = [(reader, outbox.by_key(turn.session, f"{thread_key(found.id)}{mark}"), mark) for reader, mark in readers]
    return [(reader, root, mark) for reader, root, mark in rows if root is not None]
