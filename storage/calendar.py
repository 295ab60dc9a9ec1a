"""Local calendars: the working days and allowed hours of each place, filled ahead."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.tables.people import Person
from storage.tables.planning import CalendarDay
from storage.tables.programme import Site


def names(session: Session) -> list[str]:
    """Every calendar that a site or a person lives by."""
    found = set(session.exec(select(Site.calendar))) | set(session.exec(select(Person.calendar)))
    return sorted(found - {""})


def filled(session: Session) -> dict[str, tuple[date, int]]:
    """The last day of each calendar that is there, and the number of its last working day."""
    last = (func.max(CalendarDay.day), func.max(CalendarDay.working_number))
    rows = session.exec(select(CalendarDay.calendar, *last).group_by(CalendarDay.calendar))
    return {name: (day, number) for name, day, number in rows}


def fill(session: Session, days: Iterable[dict[str, Any]]) -> None:
    """Add days, given as columns; those that are there already stay as they are."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = list(days)
    if rows:
        session.execute(insert(CalendarDay).on_conflict_do_nothing(), rows)


def forget_from(session: Session, first: date, calendar: str = "") -> None:
    """Take the days from `first` on away, of one calendar or of all, so that they can be filled by other rules."""
    query = delete(CalendarDay).where(col(CalendarDay.day) >= first)
    session.execute(query.where(col(CalendarDay.calendar) == calendar) if calendar else query)


def next_window(session: Session, calendar: str, now: datetime) -> CalendarDay | None:
    """The day whose allowed hours are open now, else the next one that opens; working days only."""
    return session.exec(
        select(CalendarDay)
        .where(CalendarDay.calendar == calendar, col(CalendarDay.working), col(CalendarDay.closes_at) > now)
        .order_by(col(CalendarDay.day))
        .limit(1)
    ).first()


def window_at(session: Session, calendar: str, now: datetime) -> CalendarDay | None:
    """The working day whose allowed hours are open now; None if it is night, or a day off."""
    return session.exec(
        select(CalendarDay)
        .where(CalendarDay.calendar == calendar, col(CalendarDay.working))
        .where(col(CalendarDay.opens_at) <= now, col(CalendarDay.closes_at) > now)
    ).first()


def working_day_from(session: Session, calendar: str, day: date) -> CalendarDay | None:
    """The first working day from a local date on."""
    return session.exec(
        select(CalendarDay)
        .where(CalendarDay.calendar == calendar, col(CalendarDay.working), col(CalendarDay.day) >= day)
        .order_by(col(CalendarDay.day))
        .limit(1)
    ).first()


def working_day_after(session: Session, calendar: str, day: date, count: int) -> date:
    """The `count`-th working day after a day; beyond the days that are filled, five of seven are taken as worked."""
    query = select(col(CalendarDay.day)).where(
        CalendarDay.calendar == calendar, col(CalendarDay.working), col(CalendarDay.day) > day
    )
    found = session.exec(query.order_by(col(CalendarDay.day)).limit(count)).all()
    missing = count - len(found)
    last = found[-1] if found else day
    return last + timedelta(days=missing * 7 // 5 + (missing > 0)) if missing else last


def working_days(session: Session, calendar: str, after: date, until: date) -> int:
    """How many working days lie after one day up to another, which counts."""
    query = (
        select(func.count())
        .select_from(CalendarDay)
        .where(
            CalendarDay.calendar == calendar,
            col(CalendarDay.working),
            col(CalendarDay.day) > after,
            col(CalendarDay.day) <= until,
        )
    )
    return session.exec(query).one()


def working_day_before(session: Session, calendar: str, day: date) -> CalendarDay | None:
    """The last working day before a day."""
    query = select(CalendarDay).where(
        CalendarDay.calendar == calendar, col(CalendarDay.working), col(CalendarDay.day) < day
    )
    return session.exec(query.order_by(col(CalendarDay.day).desc())).first()


def windows(session: Session, calendar: str, now: datetime, limit: int) -> list[CalendarDay]:
    """The working days of a calendar whose allowed hours are open now or come next, in order."""
    query = select(CalendarDay).where(
        CalendarDay.calendar == calendar, col(CalendarDay.working), col(CalendarDay.closes_at) > now
    )
    return list(session.exec(query.order_by(col(CalendarDay.day)).limit(limit)))
