"""Finds the ticket, and the message of its talk, that something on a platform belongs to."""

from handlers.bridge.reporter import is_reporter
from handlers.message import Address
from handlers.router import number
from handlers.turn import Refused, Turn
from locales.text import _
from storage import outbox, programme, tickets
from storage.tables.people import Person, Role
from storage.tables.tickets import Side, Ticket, TicketKind, TicketMessage


def thread_key(ticket_id: int) -> str:
    """The outbox key of a ticket's first message on the buyer's side, under which its thread hangs."""
    return f"ticket/{ticket_id}/thread"


def message_key(row: TicketMessage) -> str:
    """The outbox key under which a message of the talk goes to the other side."""
    return f"ticket/{row.ticket_id}/{row.id}"


def spot(address: Address, message: str) -> str:
    """Where a message stands, in one word."""
    return f"{address.channel}:{address.conversation}:{message}"


def message_at(turn: Turn, message: str) -> TicketMessage | None:
    """The message of a talk that stands here under the platform's id, written here or carried here."""
    here = spot(turn.heard.address, message)
    return tickets.message_at(turn.session, [here, turn.house.pseudonym(here)])


def ticket_at(turn: Turn, message: str) -> Ticket | None:
    """The ticket that a message of this chat is about: one of its talk, or one that we said about it."""
    row = message_at(turn, message)
    if row is not None:
        return tickets.by_id(turn.session, row.ticket_id)
    at = turn.heard.address
    said = outbox.by_ref(turn.session, at.channel, at.conversation, message)
    return ticket_of_key(turn, said.key) if said else None


def ticket_of_key(turn: Turn, key: str) -> Ticket | None:
    """The ticket that an outbox key names."""
    what, _slash, rest = key.partition("/")
    ticket_id = number(rest.partition("/")[0]) if what == "ticket" else None
    return tickets.by_id(turn.session, ticket_id) if ticket_id is not None else None


def is_mine(turn: Turn, argument: str) -> bool | None:
    """Whether the person may have to do with the ticket of this number; None if there is none."""
    found = _numbered(turn, argument)
    if found is None:
        return None
    return is_reporter(turn, found, turn.me) if turn.me.role is Role.SUPPLIER else may_answer(turn, turn.me, found)


def is_my_message(turn: Turn, argument: str) -> bool | None:
    """Whether the message of this number was written by the person, from a phone; None if there is none."""
    message_id = number(argument)
    row = tickets.message(turn.session, message_id) if message_id is not None else None
    found = tickets.by_id(turn.session, row.ticket_id) if row else None
    return None if row is None or found is None else row.side is Side.SITE and is_reporter(turn, found, turn.me)


def is_my_talk(turn: Turn, argument: str) -> bool | None:
    """Whether the message of this number belongs to a talk that the person may read; None if there is none."""
    message_id = number(argument)
    row = tickets.message(turn.session, message_id) if message_id is not None else None
    if row is None or (row.internal and turn.me.role is Role.SUPPLIER):
        return None
    return is_mine(turn, str(row.ticket_id))


def ticket_for(turn: Turn, argument: str) -> Ticket:
    """The ticket of this number, which the person may have to do with; else raises `Refused`."""
    found = _numbered(turn, argument)
    if found is None or not is_mine(turn, argument):
        raise Refused(_("This is for somebody else."))
    return found


def _numbered(turn: Turn, argument: str) -> Ticket | None:
    ticket_id = number(argument)
    return tickets.by_id(turn.session, ticket_id) if ticket_id is not None else None


def may_answer(turn: Turn, person: Person, found: Ticket) -> bool:
    """Whether somebody on the buyer's side may read and answer a ticket: its site is theirs, or they were asked.

    Of what is grave it is not enough that the site is theirs.
    """
    if person.role is Role.SUPPLIER:
        return False
    asked = person.id == found.assignee_id or person.id in tickets.colleagues(turn.session, found.id)
    if found.kind is TicketKind.GRAVE:
        return asked
    return asked or any(site.id == found.site_id for site in programme.sites_of(turn.session, person))
