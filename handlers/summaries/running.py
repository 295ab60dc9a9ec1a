"""Who met all targets for so many periods running that better terms may be offered: decided from what is on record."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from courses.load import Library
from courses.model import Metric
from handlers.metrics.derived import is_available
from handlers.metrics.ledger import Ledger
from handlers.metrics.periods import Length, closed_before
from handlers.programme.settings import ProgrammeSettings
from handlers.status.facts import SiteFacts
from handlers.status.marks import marks_of
from handlers.summaries.scope import Scope
from handlers.turn import Turn
from storage import totals
from storage.tables.programme import Supplier
from storage.totals import Held


@dataclass(frozen=True)
class Run:
    """A supplier that met every target at all of its sites for `periods` periods running, `estimated` in part."""

    supplier: Supplier
    periods: int
    metrics: tuple[str, ...]
    estimated: bool


def runs(turn: Turn, scope: Scope) -> list[Run]:
    """The suppliers whose run is as long as the programme asks, in order of name. One statement for all sites."""
    settings, library = turn.settings, turn.house.library
    aimed = {one.metric for one in settings.targets}
    if not aimed:
        return []
    ledgers = _ledgers(turn, scope)
    sites: dict[int, list[SiteFacts]] = {}
    for one in scope.sites:
        sites.setdefault(one.supplier.id, []).append(one)
    found = [_run(settings, library, scope, some, ledgers, aimed) for some in sites.values()]
    return sorted((one for one in found if one is not None), key=lambda one: one.supplier.name)


def _run(
    settings: ProgrammeSettings,
    library: Library,
    scope: Scope,
    sites: list[SiteFacts],
    ledgers: Mapping[int, Ledger],
    aimed: set[str],
) -> Run | None:
    """The run of a supplier; None if it is too short.

    A target that is newer than that must be met since its first period, but a run needs one that was met in all.
    """
    wanted = settings.better_terms.periods
    metrics: dict[str, None] = {}
    longest, estimated = 0, False
    for site in sites:
        ledger = ledgers[site.site.id]
        for metric in (library.metrics[key] for key in sorted(aimed)):
            met = 0
            for period in _periods(ledger, metric, scope, wanted):
                marks = marks_of(settings, metric, site.site, site.supplier, period)
                if marks.target is None:
                    continue
                known = ledger.figure(metric, period)
                if known is None or not marks.reached(known.value):
                    return None
                met, metrics[metric.key] = met + 1, None
                estimated = estimated or known.estimated
            longest = max(longest, met)
    return Run(sites[0].supplier, wanted, tuple(metrics), estimated) if longest == wanted else None


def _periods(ledger: Ledger, metric: Metric, scope: Scope, count: int) -> Iterator[str]:
    """The last periods of a metric that are over, where it is asked of the site or can be computed there."""
    if is_available(ledger.library, metric.key, ledger.lengths):
        length: Length = ledger.length(metric)
        yield from (closed_before(length, scope.today, back) for back in range(1, count + 1))


def _ledgers(turn: Turn, scope: Scope) -> dict[int, Ledger]:
    """What every site has sent in the last periods of any length."""
    wanted = turn.settings.better_terms.periods
    lengths: tuple[Length, ...] = ("month", "quarter", "year")
    longest = {length for one in scope.sites for length in one.lengths.values()}
    periods = [
        closed_before(length, scope.today, back)
        for length in lengths
        if length == "month" or length in longest
        for back in range(1, wanted * (3 if length == "month" and "quarter" in longest else 1) + 1)
    ]
    rows: dict[int, dict[str, dict[str, Held]]] = {site_id: {} for site_id in scope.ids}
    for one in totals.held(turn.session, scope.ids, periods):
        rows[one.site_id].setdefault(one.metric, {})[one.period] = one
    return {
        one.site.id: Ledger(turn.house.library, one.site.country, one.lengths, rows[one.site.id]) for one in scope.sites
    }
