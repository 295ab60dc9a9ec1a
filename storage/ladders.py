"""Ladders as statements: which note is due to whom, on which day of their calendar, for every debt at once.

A debt is a row of a query of `storage/debts.py`: who would be told, as what, about which object, and the day from which
it is counted. A rung says how far from that day somebody is told. The days on which anything is owed, each once for a
calendar of a site, meet the rungs in `firing`: which readers are told within a span of time, and on which day of
theirs. It is small however many debts there are, so that planning costs not much more than inserting its rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CTE, Integer, Select, and_, bindparam, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from storage.tables.base import Moment
from storage.tables.planning import CalendarDay

DEBT = ("person_id", "person_calendar", "who", "object_id", "calendar", "head", "counted", "since")
"""The columns of a debt: `calendar` is the site's, `head` begins the step of its notes, `counted` is the day from which
days overdue are counted, and no note is said of it in a window that closed before the moment `since`."""

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

    def values(self) -> dict[str, Any]:
        """The values of a statement's parameters.

        Local days are at most one away from those in UTC: between `first` and `last` lies every window that counts.
        """
        first, last = self.back.toordinal() - 1, self.until.toordinal() + 1
        return {"now": self.now, "until": self.until, "back": self.back, "first": first, "last": last}


NOW, UNTIL, BACK = (bindparam(name, type_=Moment()) for name in ("now", "until", "back"))
FIRST, LAST = (bindparam(name, type_=Integer()) for name in ("first", "last"))


def before(rungs: Sequence[Rung], pairs: CTE, owed: CTE) -> CTE:
    """The days up to the one itself. Where that is no working day of the reader, the working day before it."""
    target, windows = aliased(CalendarDay, name="target"), _windows(pairs)
    targets = _targets(windows, target, target.working_number == _term(windows.c.working_number))
    due, steps = aliased(CalendarDay, name="due"), _steps(rungs)
    meant = select(owed.c.calendar, owed.c.on, *steps.c, (due.ordinal + steps.c.days).label("ordinal"))
    return _firing(meant.join_from(owed, due, _is_day(due, owed)).join(steps, literal(True)), pairs, targets)


def after(rungs: Sequence[Rung], pairs: CTE, owed: CTE) -> CTE:
    """The days once it is overdue, in working days of the site; said on the reader's next working day."""
    target, windows = aliased(CalendarDay, name="target"), _windows(pairs)
    # The working day from `target` on is the next one to be numbered, unless `target` is worked itself.
    number = _term(windows.c.working_number)
    near = col(target.working_number).in_([number, number - 1])
    same = target.working_number + case((col(target.working), 0), else_=1) == number
    targets, steps = _targets(windows, target, near & same), _steps(rungs)
    bases = _bases(owed, steps)
    meant = select(bases.c.calendar, bases.c.on, *steps.c, (bases.c.ordinal + steps.c.days).label("ordinal"))
    return _firing(meant.join_from(bases, steps, bases.c.working_days == steps.c.working_days), pairs, targets)


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


# Each part is small, and worked out once and in this order. Left to itself, SQLite would work `firing` out again for
# each debt.


def _windows(pairs: CTE) -> CTE:
    """The windows of the span, in every calendar of a reader."""
    readers = select(pairs.c.person_calendar.label("calendar")).distinct().subquery("readers")
    day = aliased(CalendarDay, name="at")
    columns = (day.calendar, day.day, day.working_number, day.opens_at, day.closes_at)
    query: Any = select(*[col(column) for column in columns])
    query = query.join_from(
        readers, day, (day.calendar == _term(readers.c.calendar)) & col(day.ordinal).between(FIRST, LAST)
    )
    return _kept(query.where(col(day.working), col(day.opens_at) < UNTIL, col(day.closes_at) > BACK), "windows")


def _targets(windows: CTE, target: Any, nearest: Any) -> CTE:
    """The days that a rung can mean, as `ordinal`, each with the window in which its note is said."""
    columns = (windows.c.calendar, col(target.ordinal), windows.c.day, windows.c.opens_at, windows.c.closes_at)
    same = (target.calendar == _term(windows.c.calendar)) & nearest
    return _kept(select(*columns).join_from(windows, target, same), "targets")


def _bases(owed: CTE, steps: CTE) -> CTE:
    """The day of a site that is so many working days after the one on which something is owed there."""
    due, base = (aliased(CalendarDay, name=name) for name in ("due", "base"))
    counts = select(steps.c.working_days).distinct().subquery("counts")
    # Of the days of one number the first is the one that is worked.
    first: Any = select(func.min(base.ordinal)).where(col(base.calendar) == owed.c.calendar)
    first = first.where(col(base.working_number) == due.working_number + counts.c.working_days)
    ordinal = first.correlate(owed, due, counts).scalar_subquery().label("ordinal")
    query = select(owed.c.calendar, owed.c.on, counts.c.working_days, ordinal)
    return _kept(query.join_from(owed, due, _is_day(due, owed)).join(counts, literal(True)), "bases")


def _is_day(due: Any, owed: CTE) -> Any:
    return and_(due.calendar == _term(owed.c.calendar), due.day == owed.c.on)


def _firing(meant: Select[Any], pairs: CTE, targets: CTE) -> CTE:
    """Who is told when of what was due `on` a day at a site; `meant` has the day that each rung means."""
    least, most = (select(bound(targets.c.ordinal)).scalar_subquery() for bound in (func.min, func.max))
    days = meant.subquery("days")
    near = _kept(select(*days.c).where(days.c.ordinal >= least, days.c.ordinal <= most), "near_days")
    whose = (pairs.c.calendar == near.c.calendar) & (pairs.c.who == near.c.who)
    read = _kept(select(*near.c, pairs.c.person_calendar).join_from(near, pairs, whose), "read")
    columns = (read.c.calendar, read.c.person_calendar, read.c.on, read.c.who, read.c.step)
    query = select(*columns, targets.c.day, targets.c.opens_at, targets.c.closes_at)
    same = (targets.c.calendar == read.c.person_calendar) & (targets.c.ordinal == read.c.ordinal)
    return _kept(query.join_from(read, targets, same).where(or_(targets.c.closes_at > NOW, read.c.late)), "firing")


def _term(column: Any) -> Any:
    """A column as a term, which has no index: left a choice, SQLite would make one and go through all days of all
    calendars, and not look up the few that are meant."""
    return column + literal(0) if isinstance(column.type, Integer) else column.concat(literal(""))


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
    return union_all(*rows).cte("steps").prefix_with("MATERIALIZED")
