"""Who would be told of what is due, as queries: of CAPAs, of the steps of their plans, of figures and of meetings."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import CTE, Date, Select, String, cast, exists, func, literal, select, tuple_, union, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.tables.base import Moment
from storage.tables.capas import Capa, CapaStep, Owed
from storage.tables.people import Contact, Duty, Membership, Person, Role
from storage.tables.programme import Site, Supplier

WHO = ("owner", "site_manager", "mentor", "manager", "committee")
"""Whom a ladder can name, from the nearest to the farthest."""

EVER = literal(datetime(1970, 1, 1, tzinfo=UTC), Moment())


def owing_capas(only: Any = None) -> Any:
    """The days on which something is owed for CAPAs, each once for the calendars of a site and of an owner."""
    query = _owing(col(Capa.owed_on)).join_from(Capa, Site, col(Site.id) == Capa.site_id)
    query = query.outerjoin(Person, col(Person.id) == Capa.owner_id).where(col(Capa.owed) != Owed.NOTHING)
    return _once(query if only is None else query.where(col(Capa.id).in_(only)), "owing")


def owing_steps() -> Any:
    """The days by which steps of plans are to be done, each once for the calendars of a site and of an owner."""
    query = _owing(col(CapaStep.due_on)).join_from(CapaStep, Capa, col(Capa.id) == CapaStep.capa_id)
    owner = col(Person.id) == func.coalesce(CapaStep.owner_id, Capa.owner_id)
    query = query.join(Site, col(Site.id) == Capa.site_id).outerjoin(Person, owner)
    return _once(query.where(*_is_to_be_done()), "owing")


def days_of(owing: CTE) -> Any:
    """The days on which something is owed, each once for a calendar of a site."""
    return _once(select(owing.c.calendar, owing.c.on), "owed_days")


def owed_periods(periods: Sequence[tuple[str, date]]) -> Any:
    """Periods with the days by which their figures are owed."""
    rows: Any = [select(literal(period).label("period"), _on(due_on)) for period, due_on in periods]
    return union_all(*rows).cte("periods")


def figure_days(periods: CTE) -> Any:
    """The days by which figures are owed, for each calendar of a site."""
    query = select(col(Site.calendar).label("calendar"), periods.c.on).join_from(Site, periods, literal(True))
    return _once(query.where(col(Site.active)), "owed_days")


def meetings(held_on: Sequence[date]) -> Any:
    """Meetings, each with its number."""
    rows: Any = [select(literal(day.toordinal()).label("number"), _on(day)) for day in held_on]
    return union_all(*rows).cte("meetings")


def meeting_days(members: Sequence[str], meetings: CTE) -> Any:
    """The days of meetings, for each calendar of a member."""
    query = select(col(Person.calendar).label("calendar"), meetings.c.on).join_from(Person, meetings, literal(True))
    return _once(query.where(col(Person.key).in_(members), *_takes_part(Person)), "owed_days")


def _owing(day: Any) -> Any:
    return select(col(Site.calendar).label("calendar"), day.label("on"), col(Person.calendar).label("person_calendar"))


def _on(day: date) -> Any:
    return literal(day, Date()).label("on")


def _once(query: Any, name: str) -> Any:
    return query.distinct().cte(name).prefix_with("MATERIALIZED")


def pairs(who: Collection[str], committee: Sequence[str] = (), owing: CTE | None = None, only: Any = None) -> Any:
    """Every calendar of a site with those of the people who could be told about such a site, and as what.

    Owners are those of what is `owing`, else the staff of sites; with `only`, these are the sites of some CAPAs.
    """
    at = [col(Site.active)] if only is None else [col(Site.id).in_(_sites_of(only))]
    found: list[Any] = [_pairs(one, committee).where(*at) for one in WHO if one in who and one != "owner"]
    if "owner" in who:
        found.append(_staff("owner").where(*at) if owing is None else _owners(owing))
    # Of one query alone `union` would make no set.
    once: Any = union(*found) if len(found) > 1 else found[0].distinct()
    return once.cte("pairs").prefix_with("MATERIALIZED")


def own_pairs(who: str) -> Any:
    """Every calendar of a person with itself, for what is due at no site."""
    own = col(Person.calendar)
    query: Any = select(own.label("calendar"), own.label("person_calendar"), _as(who)).where(*_takes_part(Person))
    return query.distinct().cte("pairs")


def _pairs(who: str, committee: Sequence[str]) -> Any:
    match who:
        case "site_manager":
            return _staff(who)
        case "mentor":
            return _at_sites(who).join(Person, col(Person.id) == Site.mentor_id)
        case "manager":
            return _at_sites(who).join(Person, col(Person.role) == Role.MANAGER)
        case _:
            return _at_sites(who).join(Person, col(Person.key).in_(committee))


def _at_sites(who: str) -> Any:
    columns: Any = (col(Site.calendar).label("calendar"), col(Person.calendar).label("person_calendar"), _as(who))
    return select(*columns).select_from(Site)


def _staff(who: str) -> Any:
    query = _at_sites(who).join(Membership, col(Membership.site_id) == Site.id)
    return query.join(Person, col(Person.id) == Membership.person_id)


def _owners(owing: CTE) -> Any:
    columns = (owing.c.calendar, owing.c.person_calendar)
    return select(*columns, _as("owner")).where(owing.c.person_calendar.is_not(None))


def _sites_of(capa_ids: Any) -> Any:
    return select(col(Capa.site_id)).where(col(Capa.id).in_(capa_ids))


def _as(who: str) -> Any:
    return literal(who).label("who")


def of_capas(
    who: Collection[str], which: Sequence[tuple[str, str]], committee: Sequence[str], firing: CTE, only: Any = None
) -> Any:
    """What owners of CAPAs owe, or of `only` some CAPAs; `which` are the tiers and severities of a ladder."""
    day = col(Capa.owed_on)
    owed = (
        _debt(Capa.id, Capa.site_id, Capa.owner_id, _head(Capa.owed, day), day, Capa.opened_at)
        .select_from(Capa)
        .join(Site, col(Site.id) == Capa.site_id)
        .join(Supplier, col(Supplier.id) == Site.supplier_id)
        .where(col(Capa.owed) != Owed.NOTHING, tuple_(col(Supplier.tier), col(Capa.severity)).in_(which))
        .where(day.in_(select(firing.c.on)))
    )
    return _told(owed if only is None else owed.where(col(Capa.id).in_(only)), who, committee)


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


def of_figures(who: Collection[str], tiers: Sequence[str], periods: CTE, firing: CTE) -> Any:
    """The figures that sites owe, whether or not some are in; only people who have joined are told."""
    owed = (
        _debt(Site.id, Site.id, literal(None), periods.c.period, periods.c.on, EVER)
        .select_from(Site)
        .join(Supplier, col(Supplier.id) == Site.supplier_id)
        .join(periods, periods.c.on.in_(select(firing.c.on)))
        .where(col(Site.active), col(Supplier.tier).in_(tiers))
    )
    return _told(owed, who, (), owners=Duty.DATA_OWNER)


def of_meetings(members: Sequence[str], meetings: CTE) -> Any:
    """The members of the committee, once for each of its meetings."""
    columns = {
        "person_id": col(Person.id),
        "person_calendar": col(Person.calendar),
        "who": literal("committee"),
        "object_id": meetings.c.number,
        "calendar": col(Person.calendar),
        "head": cast(meetings.c.on, String),
        "counted": meetings.c.on,
        "since": EVER,
    }
    query: Any = select(*[column.label(name) for name, column in columns.items()])
    query = query.join_from(Person, meetings, literal(True))
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
