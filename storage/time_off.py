"""Shutdowns of sites and leaves of people."""

from datetime import date

from sqlmodel import Session, col, select

from storage.tables.people import Duty, Membership, Person
from storage.tables.programme import Site
from storage.tables.time_off import Closure, Leave


def closures(session: Session, site_id: int, since: date) -> list[Closure]:
    """The shutdowns of a site that are not over on a day, the first first."""
    query = select(Closure).where(Closure.site_id == site_id, col(Closure.last) >= since)
    return list(session.exec(query.order_by(col(Closure.first), col(Closure.id))))


def closed_days(session: Session, site_id: int) -> list[tuple[date, date]]:
    """Every span, first and last day, in which a site was or will be closed."""
    rows = session.exec(select(Closure).where(Closure.site_id == site_id).order_by(col(Closure.first)))
    return [(row.first, row.last) for row in rows]


def closure(session: Session, closure_id: int) -> Closure | None:
    """The shutdown of this number."""
    return session.exec(select(Closure).where(Closure.id == closure_id)).first()


def leave_on(session: Session, person_id: int, day: date) -> Leave | None:
    """The leave of a person that covers a day; of several the one told last."""
    query = select(Leave).where(Leave.person_id == person_id, col(Leave.first) <= day, col(Leave.last) >= day)
    return session.exec(query.order_by(col(Leave.id).desc())).first()


def leaves(session: Session, person_id: int, since: date) -> list[Leave]:
    """The leaves of a person that are not over on a day, the first first."""
    query = select(Leave).where(Leave.person_id == person_id, col(Leave.last) >= since)
    return list(session.exec(query.order_by(col(Leave.first), col(Leave.id))))


def leave(session: Session, leave_id: int) -> Leave | None:
    """The leave of this number."""
    return session.exec(select(Leave).where(Leave.id == leave_id)).first()


def managed_sites(session: Session, person_id: int) -> list[Site]:
    """The active sites that somebody is the site manager of, in order of name."""
    query = (
        select(Site)
        .join(Membership, col(Membership.site_id) == Site.id)
        .where(Membership.person_id == person_id, Membership.duty == Duty.SITE_MANAGER, col(Site.active))
    )
    return list(session.exec(query.order_by(Site.name)))


def people_at(session: Session, site_id: int) -> list[Person]:
    """The active people of a site."""
    query = select(Person).join(Membership, col(Membership.person_id) == Person.id)
    return list(session.exec(query.where(Membership.site_id == site_id, col(Person.active)).distinct()))
