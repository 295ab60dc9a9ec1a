"""Planned notes: planned set by set from the calendars, each once, and handed out when they may be said.

All moments here are the programme's.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, exists, func, literal, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.capas import Capa, Owed
from storage.tables.people import Person
from storage.tables.planning import CalendarDay, DueNote, DueState
from storage.tables.programme import Site

COLUMNS = ["person_id", "kind", "object_id", "step", "day", "opens_at", "closes_at", "state", "reason"]


def plan(session: Session, note: DueNote) -> bool:
    """True if this note was not planned before."""
    return insert_once(session, DueNote, note.model_dump(exclude={"id"}))


def plan_before_due(session: Session, days: int) -> None:
    """Plan a note to each owner of an open CAPA, `days` calendar days before it is due.

    Where that is no working day, the working day before it. A note that would fall before the CAPA was opened is not
    planned.
    """
    session.execute(_before_due(session.get_bind().dialect.name, days))


def plan_overdue(session: Session, days: int) -> None:
    """Plan a note to the mentor of each open CAPA on the mentor's `days`-th working day after it was due."""
    session.execute(_overdue(session.get_bind().dialect.name, days))


@cache
def _before_due(dialect: str, days: int) -> Insert:
    """The statement, made once for each number of days: making it takes longer than running it."""
    due, when, other = aliased(CalendarDay), aliased(CalendarDay), aliased(CalendarDay)
    nearest = select(func.max(other.ordinal)).where(
        other.calendar == Site.calendar, col(other.working), other.ordinal <= due.ordinal - days
    )
    query = (
        _columns(col(Capa.owner_id), "capa.due", f"{days} days before", when)
        .join(Site, col(Site.id) == Capa.site_id)
        .join(due, (col(due.calendar) == Site.calendar) & (due.day == Capa.owed_on))
        .join(when, (col(when.calendar) == Site.calendar) & (when.ordinal == nearest.scalar_subquery()))
        .where(col(Capa.owed) != Owed.NOTHING, col(when.closes_at) > Capa.opened_at)
    )
    return _inserting(dialect, query)


@cache
def _overdue(dialect: str, days: int) -> Insert:
    """The statement, made once for each number of days."""
    due, when = aliased(CalendarDay), aliased(CalendarDay)
    query = (
        _columns(col(Person.id), "capa.overdue", f"{days} working days after", when)
        .join(Site, col(Site.id) == Capa.site_id)
        .join(Person, col(Person.id) == Site.mentor_id)
        .join(due, (col(due.calendar) == Person.calendar) & (due.day == Capa.owed_on))
        .join(
            when,
            (col(when.calendar) == Person.calendar)
            & (when.working_number == due.working_number + days)
            & col(when.working),
        )
        .where(col(Capa.owed) != Owed.NOTHING)
    )
    return _inserting(dialect, query)


def _columns(person: Any, kind: str, step: str, when: Any) -> Select[Any]:
    """The columns of a note about a CAPA, as a query to be joined and narrowed."""
    return select(  # type: ignore[call-overload,no-any-return]
        person,
        literal(kind),
        col(Capa.id),
        literal(step),
        when.day,
        when.opens_at,
        when.closes_at,
        literal(DueState.PLANNED.value),
        literal(""),
    ).select_from(Capa)


def _inserting(dialect: str, query: Select[Any]) -> Insert:
    """Insert what is not planned yet: the natural key has the last word, so two planners cannot plan twice."""
    rows = query.subquery()
    key = ["person_id", "kind", "object_id", "step"]
    named = select(*[column.label(name) for column, name in zip(rows.c, COLUMNS, strict=True)])
    new = named.where(~exists().where(*[getattr(DueNote, name) == named.selected_columns[name] for name in key]))
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(DueNote).from_select(COLUMNS, new).on_conflict_do_nothing()


def sayable(session: Session, now: datetime, limit: int) -> list[DueNote]:
    """The planned notes whose window has come, locked for this transaction, oldest first."""
    return list(
        session.exec(
            select(DueNote)
            .where(DueNote.state == DueState.PLANNED, col(DueNote.opens_at) <= now)
            .order_by(col(DueNote.opens_at), col(DueNote.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
    )


def about(session: Session, kind: str, object_id: int) -> list[DueNote]:
    """The notes of a kind about something, planned, said or dropped."""
    return list(session.exec(select(DueNote).where(DueNote.kind == kind, DueNote.object_id == object_id)))


def drop(session: Session, kind: str, object_id: int, reason: str) -> None:
    """Drop what is still planned about something that is settled."""
    session.execute(
        update(DueNote)
        .where(col(DueNote.kind) == kind, col(DueNote.object_id) == object_id, col(DueNote.state) == DueState.PLANNED)
        .values(state=DueState.DROPPED, reason=reason)
    )
