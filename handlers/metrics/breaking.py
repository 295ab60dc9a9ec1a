"""Which rule a figure breaks: a limit, the sum of twelve months, a steady change for the worse."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from courses.model import Metric
from handlers.metrics.ledger import Ledger, ledger_of
from handlers.metrics.limits import limit_of, threshold_of
from handlers.metrics.periods import MONTHS, Length, closed_before, first_day, last_day, length_of, period_of
from handlers.metrics.rules import beyond, drift
from handlers.metrics.spans import months_until
from handlers.turn import Turn
from storage import programme, submissions
from storage.tables.figures import Submission

YEAR = 12
GAPS = 12
"""So many periods more than it needs are searched for the values of a steady change."""


@dataclass(frozen=True)
class Broken:
    """A rule that a figure breaks: `value` is what was compared with `threshold`."""

    rule: str
    value: Decimal
    threshold: Decimal


@dataclass(frozen=True)
class Looked:
    """A figure that is looked at, and `row`, which was sent: the figure itself, or what it is computed from."""

    metric: Metric
    period: str
    value: Decimal
    row: Submission


class Looking:
    """One look at what was sent, at its site."""

    def __init__(self, turn: Turn, row: Submission) -> None:
        self.turn, self.row = turn, row
        self.site = programme.site(turn.session, row.site_id)
        self.supplier = programme.supplier(turn.session, self.site.supplier_id)

    def figures(self) -> Iterator[Looked]:
        """The figure that was sent, then those that rest on it and have a limit, each for its own period at least."""
        row, metrics = self.row, self.turn.house.library.metrics
        yield Looked(metrics[row.metric], row.period, row.base_value, row)
        limited = dict.fromkeys(one.metric for one in self.turn.settings.thresholds)
        for metric in (metrics[key] for key in limited if metrics[key].derived):
            if not self._ledger.rests_on(metric, row.metric):
                continue
            known = self._ledger.figure(metric, period := period_of(self._length(metric), first_day(row.period)))
            if known is not None:
                yield Looked(metric, period, known.value, row)

    def after(self, metric: Metric, day: date, today: date) -> list[Looked]:
        """The figures of this metric whose whole period lies after a day, oldest first; none that was returned."""
        if not metric.derived:
            rows = submissions.of_metric(self.turn.session, self.site.id, metric.key)
            held = [row for row in rows if first_day(row.period) > day and not row.returned_why]
            return [Looked(metric, row.period, row.base_value, row) for row in held]
        length, found = self._length(metric), []
        for back in range(GAPS, -1, -1):
            period = closed_before(length, today, back)
            known = self._ledger.figure(metric, period) if first_day(period) > day else None
            found += [Looked(metric, period, known.value, self.row)] if known is not None else []
        return found

    def limit(self, one: Looked) -> Decimal | None:
        """The limit that a figure is held against; None if the programme sets none for it."""
        found = limit_of(self.turn.settings, one.metric, self.site, self.supplier, one.period)
        return found.threshold if found else None

    def _length(self, metric: Metric) -> Length:
        return max(metric.period, self._ledger.length(metric), key=MONTHS.__getitem__)

    def broken(self, one: Looked) -> Broken | None:
        """The first rule that is broken: a limit, the last twelve months, a steady change for the worse."""
        limit = limit_of(self.turn.settings, one.metric, self.site, self.supplier, one.period)
        if limit is not None and beyond(one.value, limit):
            return Broken("limit", shown(one.value, one.metric), limit.threshold)
        return self._rolling(one) or self._drifting(one)

    def _rolling(self, one: Looked) -> Broken | None:
        """Twelve months together, whatever the periods in which they were sent."""
        held = threshold_of(self.turn.settings, one.metric, self.site, self.supplier, one.period, "rolling")
        year = self._ledger.over(one.metric, months_until(one.period, YEAR)) if held else None
        if held is None or year is None or year.value <= held.limit:
            return None
        return Broken("rolling", shown(year.value, one.metric), held.limit)

    def _drifting(self, one: Looked) -> Broken | None:
        """Periods of one length; those that are not known are passed over."""
        held = threshold_of(self.turn.settings, one.metric, self.site, self.supplier, one.period, "drift")
        if held is None:
            return None
        length, day = length_of(one.period), first_day(one.period)
        periods = [closed_before(length, day, back) for back in range(held.periods + GAPS, -1, -1)]
        known = [found.value for period in periods if (found := self._ledger.figure(one.metric, period))]
        values = known[-held.periods - 1 :]
        worse = drift(values, higher_is_better=one.metric.direction == "higher") if len(values) > held.periods else None
        return Broken("drift", worse, held.limit) if worse is not None and worse > held.limit else None

    @cached_property
    def _ledger(self) -> Ledger:
        """The site's figures as far back as a rule may look."""
        turn = self.turn
        most = max((one.periods for one in turn.settings.thresholds), default=0) + GAPS
        last = period_of("month", last_day(period_of("year", last_day(self.row.period))))
        months = months_until(last, YEAR + most * MONTHS[length_of(self.row.period)])
        return ledger_of(turn.session, turn.house.library, self.site, turn.read.lengths_of(self.supplier), months)


def shown(value: Decimal, metric: Metric) -> Decimal:
    """A computed value to the places it is shown with."""
    return value.quantize(Decimal(1).scaleb(-metric.places)) if metric.derived else value
