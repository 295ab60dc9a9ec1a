"""Who would be told of what is due, as queries: of CAPAs, of the steps of their plans, of figures and of meetings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CTE, Date, Select, String, cast, exists, func, literal, select, tuple_, union, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables.base import Moment
from storage.tables.capas import Capa, CapaStep, Owed
from storage.tables.people import Contact, Duty, Membership, Person, Role
from storage.tables.programme import Site, Supplier

WHO = ("owner", "site_manager", "mentor", "manager", "committee")
"""Whom a ladder can name, from the nearest to the farthest."""

EVER = literal(datetime(1970, 1, 1, tzinfo=UTC), Moment())


@dataclass(frozen=True)
class Days:
    """The first and the last day on which something is due."""

    first: date
    last: date


def days_of_capas(session: Session) -> Days | None:
    """When the first and the last of what is owed for CAPAs is due; None if nothing is."""
    return _days(session, select(func.min(col(Capa.owed_on)), func.max(col(Capa.owed_on))))


def days_of_steps(session: Session) -> Days | None:
    """When the first and the last of the steps that are still to be done is due; None if none is."""
    query = select(func.min(col(CapaStep.due_on)), func.max(col(CapaStep.due_on)))
    return _days(session, query.join_from(CapaStep, Capa, col(Capa.id) == CapaStep.capa_id).where(*_is_to_be_done()))


def _days(session: Session, query: Any) -> Days | None:
    first, last = session.execute(query).one()
    return None if first is None else Days(first, last)


def all_pairs(committee: Sequence[str] = ()) -> Any:
    """Every calendar of a site with those of the people who could be told about such a site, and as what."""
    site: Any = col(Site.calendar).label("calendar")
    person: Any = col(Person.calendar).label("person_calendar")
    own: Any = select(site, col(Site.calendar).label("person_calendar")).where(col(Site.active))
    staff: Any = (
        select(site, person)
        .join_from(Membership, Site, col(Site.id) == Membership.site_id)
        .join(Person, col(Person.id) == Membership.person_id)
    )
    near = union(own, staff).cte("near").prefix_with("MATERIALIZED")
    mentors: Any = select(site, person, _as("mentor")).join_from(Site, Person, col(Person.id) == Site.mentor_id)
    sites: Any = select(site).where(col(Site.active)).distinct().subquery("site_calendars")
    found = [*(select(*near.c, _as(who)) for who in ("owner", "site_manager")), mentors]
    for who, which in (("manager", col(Person.role) == Role.MANAGER), ("committee", col(Person.key).in_(committee))):
        buyers: Any = select(person).where(which).distinct().subquery(who)
        columns = (sites.c.calendar, buyers.c.person_calendar, _as(who))
        found.append(select(*columns).join_from(sites, buyers, literal(True)))
    return union(*found).cte("pairs").prefix_with("MATERIALIZED")


def own_pairs(who: str) -> Any:
    """Every calendar of a person with itself, for what is due at no site."""
    own = col(Person.calendar)
    query: Any = select(own.label("calendar"), own.label("person_calendar"), _as(who)).where(*_takes_part(Person))
    return query.distinct().cte("pairs")


def pairs_at(site_id: int, owner_id: int | None, committee: Sequence[str]) -> Any:
    """The calendar of a site with those of everybody who could be told about it, and as what."""
    staff = col(Person.id).in_(select(col(Membership.person_id)).where(col(Membership.site_id) == site_id))
    told = {
        "owner": col(Person.id) == owner_id,
        "site_manager": staff,
        "mentor": col(Person.id).in_(select(col(Site.mentor_id)).where(col(Site.id) == site_id)),
        "manager": col(Person.role) == Role.MANAGER,
        "committee": col(Person.key).in_(committee),
    }
    site: Any = col(Site.calendar).label("calendar")
    person: Any = col(Person.calendar).label("person_calendar")
    found: Any = [
        select(site, person, _as(who))
        .join_from(Site, Person, which)
        .where(col(Site.id) == site_id, *_takes_part(Person))
        for who, which in told.items()
    ]
    return union(*found).cte("pairs")


def _as(who: str) -> Any:
    return literal(who).label("who")


def of_capas(who: Collection[str], which: Sequence[tuple[str, str]], committee: Sequence[str], firing: CTE) -> Any:
    """What owners of CAPAs owe; `which` are the pairs of tier and severity that a ladder is for."""
    day = col(Capa.owed_on)
    owed = (
        _debt(Capa.id, Capa.site_id, Capa.owner_id, _head(Capa.owed, day), day, Capa.opened_at)
        .select_from(Capa)
        .join(Site, col(Site.id) == Capa.site_id)
        .join(Supplier, col(Supplier.id) == Site.supplier_id)
        .where(col(Capa.owed) != Owed.NOTHING, tuple_(col(Supplier.tier), col(Capa.severity)).in_(which))
        .where(day.in_(select(firing.c.on)))
    )
    return _told(owed, who, committee)


def of_steps(firing: CTE) -> Any:
    """What is still to be done of the plans that are being carried out, each step by its own owner."""
    owner, day = func.coalesce(CapaStep.owner_id, Capa.owner_id), col(CapaStep.due_on)
    owed = (
        _debt(CapaStep.id, Capa.site_id, owner, _head(literal("step"), day), day, Capa.opened_at)
        .select_from(CapaStep)
        .join(Capa, col(Capa.id) == CapaStep.capa_id)
        .join(Site, col(Site.id) == Capa.site_id)
        .where(*_is_to_be_done())
        .where(day.in_(select(firing.c.on)))
    )
    return _told(owed, ("owner",), ())


def _is_to_be_done() -> tuple[Any, ...]:
    return col(CapaStep.done_at).is_(None), ~col(CapaStep.dropped), col(Capa.owed) == Owed.CLOSE


def of_figures(who: Collection[str], tiers: Sequence[str], period: str, due_on: date) -> Any:
    """The figures of a period that sites owe, whether or not some are in; only people who have joined are told."""
    owed = (
        _debt(Site.id, Site.id, literal(None), literal(period), literal(due_on, Date()), EVER)
        .select_from(Site)
        .join(Supplier, col(Supplier.id) == Site.supplier_id)
        .where(col(Site.active), col(Supplier.tier).in_(tiers))
    )
    return _told(owed, who, (), owners=Duty.DATA_OWNER)


def of_meeting(members: Sequence[str], held_on: date) -> Any:
    """The members of the committee, who meet on a day."""
    columns = {
        "person_id": col(Person.id),
        "person_calendar": col(Person.calendar),
        "who": literal("committee"),
        "object_id": literal(held_on.toordinal()),
        "calendar": col(Person.calendar),
        "head": literal(held_on.isoformat()),
        "counted": literal(held_on, Date()),
        "since": EVER,
    }
    query: Any = select(*[column.label(name) for name, column in columns.items()])
    return query.where(col(Person.key).in_(members), *_takes_part(Person)).cte("debts")


def _head(owed: Any, day: Any) -> Any:
    """How the steps of a debt's notes begin, as `close/2026-12-10`."""
    return cast(owed, String) + "/" + cast(day, String)


def _debt(object_id: Any, site_id: Any, owner_id: Any, head: Any, counted: Any, since: Any) -> Any:
    """The columns of what is owed at a site, whoever is told of it: `head` begins the step of its notes, days are
    counted from the day `counted`, and nothing is said in a window that closed before the moment `since`."""
    columns = {
        "object_id": object_id,
        "site_id": site_id,
        "mentor_id": Site.mentor_id,
        "owner_id": owner_id,
        "calendar": Site.calendar,
        "head": head,
        "counted": counted,
        "since": since,
    }
    return select(*[column.label(name) for name, column in columns.items()])


def _told(owed: Select[Any], who: Collection[str], committee: Sequence[str], owners: Duty | None = None) -> Any:
    """The debts, once for each person who would be told of them."""
    debt = owed.cte("owed")
    queries = [_people(debt, one, committee, owners) for one in WHO if one in who]
    # PostgreSQL takes `firing` for smaller than it is and would go through it for each site.
    return union_all(*queries).cte("debts").prefix_with("MATERIALIZED", dialect="postgresql")


def _people(debt: CTE, who: str, committee: Sequence[str], owners: Duty | None) -> Any:
    person: Any = aliased(Person)
    duty: Any = aliased(Membership)
    query: Any = select(
        person.id.label("person_id"),
        person.calendar.label("person_calendar"),
        literal(who).label("who"),
        debt.c.object_id,
        debt.c.calendar,
        debt.c.head,
        debt.c.counted,
        debt.c.since,
    ).select_from(debt)
    match who:
        case "owner" if owners is None:
            query = query.join(person, person.id == debt.c.owner_id)
        case "owner" | "site_manager":
            wanted = owners if who == "owner" else Duty.SITE_MANAGER
            query = query.join(duty, (duty.site_id == debt.c.site_id) & (duty.duty == wanted))
            query = query.join(person, person.id == duty.person_id)
        case "mentor":
            query = query.join(person, person.id == debt.c.mentor_id)
        case "manager":
            query = query.join(person, person.role == Role.MANAGER)
        case _:
            query = query.join(person, col(person.key).in_(committee))
    if owners is not None:
        query = query.where(exists().where(col(Contact.person_id) == person.id, col(Contact.conversation) != ""))
    return query.where(*_takes_part(person))


def _takes_part(person: Any) -> tuple[Any, Any]:
    return col(person.active), person.calendar != ""
