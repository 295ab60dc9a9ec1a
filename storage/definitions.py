"""Which versions of the metrics the programme knows."""

from sqlmodel import Session, select

from storage.tables.definitions import KnownMetric


def known_metrics(session: Session) -> dict[str, KnownMetric]:
    """What is known of each metric, by its key."""
    return {row.metric: row for row in session.exec(select(KnownMetric))}


def known_metric(session: Session, known_id: int) -> KnownMetric | None:
    """What is known of one metric."""
    return session.get(KnownMetric, known_id)
