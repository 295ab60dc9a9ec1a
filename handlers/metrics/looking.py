"""Looks at a figure that was stored: a limit that it breaks opens a breach, a correction moves or settles it.

The figures that are computed from it are looked at too, where the programme sets a limit for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from courses.model import Metric
from handlers.message import Edit
from handlers.metrics.alert import alert_key, alert_message, raise_alert
from handlers.metrics.ledger import Ledger, ledger_of
from handlers.metrics.limits import limit_of, threshold_of
from handlers.metrics.periods import MONTHS, closed_before, first_day, last_day, length_of, period_of
from handlers.metrics.rules import beyond, drift
from handlers.metrics.spans import months_until
from handlers.turn import Turn
from storage import programme, submissions
from storage.tables.figures import Breach, BreachState, Submission

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


def look(turn: Turn, row: Submission) -> None:
    """Compare a figure with every rule; there is one breach for a figure, however often it is corrected."""
    looking = Looking(turn, row)
    for one in looking.figures():
        broken = looking.broken(one)
        breach = submissions.breach_of(turn.session, row.site_id, one.metric.key, one.period)
        if breach is None and broken is not None:
            _open(turn, one, broken)
        elif breach is not None and breach.state is BreachState.OPEN:
            _move(turn, one, breach, broken)


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
            length = max(metric.period, self._ledger.length(metric), key=MONTHS.__getitem__)
            known = self._ledger.figure(metric, period := period_of(length, first_day(row.period)))
            if known is not None:
                yield Looked(metric, period, known.value, row)

    def broken(self, one: Looked) -> Broken | None:
        """The first rule that is broken: a limit, the last twelve months, a steady change for the worse."""
        limit = limit_of(self.turn.settings, one.metric, self.site, self.supplier, one.period)
        if limit is not None and beyond(one.value, limit):
            return Broken("limit", _shown(one.value, one.metric), limit.threshold)
        return self._rolling(one) or self._drifting(one)

    def _rolling(self, one: Looked) -> Broken | None:
        """Twelve months together, whatever the periods in which they were sent."""
        held = threshold_of(self.turn.settings, one.metric, self.site, self.supplier, one.period, "rolling")
        year = self._ledger.over(one.metric, months_until(one.period, YEAR)) if held else None
        if held is None or year is None or year.value <= held.limit:
            return None
        return Broken("rolling", _shown(year.value, one.metric), held.limit)

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


def _shown(value: Decimal, metric: Metric) -> Decimal:
    """A computed value to the places it is shown with."""
    return value.quantize(Decimal(1).scaleb(-metric.places)) if metric.derived else value


def _open(turn: Turn, one: Looked, broken: Broken) -> None:
    breach = Breach(
        site_id=one.row.site_id,
        metric=one.metric.key,
        period=one.period,
        submission_id=one.row.id,
        value=broken.value,
        threshold=broken.threshold,
        rule=broken.rule,
        at=turn.now,
    )
    turn.session.add(breach)
    turn.session.flush()
    turn.note("breach found", "breach", breach.id, metric=breach.metric, period=breach.period)
    raise_alert(turn, breach, one.metric.base_unit)


def _move(turn: Turn, one: Looked, breach: Breach, broken: Broken | None) -> None:
    """Say on the alert what a correction has made of it."""
    if broken is None:
        breach.state = BreachState.SETTLED
        turn.note("breach settled", "breach", breach.id, metric=breach.metric, period=breach.period)
    else:
        breach.value, breach.threshold, breach.rule = broken.value, broken.threshold, broken.rule
    breach.submission_id = one.row.id
    turn.session.add(breach)
    mentor = turn.mentor_of(breach.site_id)
    if mentor is not None:
        message = alert_message(turn, breach, one.metric.base_unit, open_button=broken is not None)
        version = f"version {one.row.version}" if one.row.metric == breach.metric else f"figure {one.row.id}"
        turn.post(mentor, f"{alert_key(breach)}/{version}", Edit(alert_key(breach), message))
