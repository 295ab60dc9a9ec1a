"""Answers in place of figures: what is not available yet, and what does not apply to a site."""

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from storage.tables.figures import Absence, AbsenceKind, AbsenceState


def by_id(session: Session, absence_id: int) -> Absence | None:
    """The absence of this number, locked for this transaction."""
    return session.exec(select(Absence).where(Absence.id == absence_id).with_for_update()).first()


def excused(
    session: Session, site_ids: Collection[int], periods: Collection[str], today: date
) -> set[tuple[int, str, str]]:
    """Which (site, metric, period) are not owed today, because of the newest that was said about each."""
    rows = session.exec(select(Absence).where(col(Absence.site_id).in_(site_ids)).order_by(col(Absence.id)))
    found: dict[tuple[int, str, str], bool] = {}
    for row in rows:
        for period in periods:
            later = row.kind is AbsenceKind.NOT_APPLICABLE and _first_month(row.period) <= _first_month(period)
            if period == row.period or later:
                found[row.site_id, row.metric, period] = _excuses(row, today)
    return {figure for figure, holds in found.items() if holds}


def _first_month(period: str) -> str:
    """The month with which a month, quarter (`2026-Q3`) or year begins, so that periods of any length compare."""
    year, _hyphen, part = period.partition("-")
    return f"{year}-{int(part[1:]) * 3 - 2:02d}" if part.startswith("Q") else f"{year}-{part or '01'}"


def _excuses(row: Absence, today: date) -> bool:
    if row.kind is AbsenceKind.NOT_APPLICABLE:
        return row.state is not AbsenceState.REFUSED
    return row.until is not None and today < row.until


def not_applicable(session: Session, site_ids: Collection[int]) -> set[tuple[int, str]]:
    """Which (site, metric) do not apply, by the newest that was said about each."""
    newest = {(row.site_id, row.metric): row for row in at_sites(session, site_ids)}
    refused = AbsenceState.REFUSED
    return {key for key, row in newest.items() if row.kind is AbsenceKind.NOT_APPLICABLE and row.state is not refused}


def at_sites(session: Session, site_ids: Collection[int]) -> list[Absence]:
    """Every absence of some sites, oldest first."""
    return list(session.exec(select(Absence).where(col(Absence.site_id).in_(site_ids)).order_by(col(Absence.id))))


def undecided(session: Session, site_ids: Collection[int]) -> list[Absence]:
    """What is said not to apply at some sites and waits for a decision, oldest first."""
    query = select(Absence).where(
        col(Absence.site_id).in_(site_ids),
        Absence.kind == AbsenceKind.NOT_APPLICABLE,
        Absence.state == AbsenceState.TOLD,
    )
    return list(session.exec(query.order_by(col(Absence.id))))
