"""Who is to take which course: planned set by set, each round of a course once for each person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, cast, exists, func, insert, literal, null, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from storage.tables.base import Moment
from storage.tables.figures import Breach
from storage.tables.people import Membership, Person, Role
from storage.tables.programme import Site, Supplier
from storage.tables.training import Assignment, AssignmentState, CourseResult, Learner, PausedBy, Reason

COLUMNS = ("person_id", "course", "round", "reason", "assigned_at", "counts_from", "due_on", "state")


@dataclass(frozen=True)
class Wanted:
    """A course to be assigned at a moment; `due_on` is the local date by which it is to be done."""

    course: str
    reason: Reason
    at: datetime
    due_on: date


def assign_by_rule(session: Session, wanted: Wanted, tier: str, duty: str, person_id: int | None = None) -> None:
    """Assign a course to all who have joined and fit, if it never was assigned to them. Empty fits everybody.

    With `person_id`, only to that person.
    """
    fits = [*_taking_part()]
    fits += [col(Person.id) == person_id] if person_id is not None else []
    fits += [col(Supplier.tier) == tier] if tier else []
    fits += [col(Membership.duty) == duty] if duty else []
    rows = _staff(literal("first")).where(*fits, ~_assigned(wanted.course)).distinct()
    _insert(session, wanted, rows, None)


def assign_by_breach(
    session: Session, wanted: Wanted, metric: str, duty: str, since: datetime, recent: datetime
) -> None:
    """Assign a course where a figure broke its limit since a moment, but not to who has passed it recently."""
    fits = [*_taking_part(), col(Breach.metric) == metric, col(Breach.at) >= since]
    fits += [col(Membership.duty) == duty] if duty else []
    newest = cast(func.max(col(Breach.id)), String)
    rows = (
        _staff("breach/" + newest)
        .join(Breach, col(Breach.site_id) == Site.id)
        .where(*fits, ~_assigned(wanted.course, undone=True), ~_passed(wanted.course, recent))
        .group_by(col(Person.id))
    )
    _insert(session, wanted, rows, wanted.at)


def assign_renewals(session: Session, wanted: Wanted, runs_out_by: date) -> None:
    """Assign a course again to whose newest result runs out by a date; it is due on that day."""
    result = aliased(CourseResult)
    rows = (
        _holders(result, "after/" + cast(col(result.id), String))
        .add_columns(col(result.valid_until))
        .where(*_newest(result, wanted.course), col(result.valid_until) <= runs_out_by)
    )
    _insert(session, wanted, rows, wanted.at, due=True)


def assign_changed(session: Session, wanted: Wanted, version: int) -> None:
    """Assign a course again to all whose newest result is of an older version; lessons that did not change count."""
    result = aliased(CourseResult)
    rows = _holders(result, literal(f"version/{version}")).where(
        *_newest(result, wanted.course), col(result.version) < version
    )
    _insert(session, wanted, rows, None)


def open_next(session: Session, today: date, person_id: int | None = None) -> None:
    """Open the first course of each queue whose person has none open, and have its first lesson brought.

    With `person_id`, only that person's queue.
    """
    mine, other = aliased(Assignment), aliased(Assignment)
    busy = exists().where(col(other.person_id) == mine.person_id, col(other.state) == AssignmentState.OPEN)
    heads = select(func.min(mine.id)).where(col(mine.state) == AssignmentState.QUEUED, ~busy)
    heads = heads.where(col(mine.person_id) == person_id) if person_id is not None else heads
    found = list(session.execute(heads.group_by(col(mine.person_id))).scalars())
    if found:
        chosen = update(Assignment).where(col(Assignment.id).in_(found))
        session.execute(chosen.values(state=AssignmentState.OPEN).execution_options(synchronize_session=False))
    _start_learners(session, today)


def _start_learners(session: Session, today: date) -> None:
    has_open = col(Assignment.state) == AssignmentState.OPEN
    new = (
        select(
            col(Assignment.person_id),
            literal(today),
            literal(0),
            literal(PausedBy.NOBODY.value),
            literal("not asked"),
        )
        .where(has_open, ~exists().where(col(Learner.person_id) == Assignment.person_id))
        .distinct()
    )
    names = ["person_id", "lesson_on", "nudges", "paused_by", "recognition"]
    session.execute(insert(Learner).from_select(names, new))
    waiting = update(Learner).where(
        col(Learner.lesson_on).is_(None),
        col(Learner.paused_by) == PausedBy.NOBODY,
        exists().where(has_open, col(Assignment.person_id) == Learner.person_id),
    )
    session.execute(waiting.values(lesson_on=today, nudges=0).execution_options(synchronize_session=False))


def _staff(round: Any) -> Any:
    """Supplier staff with their sites and companies."""
    return (
        select(col(Person.id), round)
        .select_from(Person)
        .join(Membership, col(Membership.person_id) == Person.id)
        .join(Site, col(Site.id) == Membership.site_id)
        .join(Supplier, col(Supplier.id) == Site.supplier_id)
    )


def _taking_part() -> Collection[Any]:
    return (
        col(Person.role) == Role.SUPPLIER,
        col(Person.active),
        col(Person.privacy_at).is_not(None),
        col(Site.active),
    )


def _holders(result: Any, round: Any) -> Any:
    """People who have passed a course, and still take part."""
    return (
        select(col(Person.id), round)
        .select_from(result)
        .join(Person, col(Person.id) == result.person_id)
        .where(col(Person.active), col(Person.erased_at).is_(None))
    )


def _newest(result: Any, course: str) -> Collection[Any]:
    """That a result is somebody's newest of a course, and that the course is not assigned to them already."""
    newer = aliased(CourseResult)
    return (
        col(result.course) == course,
        ~exists().where(
            col(newer.person_id) == result.person_id, col(newer.course) == course, col(newer.id) > result.id
        ),
        ~_assigned(course, undone=True),
    )


def _assigned(course: str, *, undone: bool = False) -> Any:
    which = [col(Assignment.person_id) == Person.id, col(Assignment.course) == course]
    which += [col(Assignment.state) != AssignmentState.DONE] if undone else []
    return exists().where(*which).correlate(Person)


def _passed(course: str, since: datetime) -> Any:
    of_course = (col(CourseResult.course) == course, col(CourseResult.passed_at) >= since)
    return exists().where(col(CourseResult.person_id) == Person.id, *of_course).correlate(Person)


def _insert(session: Session, wanted: Wanted, rows: Any, since: datetime | None, *, due: bool = False) -> None:
    """Insert rows of person and round, with `due` also of due date, unless this round is there already."""
    found = rows.subquery()
    person, round = found.c[0], found.c[1]
    key = (col(Assignment.person_id) == person, col(Assignment.course) == wanted.course, col(Assignment.round) == round)
    values = select(
        person,
        literal(wanted.course),
        round,
        literal(wanted.reason.value),
        literal(wanted.at, Moment),
        null() if since is None else literal(since, Moment),
        found.c[2] if due else literal(wanted.due_on),
        literal(AssignmentState.QUEUED.value),
    ).select_from(found)
    session.execute(insert(Assignment).from_select(list(COLUMNS), values.where(~exists().where(*key))))
