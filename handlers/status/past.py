"""The last periods of a site's figures, gathered from the store: those it sent, and those computed from them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from courses.model import Metric
from handlers.metrics.baseline import Against, against
from handlers.metrics.ledger import Known, Ledger, ledger_of
from handlers.metrics.limits import baseline_of, limit_of, target_of
from handlers.metrics.periods import MONTHS, Length, closed_before, first_day, last_day, length_of, period_of
from handlers.metrics.rules import Limit
from handlers.metrics.spans import months_between, months_of, months_until
from handlers.status.window import window
from handlers.turn import Turn
from locales.text import Amount
from storage.tables.programme import Site, Supplier

RATES = 12
"""Months before the first bar that a rate over twelve months looks back on."""


@dataclass(frozen=True)
class SoFar:
    """What a year has come to by now, where its limit and target are meant for the year as a whole."""

    value: Decimal
    limit: Limit | None
    target: Limit | None


@dataclass(frozen=True)
class Past:
    """The figures of one metric at one site by period, up to the period `until`, which `is_missing` if it is owed.

    A figure that was returned is not among them.
    """

    site: Site
    supplier: Supplier
    metric: Metric
    figures: Mapping[str, Known]
    until: str
    is_missing: bool = False
    baseline: Against | None = None
    so_far: SoFar | None = None

    @property
    def last(self) -> Known | None:
        """The newest of these figures."""
        return next((self.figures[period] for period in reversed(self.periods) if period in self.figures), None)

    @property
    def periods(self) -> list[str]:
        """The periods that are looked at, oldest first."""
        return window(self.until)

    def amount(self, value: Decimal) -> Amount:
        """A value in the metric's unit; a computed one to the places it is shown with."""
        shown = value.quantize(Decimal(1).scaleb(-self.metric.places)) if self.metric.derived else value
        return Amount(shown, self.last.unit if self.last else self.metric.base_unit)


class Gathering:
    """The figures of one site, read once for all its metrics; `month` is its last closed one."""

    def __init__(self, turn: Turn, site: Site, supplier: Supplier, lengths: Mapping[str, Length], month: str) -> None:
        self.settings, self.site, self.supplier, self.month = turn.settings, site, supplier, month
        self.ledger: Ledger = ledger_of(turn.session, turn.house.library, site, lengths, self._months(lengths))

    def past(self, metric: Metric, until: str, owed: bool) -> Past:
        """The last periods of a metric; the last is missing if it is owed and not known."""
        known = {period: self.ledger.figure(metric, period) for period in window(until)}
        figures = {period: one for period, one in known.items() if one is not None}
        last = max(figures, key=first_day, default=until)
        # What is in another unit than the newest, as after a change of its definition, cannot be drawn beside it.
        figures = {period: one for period, one in figures.items() if one.unit == figures[last].unit}
        return Past(
            self.site,
            self.supplier,
            metric,
            figures,
            until,
            owed and until not in figures,
            self._baseline(metric, last),
            self._so_far(metric, last),
        )

    def computed(self) -> Iterator[Past]:
        """The computed figures of which at least one period is known."""
        today = last_day(self.month) + timedelta(days=1)
        for metric in self.ledger.computed():
            past = self.past(metric, closed_before(self.ledger.length(metric), today), owed=False)
            if past.figures:
                yield past

    def _baseline(self, metric: Metric, period: str) -> Against | None:
        """What the last figure is held against; of rare events no month says anything, and their rates do."""
        if metric.rare:
            return None
        held = baseline_of(self.settings, metric, self.site, self.supplier, period)
        return against(self.ledger, metric, held, period) if held else None

    def _so_far(self, metric: Metric, period: str) -> SoFar | None:
        """For a part of a year that has a limit or target as a whole."""
        if metric.over_time != "sum" or MONTHS[length_of(period)] >= MONTHS[metric.period]:
            return None
        whole, last = period_of(metric.period, first_day(period)), period_of("month", last_day(period))
        place = (self.settings, metric, self.site, self.supplier, whole)
        limit, target = limit_of(*place), target_of(*place)
        known = self.ledger.over(metric, months_between(months_of(whole)[0], last)) if limit or target else None
        return SoFar(known.value, limit, target) if known else None

    def _months(self, lengths: Mapping[str, Length]) -> set[str]:
        """Every month that a bar, a rate or a baseline may need."""
        longest = max(
            (MONTHS[one] * len(window(closed_before(one, first_day(self.month)))) for one in lengths.values()),
            default=12,
        )
        months = set(months_until(self.month, longest + RATES))
        for one in self.settings.baselines:
            months |= set(months_between(one.first, one.last))
        return months
