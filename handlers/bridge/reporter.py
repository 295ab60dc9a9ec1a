"""Who brought a ticket, and how they are reached. Of an anonymous one it is known in a turn, and nowhere else."""

from handlers.message import Address, Outgoing
from handlers.turn import Turn
from locales.text import _
from storage import people, programme, tickets
from storage.tables.people import Person
from storage.tables.queues import Lane
from storage.tables.tickets import Ticket, TicketKind


def reporter(turn: Turn, ticket: Ticket) -> Person | None:
    """The person who brought it; None once nobody can be reached any more."""
    if ticket.person_id is not None:
        return people.by_id(turn.session, ticket.person_id)
    if not ticket.sealed:
        return None
    return people.by_id(turn.session, int(turn.house.seals.unseal(ticket.sealed)))


def is_reporter(turn: Turn, ticket: Ticket, person: Person) -> bool:
    """Whether this person brought it."""
    who = reporter(turn, ticket)
    return who is not None and who.id == person.id


def open_of(turn: Turn, person: Person) -> list[Ticket]:
    """A person's open tickets, anonymous ones among them, the newest first."""
    sites = [site.id for site in programme.sites_of(turn.session, person)]
    hidden = [one for one in tickets.anonymous_of(turn.session, sites) if is_reporter(turn, one, person)]
    found = [*tickets.open_of(turn.session, person.id), *(one for one in hidden if tickets.is_open(one))]
    return sorted(found, key=lambda one: -one.id)


def veil(turn: Turn, ticket: Ticket) -> None:
    """Let this turn of the reporter leave no trace of them, if the ticket is anonymous."""
    if ticket.anonymous:
        turn.veiled, turn.veil = True, ticket.sealed


def is_discreet(ticket: Ticket) -> bool:
    """Whether not even others who use the reporter's phone are to read whose talk it is."""
    return ticket.anonymous or ticket.kind is TicketKind.GRAVE


def tell_reporter(
    turn: Turn, ticket: Ticket, key: str, outgoing: Outgoing, *, about: Person | None = None, lane: Lane = Lane.ALERT
) -> bool:
    """Put something into the outbox for the reporter; False if they cannot be reached.

    Of an anonymous one it is never told whether they can: it would narrow down who they are.
    """
    who = reporter(turn, ticket)
    contact = turn.contact_of(who) if who else None
    if who is None or contact is None:
        return ticket.anonymous
    whom = _("For whoever of you began this:") if is_discreet(ticket) else _("For {name}:", name=who.name)
    outgoing = turn.addressed(outgoing, contact, whom)
    if ticket.anonymous:
        turn.put_sealed(key, lane, contact.channel, outgoing, who, ticket.sealed)
    else:
        turn.put(key, lane, Address(contact.channel, contact.conversation), outgoing, who, about)
    return True


def forget_anonymous(turn: Turn, person: Person) -> None:
    """Cut the last tie between a person who is erased and their anonymous tickets, and empty what was said in them."""
    sites = [site.id for site in programme.sites_of(turn.session, person)]
    for ticket in tickets.anonymous_of(turn.session, sites):
        if is_reporter(turn, ticket, person):
            tickets.empty(turn.session, ticket)
