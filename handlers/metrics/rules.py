"""Which figures are due, and when a figure is beyond its limit: pure decisions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from handlers.metrics.periods import closed_before, last_day


@dataclass(frozen=True)
class DueFigure:
    """A figure that is asked of a site for a period (`2026-10`, `2026-Q3`, `2025`)."""

    site_id: int
    metric: str
    period: str

    @property
    def key(self) -> str:
        """What tells this figure from others in a dialog's keys."""
        return f"{self.site_id}/{self.metric}/{self.period}"


@dataclass(frozen=True)
class Limit:
    """The limit that holds for a figure, in the metric's base unit.

    Beyond it is a breach: above it, or below it where higher is better.
    """

    threshold: Decimal
    unit: str
    higher_is_better: bool = False


def month_before(day: date, back: int = 1) -> str:
    """The month `back` months before the month of `day`, as `2026-10`."""
    return closed_before("month", day, back)


def due_figures(
    sites: Sequence[tuple[int, Sequence[tuple[str, str]]]], done: Collection[tuple[int, str, str]]
) -> list[DueFigure]:
    """What is owed and not done, oldest first, then by site and metric as listed.

    `sites` are pairs of site id and what it owes: metrics with their periods.
    """
    found = [DueFigure(site_id, metric, period) for site_id, figures in sites for metric, period in figures]
    owed = [figure for figure in found if (figure.site_id, figure.metric, figure.period) not in done]
    return sorted(owed, key=lambda figure: last_day(figure.period))


def beyond(value: Decimal, limit: Limit | None) -> bool:
    """Whether a value in the base unit breaks the limit."""
    if limit is None:
        return False
    return value < limit.threshold if limit.higher_is_better else value > limit.threshold


def percent_over(value: Decimal, limit: Decimal) -> int | None:
    """How far a value is from its limit, in whole per cent of the limit; None where the limit is zero."""
    return int(abs(value - limit) / limit * 100) if limit else None


def drift(values: Sequence[Decimal], *, higher_is_better: bool) -> Decimal | None:
    """By how many per cent of the first the last value is worse, if each is worse than the one before; else None."""
    if len(values) < 2 or values[0] <= 0:
        return None
    steps = [later - earlier for earlier, later in pairwise(values)]
    worse = all(step < 0 for step in steps) if higher_is_better else all(step > 0 for step in steps)
    return (abs(values[-1] - values[0]) / values[0] * 100).quantize(Decimal("0.1")) if worse else None
