"""Who is to take which course: planned set by set, each round of a course once for each person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Date,
    Insert,
    Integer,
    Select,
    String,
    Update,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    update,
)
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

    def values(self, **more: Any) -> dict[str, Any]:
        """The values of a statement's parameters."""
        return {"a_course": self.course, "why": self.reason.value, "at": self.at, "due": self.due_on, **more}


COURSE, WHY, TIER, DUTY = (bindparam(name, type_=String) for name in ("a_course", "why", "a_tier", "a_duty"))
AT, DUE, TODAY, PERSON = (
    bindparam(name, type_=kind) for name, kind in (("at", Moment), ("due", Date), ("today", Date), ("person", Integer))
)


def assign_by_rule(session: Session, wanted: Wanted, tier: str, duty: str, person_id: int | None = None) -> None:
    """Assign a course to all who have joined and fit, if it never was assigned to them. Empty fits everybody.

    With `person_id`, only to that person.
    """
    statement = _by_rule(bool(tier), bool(duty), person_id is not None)
    session.execute(statement, wanted.values(a_tier=tier, a_duty=duty, person=person_id))


def assign_by_breach(
    session: Session, wanted: Wanted, metric: str, duty: str, since: datetime, recent: datetime
) -> None:
    """Assign a course where a figure broke its limit since a moment, but not to who has passed it recently."""
    session.execute(_by_breach(bool(duty)), wanted.values(a_metric=metric, a_duty=duty, since=since, recent=recent))


def assign_renewals(session: Session, wanted: Wanted, runs_out_by: date) -> None:
    """Assign a course again to whose newest result runs out by a date; it is due on that day."""
    session.execute(_renewals(), wanted.values(runs_out_by=runs_out_by))


def assign_changed(session: Session, wanted: Wanted, version: int) -> None:
    """Assign a course again to all whose newest result is of an older version; lessons that did not change count."""
    session.execute(_changed(), wanted.values(a_version=version, a_round=f"version/{version}"))


# Making a statement takes longer than running it for a small programme, so each is made once.


@cache
def _by_rule(tier: bool, duty: bool, person: bool) -> Insert:
    fits = [*_taking_part()]
    fits += [col(Person.id) == PERSON] if person else []
    fits += [col(Supplier.tier) == TIER] if tier else []
    fits += [col(Membership.duty) == DUTY] if duty else []
    return _inserting(_staff(literal("first")).where(*fits, ~_assigned()).distinct(), null())


@cache
def _by_breach(duty: bool) -> Insert:
    fits = [*_taking_part(), col(Breach.metric) == bindparam("a_metric", ""), col(Breach.at) >= _moment("since")]
    fits += [col(Membership.duty) == DUTY] if duty else []
    newest = cast(func.max(col(Breach.id)), String)
    rows = (
        _staff("breach/" + newest)
        .join(Breach, col(Breach.site_id) == Site.id)
        .where(*fits, ~_assigned(undone=True), ~_passed())
        .group_by(col(Person.id))
    )
    return _inserting(rows, AT)


@cache
def _renewals() -> Insert:
    result = aliased(CourseResult)
    rows = (
        _holders(result, "after/" + cast(col(result.id), String))
        .add_columns(col(result.valid_until))
        .where(*_newest(result), col(result.valid_until) <= bindparam("runs_out_by", type_=Date))
    )
    return _inserting(rows, AT, due=True)


@cache
def _changed() -> Insert:
    result = aliased(CourseResult)
    older = col(result.version) < bindparam("a_version", type_=Integer)
    return _inserting(_holders(result, bindparam("a_round", type_=String)).where(*_newest(result), older), null())


def open_next(session: Session, today: date, person_id: int | None = None) -> None:
    """Open the first course of each queue whose person has none open, and have its first lesson brought.

    With `person_id`, only that person's queue.
    """
    found = list(session.execute(_heads(person_id is not None), {"person": person_id}).scalars())
    if found:
        chosen = update(Assignment).where(col(Assignment.id).in_(found))
        session.execute(chosen.values(state=AssignmentState.OPEN).execution_options(synchronize_session=False))
    for statement in (_new_learners(), _waiting_learners()):
        session.execute(statement, {"today": today})


@cache
def _heads(person: bool) -> Select[Any]:
    mine, other = aliased(Assignment), aliased(Assignment)
    busy = exists().where(col(other.person_id) == mine.person_id, col(other.state) == AssignmentState.OPEN)
    waiting = [col(mine.state) == AssignmentState.QUEUED, ~busy]
    waiting += [col(mine.person_id) == PERSON] if person else []
    return select(func.min(mine.id)).where(*waiting).group_by(col(mine.person_id))


@cache
def _new_learners() -> Insert:
    has_open = col(Assignment.state) == AssignmentState.OPEN
    new: Any = (
        select(col(Assignment.person_id), TODAY, literal(0), literal(PausedBy.NOBODY.value), literal("not asked"))
        .where(has_open, ~exists().where(col(Learner.person_id) == Assignment.person_id))
        .distinct()
    )
    names = ["person_id", "lesson_on", "nudges", "paused_by", "recognition"]
    return insert(Learner.__table__).from_select(names, new)  # type: ignore[attr-defined]


@cache
def _waiting_learners() -> Update:
    has_open = col(Assignment.state) == AssignmentState.OPEN
    waiting = update(Learner.__table__).where(  # type: ignore[attr-defined]
        col(Learner.lesson_on).is_(None),
        col(Learner.paused_by) == PausedBy.NOBODY,
        exists().where(has_open, col(Assignment.person_id) == Learner.person_id),
    )
    return waiting.values(lesson_on=TODAY, nudges=0)


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


def _newest(result: Any) -> Collection[Any]:
    """That a result is somebody's newest of a course, and that the course is not assigned to them already."""
    newer = aliased(CourseResult)
    return (
        col(result.course) == COURSE,
        ~exists().where(
            col(newer.person_id) == result.person_id, col(newer.course) == COURSE, col(newer.id) > result.id
        ),
        ~_assigned(undone=True),
    )


def _assigned(*, undone: bool = False) -> Any:
    which = [col(Assignment.person_id) == Person.id, col(Assignment.course) == COURSE]
    which += [col(Assignment.state) != AssignmentState.DONE] if undone else []
    return exists().where(*which).correlate(Person)


def _passed() -> Any:
    of_course = (col(CourseResult.course) == COURSE, col(CourseResult.passed_at) >= _moment("recent"))
    return exists().where(col(CourseResult.person_id) == Person.id, *of_course).correlate(Person)


def _inserting(rows: Any, since: Any, *, due: bool = False) -> Insert:
    """Insert rows of person and round, with `due` also of due date, unless this round is there already."""
    found = rows.subquery()
    person, round = found.c[0], found.c[1]
    key = (col(Assignment.person_id) == person, col(Assignment.course) == COURSE, col(Assignment.round) == round)
    queued = literal(AssignmentState.QUEUED.value)
    values = select(person, COURSE, round, WHY, AT, since, found.c[2] if due else DUE, queued).select_from(found)
    # The table, not its class: for a class, values given with a statement would be rows to insert.
    table = Assignment.__table__  # type: ignore[attr-defined]
    return insert(table).from_select(list(COLUMNS), values.where(~exists().where(*key)))


def _moment(name: str) -> Any:
    return bindparam(name, type_=Moment)
