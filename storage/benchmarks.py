"""Where sites stood among others, and what their people may be told of it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from storage.tables.benchmarks import Benchmark, BenchmarkMember, BenchmarkRound


@dataclass(frozen=True)
class Compared:
    """A site's value in a round, and what its group is told, None if that was too small."""

    member: BenchmarkMember
    round: BenchmarkRound
    group: Benchmark | None


def rounds(session: Session, periods: Collection[str]) -> set[tuple[str, str]]:
    """The metrics and periods by which sites have been compared."""
    query = select(BenchmarkRound.metric, BenchmarkRound.period).where(col(BenchmarkRound.period).in_(periods))
    return set(session.exec(query))


def told(session: Session, metric: str, period: str) -> list[Benchmark]:
    """What the groups of a round are told."""
    query = select(Benchmark).join(BenchmarkRound, col(BenchmarkRound.id) == Benchmark.round_id)
    return list(session.exec(query.where(BenchmarkRound.metric == metric, BenchmarkRound.period == period)))


def newest_rounds(session: Session) -> dict[str, BenchmarkRound]:
    """The round of each metric that was made last."""
    return {row.metric: row for row in session.exec(select(BenchmarkRound).order_by(col(BenchmarkRound.id)))}


def of_site(session: Session, site_id: int) -> list[Compared]:
    """What a site was compared by, the newest of each metric, by the metric's key."""
    newest = {one.round.metric: one for one in _compared(session, col(BenchmarkMember.site_id) == site_id)}
    return [newest[metric] for metric in sorted(newest)]


def of_member(session: Session, member_id: int) -> Compared | None:
    """A site's value in a round, by its number."""
    return next(iter(_compared(session, col(BenchmarkMember.id) == member_id)), None)


def is_told(session: Session, site_ids: Collection[int]) -> bool:
    """Whether there is anything to tell one of these sites."""
    query = select(BenchmarkMember.id).where(
        col(BenchmarkMember.site_id).in_(site_ids), col(BenchmarkMember.benchmark_id).is_not(None)
    )
    return session.exec(query.limit(1)).first() is not None


def _compared(session: Session, which: object) -> list[Compared]:
    query = (
        select(BenchmarkMember, BenchmarkRound, Benchmark)
        .join(BenchmarkRound, col(BenchmarkRound.id) == BenchmarkMember.round_id)
        .join(Benchmark, col(Benchmark.id) == BenchmarkMember.benchmark_id, isouter=True)
        .where(which)  # type: ignore[arg-type]
        .order_by(col(BenchmarkRound.id))
    )
    return [Compared(*row) for row in session.exec(query)]
