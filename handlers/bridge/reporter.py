"""Who brought a ticket."""

from handlers.turn import Turn
from storage import people
from storage.tables.people import Person
from storage.tables.tickets import Ticket


def reporter(turn: Turn, ticket: Ticket) -> Person | None:
    """The person who brought it; None for an anonymous one."""
    return people.by_id(turn.session, ticket.person_id) if ticket.person_id is not None else None
