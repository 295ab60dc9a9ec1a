"""By what sites are compared, for which period, and which of their values are of one kind."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from courses.load import Library
from courses.model import Metric
from handlers.metrics.derived import is_available
from handlers.metrics.ledger import Ledger
from handlers.metrics.periods import Length, closed_before, last_day
from handlers.programme.settings import ProgrammeSettings


def metrics_compared(library: Library, settings: ProgrammeSettings) -> list[Metric]:
    """The metrics by which sites are compared: those that the programme names, else all ratios with a direction."""
    named = settings.benchmarks.metrics
    if named:
        return [library.metrics[key] for key in named if key in library.metrics]
    return [one for one in library.derived().values() if one.over_time == "ratio" and one.direction != "neutral"]


def period_compared(length: Length, today: date, settings: ProgrammeSettings) -> str:
    """The last period whose figures have been due for so long that sites are compared by it."""
    wait = timedelta(days=settings.reporting.due_day + settings.benchmarks.after_days)
    ended = (closed_before(length, today, back) for back in range(1, 12))
    return next(period for period in ended if last_day(period) + wait < today)


def kind_of(metric: Metric, ledger: Ledger, asked: Collection[str]) -> str:
    """Of which figures a value is made at a site, `asked` being what its tier asks for.

    Energy for each piece is not compared with energy for each kg, nor energy of all kinds with electricity alone.
    """
    return "+".join(sorted(_leaves(metric, ledger, asked)))


def _leaves(metric: Metric, ledger: Ledger, asked: Collection[str]) -> set[str]:
    if not metric.derived:
        return {metric.key} & set(asked)
    found: set[str] = set()
    for term in (one for one in metric.parsed().terms() if not one.is_factor):
        there = [key for key in term.keys if is_available(ledger.library, key, ledger.lengths)]
        found |= _leaves(ledger.library.metrics[there[0] if there else term.keys[0]], ledger, asked)
    return found


def length_compared(metric: Metric, ledger: Ledger) -> Length | None:
    """The length of the periods for which a site has such values; None if it has none."""
    return ledger.length(metric) if is_available(ledger.library, metric.key, ledger.lengths) else None


def without_figures(library: Library, lengths: Mapping[str, Length]) -> Ledger:
    """What a site could have of which this is asked."""
    return Ledger(library, "", lengths, {})
