"""Reports for which somebody must be spoken to on the same day."""

from sqlmodel import Session, select

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
