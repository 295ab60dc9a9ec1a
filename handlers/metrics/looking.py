"""Looks at a figure that was stored: a limit that it breaks opens a breach, a correction moves or settles it."""

from dataclasses import dataclass
from decimal import Decimal

from courses.model import Metric
from handlers.message import Edit
from handlers.metrics.alert import alert_key, alert_message, raise_alert
from handlers.metrics.limits import limit_of, threshold_of
from handlers.metrics.rules import beyond, drift
from handlers.turn import Turn
from storage import programme, submissions
from storage.tables.figures import Breach, BreachState, Submission
from storage.tables.programme import Site, Supplier

YEAR = 12


@dataclass(frozen=True)
class Broken:
    """A rule that a figure breaks: `value` is what was compared with `threshold`."""

    rule: str
    value: Decimal
    threshold: Decimal


def look(turn: Turn, row: Submission) -> None:
    """Compare a figure with every rule; there is one breach for a figure, however often it is corrected."""
    broken = _broken(turn, row)
    breach = submissions.breach_of(turn.session, row.site_id, row.metric, row.period)
    if breach is None and broken is not None:
        _open(turn, row, broken)
    elif breach is not None and breach.state is BreachState.OPEN:
        _move(turn, row, breach, broken)


def _broken(turn: Turn, row: Submission) -> Broken | None:
    """The first rule that is broken: a limit, the last twelve months, a steady change for the worse."""
    site = programme.site(turn.session, row.site_id)
    place = (turn.read.metric(row.metric), site, programme.supplier(turn.session, site.supplier_id))
    limit = limit_of(turn.settings, *place, row.period)
    if limit is not None and beyond(row.base_value, limit):
        return Broken("limit", row.base_value, limit.threshold)
    return _rolling(turn, row, *place) or _drifting(turn, row, *place)


def _rolling(turn: Turn, row: Submission, metric: Metric, site: Site, supplier: Supplier) -> Broken | None:
    held = threshold_of(turn.settings, metric, site, supplier, row.period, "rolling")
    values = _values(turn, row, YEAR)
    if held is None or len(values) < YEAR or sum(values) <= held.limit:
        return None
    return Broken("rolling", sum(values, Decimal(0)), held.limit)


def _drifting(turn: Turn, row: Submission, metric: Metric, site: Site, supplier: Supplier) -> Broken | None:
    held = threshold_of(turn.settings, metric, site, supplier, row.period, "drift")
    if held is None:
        return None
    values = _values(turn, row, held.periods + 1)
    worse = drift(values, higher_is_better=metric.direction == "higher") if len(values) > held.periods else None
    return Broken("drift", worse, held.limit) if worse is not None and worse > held.limit else None


def _values(turn: Turn, row: Submission, periods: int) -> list[Decimal]:
    earlier = submissions.history(turn.session, row.site_id, row.metric, row.period, periods - 1)
    return [*(one.base_value for one in earlier), row.base_value]


def _open(turn: Turn, row: Submission, broken: Broken) -> None:
    breach = Breach(
        site_id=row.site_id,
        metric=row.metric,
        period=row.period,
        submission_id=row.id,
        value=broken.value,
        threshold=broken.threshold,
        rule=broken.rule,
        at=turn.now,
    )
    turn.session.add(breach)
    turn.session.flush()
    turn.note("breach found", "breach", breach.id, metric=row.metric, period=row.period)
    raise_alert(turn, breach, row.base_unit)


def _move(turn: Turn, row: Submission, breach: Breach, broken: Broken | None) -> None:
    """Say on the alert what a correction has made of it."""
    if broken is None:
        breach.state, breach.submission_id = BreachState.SETTLED, row.id
        turn.note("breach settled", "breach", breach.id, metric=row.metric, period=row.period)
    else:
        breach.value, breach.threshold, breach.rule = broken.value, broken.threshold, broken.rule
        breach.submission_id = row.id
    turn.session.add(breach)
    mentor = turn.mentor_of(breach.site_id)
    if mentor is not None:
        message = alert_message(turn, breach, row.base_unit, open_button=broken is not None)
        turn.post(mentor, f"{alert_key(breach)}/version {row.version}", Edit(alert_key(breach), message))
