"""Tickets and the talk about each."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables.files import FileLink
from storage.tables.tickets import Ticket, TicketMessage, TicketState


def by_id(session: Session, ticket_id: int) -> Ticket | None:
    """The ticket of this number."""
    return session.exec(select(Ticket).where(Ticket.id == ticket_id)).first()


def open_of(session: Session, person_id: int) -> list[Ticket]:
    """A person's open tickets, the newest first."""
    return list(
        session.exec(
            select(Ticket)
            .where(Ticket.person_id == person_id, Ticket.state == TicketState.OPEN)
            .order_by(col(Ticket.id).desc())
        )
    )


def of_sites(session: Session, site_ids: Collection[int]) -> list[Ticket]:
    """The tickets of some sites, oldest first."""
    return list(session.exec(select(Ticket).where(col(Ticket.site_id).in_(site_ids)).order_by(col(Ticket.id))))


def reported(session: Session, since: datetime, until: datetime) -> list[Ticket]:
    """The tickets from `since` (included) to `until` (not included), oldest first."""
    query = select(Ticket).where(col(Ticket.at) >= since, col(Ticket.at) < until).order_by(col(Ticket.id))
    return list(session.exec(query))


def still_open(session: Session) -> list[Ticket]:
    """All open tickets, oldest first."""
    query = select(Ticket).where(Ticket.state == TicketState.OPEN).order_by(col(Ticket.id))
    return list(session.exec(query))


def messages(session: Session, ticket_id: int) -> list[TicketMessage]:
    """The talk about a ticket, oldest first."""
    query = select(TicketMessage).where(TicketMessage.ticket_id == ticket_id)
    return list(session.exec(query.order_by(col(TicketMessage.id))))


def files(session: Session, message_id: int) -> list[str]:
    """The sha256 of each file that belongs to a message of a talk."""
    query = select(FileLink.sha256).where(FileLink.ticket_message_id == message_id)
    return list(session.exec(query.order_by(col(FileLink.id))))
