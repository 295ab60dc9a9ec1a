"""The one push a day that brings learning: a lesson, questions that come back, a document to read."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Insert, Select, String, bindparam, cast, exists, func, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.due import COLUMNS
from storage.tables.base import Moment
from storage.tables.documents import DocumentReading
from storage.tables.people import Person
from storage.tables.planning import CalendarDay, DueNote, DueState
from storage.tables.training import Learner, PausedBy

KIND = "training.daily"
AHEAD = timedelta(days=4)
"""So far ahead a push is planned: over a long weekend, so that a planner that was down misses none."""


def plan_pushes(session: Session, now: datetime) -> None:
    """Plan a push to everybody for whom something falls due, on the first working day from then on."""
    dialect = session.get_bind().dialect.name
    for source in ("lesson_on", "review_on", "ask_on"):
        session.execute(_planning(dialect, source), {"now": now, "until": now + AHEAD})


@cache
def _planning(dialect: str, source: str) -> Insert:
    """The statement, made once for each source. The step is the day, so that nobody has two pushes on one."""
    when, other = aliased(CalendarDay), aliased(CalendarDay)
    owner, falls_due = _falls_due(source)
    nearest = select(func.min(other.day)).where(
        other.calendar == Person.calendar,
        col(other.working),
        col(other.day) >= falls_due,
        col(other.learns_at) > bindparam("now", type_=Moment),
    )
    step = cast(col(when.day), String)
    rows = (
        _note(owner, step, when)
        .join(when, (col(when.calendar) == Person.calendar) & (col(when.day) == nearest.scalar_subquery()))
        .where(col(Person.active), col(Person.reachable), col(Person.privacy_at).is_not(None), falls_due.is_not(None))
        .where(col(when.learns_at) <= bindparam("until", type_=Moment))
        .distinct()
    )
    rows = rows.where(col(Learner.paused_by) == PausedBy.NOBODY) if source != "ask_on" else rows
    key = (col(DueNote.person_id) == Person.id, col(DueNote.kind) == KIND, col(DueNote.step) == step)
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    # The table, not its class: for a class, values given with a statement would be rows to insert.
    table = DueNote.__table__  # type: ignore[attr-defined]
    return insert(table).from_select(COLUMNS, rows.where(~exists().where(*key))).on_conflict_do_nothing()


def _falls_due(source: str) -> tuple[type[Learner] | type[DocumentReading], Any]:
    """The table and column that say from which day on something may be brought."""
    if source == "ask_on":
        return DocumentReading, col(DocumentReading.ask_on)
    return Learner, col(getattr(Learner, source))


def _note(owner: type[Learner] | type[DocumentReading], step: Any, when: Any) -> Select[Any]:
    return (  # type: ignore[no-any-return]
        select(  # type: ignore[call-overload]
            col(Person.id),
            literal(KIND),
            col(Person.id),
            step,
            when.day,
            when.learns_at,
            when.closes_at,
            literal(DueState.PLANNED.value),
            literal(""),
            literal(False),
            literal(""),
        )
        .select_from(owner)
        .join(Person, col(Person.id) == owner.person_id)
    )
