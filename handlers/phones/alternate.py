"""Who reads what is meant for somebody that cannot be reached: themselves elsewhere, else their deputy."""

from handlers.turn import Turn
from locales.text import _
from storage import outbox, programme
from storage.tables.people import Duty, Person, Role
from storage.tables.queues import SendState


def reader_of(turn: Turn, person: Person) -> Person:
    """The person, or while they cannot be reached the deputy, else the manager, of a site of theirs who can be."""
    if person.reachable or person.role is not Role.SUPPLIER:
        return person
    for site in programme.sites_of(turn.session, person):
        for other in programme.staff(turn.session, site.id, Duty.DEPUTY, Duty.SITE_MANAGER):
            if other.id != person.id and turn.contact_of(other) is not None:
                return other
    return person


def pass_on(turn: Turn, person: Person, channel: str, closed: str) -> None:
    """Let what was still to be said to somebody in a chat that is closed to us go to where it is read.

    The talk about tickets is not passed on to others: it is between the reporter and who answers them.
    """
    reader = reader_of(turn, person)
    contact = turn.contact_of(reader)
    if contact is None:
        return
    own = reader.id == person.id
    for row in outbox.unheard(turn.session, person.id, channel, closed, own=own):
        if not own:
            said = turn.shower(reader).text(_("For {name}, who cannot be reached:", name=person.name))
            row.payload = {**row.payload, "text": f"{said}\n\n{row.payload['text']}"}
        row.channel, row.conversation, row.thread = contact.channel, contact.conversation, ""
        row.person_id, row.state, row.attempts, row.error = reader.id, SendState.NEW, 0, ""
        turn.session.add(row)
        turn.woken = True
    turn.session.flush()
