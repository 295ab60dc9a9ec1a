"""Looks at a figure that was stored: a limit that it breaks opens a breach, a correction moves or settles it.

The figures that are computed from it are looked at too, where the programme sets a limit for them.
"""

from handlers.capa import effect
from handlers.message import Edit
from handlers.metrics.alert import alert_key, alert_message, raise_alert
from handlers.metrics.breaking import Broken, Looked, Looking
from handlers.turn import Turn
from storage import submissions
from storage.tables.figures import Breach, BreachState, Submission


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
        effect.read(turn, one)


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
