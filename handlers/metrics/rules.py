"""Which figures are due, and when a figure is beyond its limit: pure decisions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class DueFigure:
    """A figure that is asked of a site for a month (`2026-10`)."""

    site_id: int
    metric: str
    period: str

    @property
    def key(self) -> str:
        """What tells this figure from others in a dialog's keys."""
        return f"{self.site_id}/{self.metric}/{self.period}"


@dataclass(frozen=True)
class Limit:
    """The limit that holds for a figure, in the metric's base unit: above it is a breach."""

    threshold: Decimal
    unit: str


def month_before(day: date, back: int = 1) -> str:
    """The month `back` months before the month of `day`, as `2026-10`."""
    months = day.year * 12 + day.month - 1 - back
    return f"{months // 12}-{months % 12 + 1:02d}"


def due_figures(
    sites: Sequence[tuple[int, Collection[str]]], today: date, months: int, given: Collection[tuple[int, str, str]]
) -> list[DueFigure]:
    """What is not given yet for the last `months` closed months, oldest first, then by site and metric as listed.

    `sites` are pairs of site id and the metrics that its tier asks for; `today` is a local date.
    """
    periods = [month_before(today, back) for back in range(months, 0, -1)]
    return [
        DueFigure(site_id, metric, period)
        for period in periods
        for site_id, metrics in sites
        for metric in metrics
        if (site_id, metric, period) not in given
    ]


def beyond(value: Decimal, limit: Limit | None) -> bool:
    """Whether a value in the base unit breaks the limit."""
    return limit is not None and value > limit.threshold


def percent_over(value: Decimal, limit: Decimal) -> int | None:
    """How far a value is above its limit, in whole per cent of the limit; None where the limit is zero."""
    return int((value - limit) / limit * 100) if limit else None
