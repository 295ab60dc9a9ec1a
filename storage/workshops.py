"""Workshops, and who takes part in them."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from storage.tables.people import Person
from storage.tables.workshops import Seat, Workshop, WorkshopState


def workshop(session: Session, workshop_id: int, *, lock: bool = False) -> Workshop | None:
    """The workshop of this number; with `lock`, nobody else takes or leaves a place in it meanwhile."""
    query = select(Workshop).where(Workshop.id == workshop_id)
    return session.exec(query.with_for_update() if lock else query).first()


def of_mentor(session: Session, mentor_id: int, since: date) -> list[Workshop]:
    """What a mentor has offered for a day or later, and not called off, in the order of days."""
    query = select(Workshop).where(
        Workshop.mentor_id == mentor_id, Workshop.day >= since, Workshop.state == WorkshopState.OFFERED
    )
    return list(session.exec(query.order_by(col(Workshop.day), col(Workshop.id))))


def seats(session: Session, workshop_ids: Collection[int]) -> list[tuple[Seat, Person]]:
    """Who has a place in these, in the order in which they joined."""
    query = (
        select(Seat, Person)
        .join(Person, col(Person.id) == Seat.person_id)
        .where(col(Seat.workshop_id).in_(workshop_ids), col(Seat.left_at).is_(None))
        .order_by(col(Seat.joined_at), col(Seat.id))
    )
    return list(session.exec(query))


def seat(session: Session, workshop_id: int, person_id: int) -> Seat | None:
    """Somebody's place, taken or left."""
    return session.exec(select(Seat).where(Seat.workshop_id == workshop_id, Seat.person_id == person_id)).first()


def attended(session: Session, person_ids: Collection[int]) -> list[tuple[Seat, Workshop]]:
    """The workshops in which these people were, oldest first."""
    query = (
        select(Seat, Workshop)
        .join(Workshop, col(Workshop.id) == Seat.workshop_id)
        .where(col(Seat.person_id).in_(person_ids), col(Seat.attended_at).is_not(None))
        .order_by(col(Workshop.day), col(Seat.id))
    )
    return list(session.exec(query))


def seat_of_mentor(session: Session, seat_id: int, mentor_id: int) -> tuple[Seat, Workshop] | None:
    """A taken place in a workshop of a mentor."""
    query = (
        select(Seat, Workshop)
        .join(Workshop, col(Workshop.id) == Seat.workshop_id)
        .where(Seat.id == seat_id, Workshop.mentor_id == mentor_id, col(Seat.left_at).is_(None))
    )
    return session.exec(query).first()
