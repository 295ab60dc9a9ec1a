"""Tickets and the talk about each."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from storage import translations
from storage.once import insert_once
from storage.tables.files import FileLink
from storage.tables.tickets import MessageState, Ticket, TicketColleague, TicketKind, TicketMessage, TicketState

# What is grave is in no list but its reporter's and that of the people it was opened to.
ORDINARY = Ticket.kind != TicketKind.GRAVE


def by_id(session: Session, ticket_id: int) -> Ticket | None:
    """The ticket of this number, locked for this transaction."""
    return session.exec(select(Ticket).where(Ticket.id == ticket_id).with_for_update()).first()


def open_of(session: Session, person_id: int) -> list[Ticket]:
    """A person's open tickets, the newest first."""
    return list(
        session.exec(
            select(Ticket)
            .where(Ticket.person_id == person_id, Ticket.state == TicketState.OPEN)
            .order_by(col(Ticket.id).desc())
        )
    )


def is_open(ticket: Ticket) -> bool:
    """Whether the talk about it is still open."""
    return ticket.state is TicketState.OPEN


def anonymous_of(session: Session, site_ids: Collection[int]) -> list[Ticket]:
    """The anonymous tickets of some sites whose reporter can still be reached, oldest first."""
    mine = select(Ticket).where(col(Ticket.site_id).in_(site_ids), col(Ticket.anonymous), Ticket.sealed != "")
    return list(session.exec(mine.order_by(col(Ticket.id))))


def empty(session: Session, ticket: Ticket) -> None:
    """Cut an anonymous ticket off from whoever brought it, and take the words on both sides away."""
    ticket.sealed = ticket.words = ""
    talk = update(TicketMessage).where(col(TicketMessage.ticket_id) == ticket.id)
    translations.forget(session, [row.id for row in messages(session, ticket.id)])
    session.execute(talk.values(words="", source="", carried="", sealed=""))
    session.add(ticket)


def of_sites(session: Session, site_ids: Collection[int]) -> list[Ticket]:
    """The tickets of some sites, oldest first."""
    return list(
        session.exec(select(Ticket).where(ORDINARY, col(Ticket.site_id).in_(site_ids)).order_by(col(Ticket.id)))
    )


def reported(session: Session, since: datetime, until: datetime) -> list[Ticket]:
    """The tickets from `since` (included) to `until` (not included), oldest first."""
    query = select(Ticket).where(ORDINARY, col(Ticket.at) >= since, col(Ticket.at) < until)
    return list(session.exec(query.order_by(col(Ticket.id))))


def still_open(session: Session) -> list[Ticket]:
    """All open tickets, oldest first."""
    query = select(Ticket).where(ORDINARY, Ticket.state == TicketState.OPEN).order_by(col(Ticket.id))
    return list(session.exec(query))


def grave_of(session: Session, person_id: int) -> list[Ticket]:
    """The grave ones that are open and that this person may read on the buyer's side, oldest first."""
    asked = select(TicketColleague.ticket_id).where(TicketColleague.person_id == person_id)
    mine = or_(col(Ticket.assignee_id) == person_id, col(Ticket.id).in_(asked))
    query = select(Ticket).where(Ticket.kind == TicketKind.GRAVE, Ticket.state == TicketState.OPEN, mine)
    return list(session.exec(query.order_by(col(Ticket.id))))


def message(session: Session, message_id: int) -> TicketMessage | None:
    """One message of a talk."""
    return session.get(TicketMessage, message_id)


def message_at(session: Session, places: Collection[str]) -> TicketMessage | None:
    """The message that was written at, or carried to, one of these places (`channel:conversation:id`, or its hash)."""
    here = or_(col(TicketMessage.source).in_(places), col(TicketMessage.carried).in_(places))
    return session.exec(select(TicketMessage).where(here).order_by(col(TicketMessage.id))).first()


def colleagues(session: Session, ticket_id: int) -> list[int]:
    """The people who were asked about a ticket that is not theirs."""
    return list(session.exec(select(TicketColleague.person_id).where(TicketColleague.ticket_id == ticket_id)))


def ask(session: Session, ticket_id: int, person_id: int, at: datetime) -> bool:
    """True if this person had not been asked about the ticket before."""
    row = TicketColleague(ticket_id=ticket_id, person_id=person_id, at=at)
    return insert_once(session, TicketColleague, row.model_dump(exclude={"id"}))


def waiting_in(session: Session, site_ids: Collection[int]) -> list[Ticket]:
    """The open tickets of some sites whose reporter waits for an answer, the one that has waited longest first."""
    waits = select(Ticket).where(
        ORDINARY,
        col(Ticket.site_id).in_(site_ids),
        Ticket.state == TicketState.OPEN,
        col(Ticket.waiting_since).is_not(None),
    )
    return list(session.exec(waits.order_by(col(Ticket.waiting_since), col(Ticket.id))))


def messages(session: Session, ticket_id: int) -> list[TicketMessage]:
    """The talk about a ticket, oldest first, without what is held back from it."""
    query = select(TicketMessage).where(
        TicketMessage.ticket_id == ticket_id, col(TicketMessage.state) != MessageState.HELD
    )
    return list(session.exec(query.order_by(col(TicketMessage.id))))


def files(session: Session, message_id: int) -> list[str]:
    """The sha256 of each file that belongs to a message of a talk."""
    query = select(FileLink.sha256).where(FileLink.ticket_message_id == message_id)
    return list(session.exec(query.order_by(col(FileLink.id))))


def asked_of(session: Session, person_id: int) -> set[int]:
    """The numbers of the tickets about which somebody was asked."""
    return set(session.exec(select(TicketColleague.ticket_id).where(TicketColleague.person_id == person_id)))
