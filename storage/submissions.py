"""Figures in all their versions, and the breaches they caused."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.tables.figures import Breach, BreachState, Submission


def latest(session: Session, site_id: int, metric: str, period: str) -> Submission | None:
    """The version that holds, None if the figure was never given."""
    return session.exec(
        select(Submission)
        .where(Submission.site_id == site_id, Submission.metric == metric, Submission.period == period)
        .order_by(col(Submission.version).desc())
        .limit(1)
    ).first()


def history(session: Session, site_id: int, metric: str, before: str, months: int) -> list[Submission]:
    """The versions that hold for the last `months` periods before `before`, oldest first.

    Only periods as long as that one are among them: months beside months, quarters (`2026-Q3`) beside quarters.
    """
    alike = func.length(Submission.period) == len(before), col(Submission.period).contains("Q") == ("Q" in before)
    rows = session.exec(
        select(Submission)
        .where(Submission.site_id == site_id, Submission.metric == metric, Submission.period < before, *alike)
        .order_by(col(Submission.period).desc(), col(Submission.version).desc())
    )
    held: dict[str, Submission] = {}
    for row in rows:
        held.setdefault(row.period, row)
        if len(held) > months:
            held.popitem()
            break
    return list(reversed(held.values()))


def given(session: Session, site_ids: Collection[int], periods: Collection[str]) -> set[tuple[int, str, str]]:
    """Which (site, metric, period) have a figure that was not returned."""
    newer = aliased(Submission)
    same = and_(*(getattr(newer, name) == getattr(Submission, name) for name in ("site_id", "metric", "period")))
    rows = session.exec(
        select(Submission.site_id, Submission.metric, Submission.period)
        .where(col(Submission.site_id).in_(site_ids), col(Submission.period).in_(periods))
        .where(col(Submission.returned_at).is_(None))
        .where(~exists().where(same, col(newer.version) > col(Submission.version)))
    )
    return set(rows)


def of_figure(session: Session, site_id: int, metric: str, period: str) -> list[Submission]:
    """Every version of a figure, oldest first."""
    return list(
        session.exec(
            select(Submission)
            .where(Submission.site_id == site_id, Submission.metric == metric, Submission.period == period)
            .order_by(col(Submission.version))
        )
    )


def newest(session: Session, site_ids: Collection[int], limit: int) -> list[Submission]:
    """The versions that hold at these sites, those that came in last first."""
    newer = aliased(Submission)
    same = and_(*(getattr(newer, name) == getattr(Submission, name) for name in ("site_id", "metric", "period")))
    return list(
        session.exec(
            select(Submission)
            .where(col(Submission.site_id).in_(site_ids))
            .where(~exists().where(same, col(newer.version) > col(Submission.version)))
            .order_by(col(Submission.at).desc(), col(Submission.id).desc())
            .limit(limit)
        )
    )


def by_id(session: Session, submission_id: int) -> Submission | None:
    """One version of a figure, locked for this transaction."""
    return session.exec(select(Submission).where(Submission.id == submission_id).with_for_update()).first()


def received(session: Session, since: datetime, until: datetime) -> list[Submission]:
    """All versions that came in from `since` (included) to `until` (not included), oldest first."""
    query = select(Submission).where(col(Submission.at) >= since, col(Submission.at) < until)
    return list(session.exec(query.order_by(col(Submission.id))))


def next_version(session: Session, site_id: int, metric: str, period: str) -> int:
    """The number of the next version of a figure; 1 for the first."""
    top = session.exec(
        select(func.max(col(Submission.version))).where(
            Submission.site_id == site_id, Submission.metric == metric, Submission.period == period
        )
    ).one()
    return (top or 0) + 1


def breach(session: Session, breach_id: int) -> Breach | None:
    """The breach of this id, locked for this transaction."""
    return session.exec(select(Breach).where(Breach.id == breach_id).with_for_update()).first()


def breach_of(session: Session, site_id: int, metric: str, period: str) -> Breach | None:
    """The breach of a figure, if it had one."""
    return session.exec(
        select(Breach).where(Breach.site_id == site_id, Breach.metric == metric, Breach.period == period)
    ).first()


def breaches(session: Session, since: datetime, until: datetime) -> list[Breach]:
    """The breaches found from `since` (included) to `until` (not included), oldest first."""
    query = select(Breach).where(col(Breach.at) >= since, col(Breach.at) < until).order_by(col(Breach.id))
    return list(session.exec(query))


def held(session: Session, site_ids: Collection[int], periods: Collection[str]) -> list[Submission]:
    """The versions that hold at some sites for these periods."""
    rows = session.exec(
        select(Submission)
        .where(col(Submission.site_id).in_(site_ids), col(Submission.period).in_(periods))
        .order_by(col(Submission.version))
    )
    return list({(row.site_id, row.metric, row.period): row for row in rows}.values())


def of_metric(session: Session, site_id: int, metric: str) -> list[Submission]:
    """The versions that hold of all figures of a metric at a site, by period."""
    query = select(Submission).where(Submission.site_id == site_id, Submission.metric == metric)
    rows = session.exec(query.order_by(col(Submission.period), col(Submission.version)))
    return list({row.period: row for row in rows}.values())


def open_breaches(session: Session, site_ids: Collection[int]) -> list[Breach]:
    """The breaches of some sites that nobody has taken up, oldest first."""
    query = select(Breach).where(col(Breach.site_id).in_(site_ids), Breach.state == BreachState.OPEN)
    return list(session.exec(query.order_by(col(Breach.id))))


def every_version(session: Session, site_ids: Collection[int]) -> list[Submission]:
    """Every version of every figure of some sites, in the order in which they came."""
    query = select(Submission).where(col(Submission.site_id).in_(site_ids))
    return list(session.exec(query.order_by(col(Submission.version), col(Submission.id))))


def standing_breaches(session: Session, site_ids: Collection[int]) -> list[Breach]:
    """The breaches of some sites that no correction has settled, whether or not somebody took them up."""
    query = select(Breach).where(col(Breach.site_id).in_(site_ids), Breach.state != BreachState.SETTLED)
    return list(session.exec(query.order_by(col(Breach.id))))
