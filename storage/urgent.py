"""Reports for which somebody must be spoken to on the same day."""

from collections.abc import Collection

from sqlmodel import Session, col, select

from storage.tables.urgent import UrgentReport


def by_id(session: Session, report_id: int) -> UrgentReport | None:
    """The report of this number, locked for this transaction."""
    return session.exec(select(UrgentReport).where(UrgentReport.id == report_id).with_for_update()).first()


def of_figure(session: Session, site_id: int, metric: str, period: str) -> UrgentReport | None:
    """The report that a figure led to."""
    query = select(UrgentReport).where(
        UrgentReport.site_id == site_id, UrgentReport.metric == metric, UrgentReport.period == period
    )
    return session.exec(query).first()


def unspoken(session: Session, site_ids: Collection[int]) -> list[UrgentReport]:
    """The reports about some sites to which nobody has spoken yet, oldest first."""
    query = select(UrgentReport).where(col(UrgentReport.site_id).in_(site_ids), col(UrgentReport.spoken_at).is_(None))
    return list(session.exec(query.order_by(col(UrgentReport.id))))
