"""Figures of many sites at once, as plain rows: those that hold, their sums, and how often limits were broken.

A figure that was returned is not among them. Each function is one statement, however many sites there are.
"""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.tables.figures import Basis, Breach, BreachState, Submission
from storage.tables.programme import Site, Supplier


class Held(NamedTuple):
    """A figure that holds, in its base unit."""

    site_id: int
    metric: str
    period: str
    value: Decimal
    unit: str
    estimated: bool
    at: datetime

    @property
    def base_value(self) -> Decimal:
        """The value, as a `Submission` calls it."""
        return self.value

    @property
    def base_unit(self) -> str:
        """The unit, as a `Submission` calls it."""
        return self.unit

    @property
    def basis(self) -> Basis:
        """How it came about."""
        return Basis.ESTIMATED if self.estimated else Basis.MEASURED


class Sum(NamedTuple):
    """The sum of a metric over the sites of a tier for a period, with how many `figures`, and how many `estimated`."""

    tier: str
    metric: str
    period: str
    unit: str
    total: Decimal
    figures: int
    estimated: int


NEWER = aliased(Submission)
ESTIMATED = case((col(Submission.basis) == Basis.ESTIMATED, 1), else_=0)
COLUMNS = (
    col(Submission.site_id),
    col(Submission.metric),
    col(Submission.period),
    col(Submission.base_value),
    col(Submission.base_unit),
    ESTIMATED,
    col(Submission.at),
)


def _holds() -> list[ColumnElement[bool]]:
    same = and_(*(getattr(NEWER, name) == getattr(Submission, name) for name in ("site_id", "metric", "period")))
    newer = exists().where(same, col(NEWER.version) > col(Submission.version))
    return [col(Submission.returned_at).is_(None), ~newer]


def held(
    session: Session, site_ids: Collection[int], periods: Collection[str], metrics: Collection[str] | None = None
) -> list[Held]:
    """The figures of some sites for some periods, of all metrics or of these."""
    query = select(*COLUMNS).where(col(Submission.site_id).in_(site_ids), col(Submission.period).in_(periods))  # type: ignore[call-overload]
    if metrics is not None:
        query = query.where(col(Submission.metric).in_(metrics))
    return _rows(session, query)


def received(session: Session, site_ids: Collection[int], since: datetime, until: datetime) -> list[Held]:
    """The figures that came in from `since` (included) to `until` (not included) and hold."""
    query = select(*COLUMNS).where(col(Submission.at) >= since, col(Submission.at) < until)  # type: ignore[call-overload]
    return _rows(session, query.where(col(Submission.site_id).in_(site_ids)))


def _rows(session: Session, query: Any) -> list[Held]:
    rows = session.execute(query.where(*_holds()).order_by(col(Submission.id)))
    return [Held(*row) for row in rows]


def sums(session: Session, site_ids: Collection[int], periods: Collection[str]) -> list[Sum]:
    """The sums by tier, metric, period and unit."""
    keys = (col(Supplier.tier), col(Submission.metric), col(Submission.period), col(Submission.base_unit))
    query = (
        select(*keys, func.sum(Submission.base_value), func.count(), func.sum(ESTIMATED))  # type: ignore[call-overload]
        .join(Site, col(Site.id) == Submission.site_id)
        .join(Supplier, col(Supplier.id) == Site.supplier_id)
        .where(col(Submission.site_id).in_(site_ids), col(Submission.period).in_(periods), *_holds())
        .group_by(*keys)
        .order_by(*keys)
    )
    return [Sum(*row) for row in session.execute(query)]


def first_periods(session: Session, site_ids: Collection[int]) -> dict[int, str]:
    """The first month or year for which each site has ever sent a figure."""
    return _periods(session, site_ids, func.min(Submission.period))


def last_periods(session: Session, site_ids: Collection[int]) -> dict[int, str]:
    """The last month for which each site has sent a figure."""
    return _periods(session, site_ids, func.max(Submission.period), func.length(Submission.period) == len("2026-10"))


def _periods(session: Session, site_ids: Collection[int], which: Any, *narrowed: Any) -> dict[int, str]:
    query = select(col(Submission.site_id), which).where(col(Submission.site_id).in_(site_ids), *narrowed)
    return {row[0]: row[1] for row in session.execute(query.group_by(col(Submission.site_id)))}


def broken(session: Session, site_ids: Collection[int], periods: Collection[str]) -> dict[str, int]:
    """How many limits were broken in each of these periods and stand uncorrected."""
    query = (
        select(col(Breach.period), func.count())
        .where(col(Breach.site_id).in_(site_ids), col(Breach.period).in_(periods))
        .where(Breach.state != BreachState.SETTLED)
        .group_by(col(Breach.period))
    )
    return {row[0]: row[1] for row in session.execute(query)}
