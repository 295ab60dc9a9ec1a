"""The programme, its suppliers and sites, and the programme's clock."""

from collections.abc import Collection

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage.tables.people import Duty, Membership, Person, Role
from storage.tables.programme import Programme, Site, Supplier

# Made once: these stand in the path of every turn.
_PROGRAMME = select(Programme)
_SITES = select(Site).where(col(Site.active)).order_by(Site.name).distinct()
_OWN_SITES = _SITES.join(Membership, col(Membership.site_id) == Site.id).where(Membership.person_id == bindparam("of"))
_MENTORED_SITES = _SITES.where(Site.mentor_id == bindparam("of"))


def programme(session: Session) -> Programme | None:
    """The one programme of this store, None before the first import."""
    return session.exec(_PROGRAMME).first()


def site(session: Session, site_id: int) -> Site:
    """The site of this id; it must exist."""
    return session.exec(select(Site).where(Site.id == site_id)).one()


def supplier(session: Session, supplier_id: int) -> Supplier:
    """The supplier of this id; it must exist."""
    return session.exec(select(Supplier).where(Supplier.id == supplier_id)).one()


def sites_of(session: Session, person: Person) -> list[Site]:
    """The active sites a person may act on: their own, those they mentor, or all for a manager; in order of name."""
    query = {Role.SUPPLIER: _OWN_SITES, Role.MENTOR: _MENTORED_SITES}.get(person.role)
    if query is None:
        return list(session.exec(_SITES))
    return list(session.exec(query, params={"of": person.id}))


def staff(session: Session, site_id: int, *duties: Duty) -> list[Person]:
    """The active people with one of these duties at a site (any duty if none is named), data owners first."""
    query = (
        select(Person, Membership.duty)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(Membership.site_id == site_id, col(Person.active))
        .order_by(col(Person.id))
    )
    if duties:
        query = query.where(col(Membership.duty).in_(duties))
    rows = sorted(session.exec(query), key=lambda row: list(Duty).index(Duty(row[1])))
    return list({person.id: person for person, _duty in rows}.values())


def active_sites(session: Session) -> list[Site]:
    """All active sites, in order of name."""
    return list(session.exec(select(Site).where(col(Site.active)).order_by(Site.name)))


def staff_of(session: Session, site_ids: Collection[int]) -> list[tuple[int, Person]]:
    """The active people of some sites, each with the id of a site; somebody with two sites comes twice."""
    query = (
        select(Membership.site_id, Person)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(col(Membership.site_id).in_(site_ids), col(Person.active))
        .order_by(col(Person.id), col(Membership.site_id))
        .distinct()
    )
    return list(session.exec(query))


def buyers(session: Session) -> list[Person]:
    """The active mentors and managers, in order of name."""
    query = select(Person).where(col(Person.role).in_((Role.MENTOR, Role.MANAGER)), col(Person.active))
    return list(session.exec(query.order_by(Person.name)))
