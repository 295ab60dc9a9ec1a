"""Ladders as statements: which note is due to whom, on which day of their calendar, for every debt at once.

A debt is a row of a query of `storage/debts.py`: who would be told, as what, about which object, and the day from which
it is counted. A rung says how far from that day somebody is told. Both meet in `firing`, the days of the calendars on
which a rung is due within a span of time. It is small however many debts there are, so that planning costs not much
more than inserting its rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, Select, and_, bindparam, case, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.tables.base import Moment
from storage.tables.planning import CalendarDay

DEBT = ("person_id", "person_calendar", "who", "object_id", "calendar", "head", "due_on", "counted_from", "since")
"""The columns of a debt: `calendar` is the site's, `head` begins the step of its notes, and no note is said of it in
a window that closed before the moment `since`. Days overdue are counted from `counted_from`."""

AHEAD, BEHIND = timedelta(hours=36), timedelta(days=10)


@dataclass(frozen=True)
class Rung:
    """One step of a ladder: `who` is told on a day that is so far from the one on which something is due.

    `working_days` are counted in the calendar of the site, then `days` are added, which are negative before the day. A
    `late` rung is planned though its day has passed, as long as that is not too long ago.
    """

    who: str
    step: str
    working_days: int
    days: int
    late: bool = False

    @property
    def after(self) -> bool:
        """Whether it comes once something is overdue."""
        return self.working_days > 0


@dataclass(frozen=True)
class Span:
    """The windows that count: opening before `until` and closing after `now`, for late rungs after `back`."""

    now: datetime
    until: datetime
    back: datetime

    @classmethod
    def ahead(cls, now: datetime) -> "Span":
        """What is planned at a moment: little, so that what changes meanwhile needs no planning anew."""
        return cls(now, now + AHEAD, now - BEHIND)

    def values(self) -> dict[str, datetime]:
        """The values of a statement's parameters."""
        return {"now": self.now, "until": self.until, "back": self.back}


NOW, UNTIL, BACK = (bindparam(name, type_=Moment()) for name in ("now", "until", "back"))


def before(rungs: Sequence[Rung], pairs: CTE) -> CTE:
    """The days up to the one itself. Where that is no working day of the reader, the working day before it."""
    target, due = (aliased(CalendarDay, name=name) for name in ("target", "due"))
    at = _windows()
    days = _days(rungs, at, target, target.working_number == at.c.working_number)
    at_sites = _at_sites(days, pairs)
    return _firing(at_sites, due, col(due.ordinal) == at_sites.c.ordinal)


def after(rungs: Sequence[Rung], pairs: CTE) -> CTE:
    """The days once it is overdue, in working days of the site; said on the reader's next working day."""
    target, base, due = (aliased(CalendarDay, name=name) for name in ("target", "base", "due"))
    at = _windows()
    # The working day from `target` on is the next one to be numbered, unless `target` is worked itself.
    near = col(target.working_number).in_([at.c.working_number, at.c.working_number - 1])
    same = target.working_number + case((col(target.working), 0), else_=1) == at.c.working_number
    at_sites = _at_sites(_days(rungs, at, target, near & same), pairs)
    number = (col(base.working_number) - at_sites.c.working_days).label("due_number")
    counted = select(*at_sites.c, number).join_from(
        at_sites,
        base,
        (col(base.calendar) == at_sites.c.calendar) & (col(base.ordinal) == at_sites.c.ordinal) & col(base.working),
    )
    bases = _kept(counted, "bases")
    return _firing(bases, due, col(due.working_number) == bases.c.due_number)


def met(debts: CTE, firing: CTE) -> Select[Any]:
    """Each debt with the days on which a rung of it is due."""
    same = and_(
        firing.c.calendar == debts.c.calendar,
        firing.c.person_calendar == debts.c.person_calendar,
        firing.c.on == debts.c.counted,
        firing.c.who == debts.c.who,
        firing.c.closes_at > debts.c.since,
    )
    step = (debts.c.head + "/" + firing.c.step).label("step")
    columns = (debts.c.person_id, debts.c.object_id, step, firing.c.day, firing.c.opens_at, firing.c.closes_at)
    return select(*columns, debts.c.who).join_from(debts, firing, same)


# Each part is worked out once and in this order. Left to itself, SQLite would join the calendar with itself first, or
# work `firing` out again for each debt.


def _windows() -> CTE:
    """The windows of the span, in every calendar."""
    day = aliased(CalendarDay, name="at")
    columns = (day.calendar, day.day, day.working_number, day.opens_at, day.closes_at)
    query: Any = select(*[col(column) for column in columns])
    return _kept(query.where(col(day.working), col(day.opens_at) < UNTIL, col(day.closes_at) > BACK), "windows")


def _days(rungs: Sequence[Rung], at: CTE, target: Any, nearest: Any) -> CTE:
    """Each window with each rung: `ordinal` is the day so far from which something is due, `target` the day meant."""
    steps = _steps(rungs)
    query = (
        select(
            at.c.calendar,
            at.c.day,
            at.c.opens_at,
            at.c.closes_at,
            steps.c.who,
            steps.c.step,
            steps.c.working_days,
            (target.ordinal - steps.c.days).label("ordinal"),
        )
        .select_from(at)
        .join(target, (target.calendar == at.c.calendar) & nearest)
        .join(steps, literal(True))
        .where(or_(at.c.closes_at > NOW, steps.c.late))
    )
    return _kept(query, "days")


def _at_sites(days: CTE, pairs: CTE) -> CTE:
    """The days of readers, once for each calendar of a site about which they are told as what the rung names."""
    columns = [column for column in days.c if column.name != "calendar"]
    query = select(pairs.c.calendar, pairs.c.person_calendar, *columns)
    return _kept(
        query.join_from(days, pairs, (pairs.c.person_calendar == days.c.calendar) & (pairs.c.who == days.c.who)),
        "at_sites",
    )


def _firing(days: CTE, due: Any, which: Any) -> CTE:
    """The days of readers with `on`, the day at the site on which something was due."""
    columns = (days.c.calendar, days.c.person_calendar, due.day.label("on"), days.c.who, days.c.step)
    query = select(*columns, days.c.day, days.c.opens_at, days.c.closes_at)
    return _kept(query.join_from(days, due, (col(due.calendar) == days.c.calendar) & which), "firing")


def _kept(query: Select[Any], name: str) -> CTE:
    return query.cte(name).prefix_with("MATERIALIZED")


def _steps(rungs: Sequence[Rung]) -> CTE:
    rows = [
        select(
            literal(rung.who).label("who"),
            literal(rung.step).label("step"),
            literal(rung.working_days).label("working_days"),
            literal(rung.days).label("days"),
            literal(rung.late).label("late"),
        )
        for rung in rungs
    ]
    return union_all(*rows).cte("steps")
