"""Compares the sites, once for each metric and period, some days after its figures were due: it stays as it is then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from courses.model import Metric
from handlers.benchmarks.compared import (
    kind_of,
    length_compared,
    metrics_compared,
    period_compared,
    without_figures,
)
from handlers.benchmarks.rules import Grouping, Member, Standing, standings
from handlers.metrics.derived import FINEST
from handlers.metrics.ledger import LENGTHS, Ledger, ledgers_of
from handlers.metrics.periods import Length, closed_before, first_day, length_of
from handlers.metrics.spans import months_until
from handlers.turn import Turn
from storage import benchmarks, programme, suppliers
from storage.tables.benchmarks import Benchmark, BenchmarkMember, BenchmarkRound
from storage.tables.programme import Site, Supplier

YEAR = 12


@dataclass(frozen=True)
class _Place:
    """A site with what is asked of it."""

    site: Site
    supplier: Supplier
    asked: Mapping[str, Length]


@dataclass(frozen=True)
class _Value:
    """A site's value with where it comes from."""

    member: Member
    estimated: bool


def make_rounds(turn: Turn) -> None:
    """Compare the sites by every metric whose last period has not been compared yet."""
    if not turn.settings.benchmarks.on:
        return
    places = list(_places(turn))
    owed = _owed(turn, places)
    if not owed:
        return
    months = {month for metric, period in owed for month in months_until(period, max(metric.window, YEAR))}
    asked = [(one.site, one.asked) for one in places]
    ledgers = ledgers_of(turn.session, turn.house.library, asked, months)
    for metric, period in owed:
        _make(turn, metric, period, list(_values(metric, period, places, ledgers)))


def _places(turn: Turn) -> Iterator[_Place]:
    """All sites that take part."""
    sites = programme.active_sites(turn.session)
    named = suppliers.by_ids(turn.session, {site.supplier_id for site in sites})
    asked = {one.tier: turn.read.lengths_of(one) for one in named.values()}
    for site in sites:
        supplier = named[site.supplier_id]
        if supplier.active:
            yield _Place(site, supplier, asked[supplier.tier])


def _owed(turn: Turn, places: Sequence[_Place]) -> list[tuple[Metric, str]]:
    """The metrics with the periods by which sites are to be compared now."""
    today = turn.now.astimezone(turn.settings.zone).date()
    periods = {length: period_compared(length, today, turn.settings) for length in LENGTHS}
    tiers = {one.supplier.tier: without_figures(turn.house.library, one.asked) for one in places}
    done = benchmarks.rounds(turn.session, periods.values())
    found = []
    for metric in metrics_compared(turn.house.library, turn.settings):
        there = {length_compared(metric, one) for one in tiers.values()}
        found += [(metric, periods[length]) for length in LENGTHS if length in there]
    return [(metric, period) for metric, period in found if (metric.key, period) not in done]


def _values(metric: Metric, period: str, places: Sequence[_Place], ledgers: Sequence[Ledger]) -> Iterator[_Value]:
    """What the sites have for a period that is theirs: who sends quarters is compared by the quarter alone."""
    for place, ledger in zip(places, ledgers, strict=True):
        if length_compared(metric, ledger) != length_of(period):
            continue
        known = ledger.figure(metric, period)
        if known is not None and known.unit == metric.base_unit:
            site, supplier = place.site, place.supplier
            kind = kind_of(metric, ledger, place.asked)
            yield _Value(Member(site.id, supplier.id, site.country, supplier.tier, known.value, kind), known.estimated)


def _make(turn: Turn, metric: Metric, period: str, values: Sequence[_Value]) -> None:
    """Keep what may be told, and each site's own value beside it."""
    row = BenchmarkRound(metric=metric.key, period=period, unit=metric.base_unit, made_at=turn.now)
    turn.session.add(row)
    last = benchmarks.told(turn.session, metric.key, closed_before(length_of(period), first_day(period)))
    before = {(one.country, one.tier, one.kind): (one.lower, one.middle, one.upper) for one in last}
    turn.session.flush()
    groups: dict[int, int] = {}
    for standing in standings([one.member for one in values], Grouping(metric.base_unit, before)):
        group = _group(row, standing)
        turn.session.add(group)
        turn.session.flush()
        groups |= dict.fromkeys(standing.sites, group.id)
    turn.session.add_all(_member(row, one, groups.get(one.member.site_id)) for one in values)
    turn.note("sites compared", "benchmark round", row.id, metric=metric.key, period=period)


def _group(row: BenchmarkRound, standing: Standing) -> Benchmark:
    lower, middle, upper = (mark.quantize(FINEST) for mark in standing.marks)
    return Benchmark(
        round_id=row.id,
        country=standing.country,
        tier=standing.tier,
        kind=standing.kind,
        lower=lower,
        middle=middle,
        upper=upper,
    )


def _member(row: BenchmarkRound, one: _Value, group: int | None) -> BenchmarkMember:
    return BenchmarkMember(
        round_id=row.id,
        benchmark_id=group,
        site_id=one.member.site_id,
        value=one.member.value,
        estimated=one.estimated,
    )
