"""Stores a confirmed figure, and looks at once whether it breaks the site's limit."""

from dataclasses import dataclass

from handlers.metrics.alert import raise_alert
from handlers.metrics.limits import limit_of
from handlers.metrics.rules import beyond
from handlers.quantity import Measured
from handlers.turn import Turn
from storage import programme, submissions
from storage.tables.figures import Breach, Submission


@dataclass(frozen=True)
class RecordSubmission:
    """A figure as it was read back and confirmed."""

    site_id: int
    metric: str
    period: str
    metric_version: int
    amount: Measured

    def perform(self, turn: Turn) -> None:
        """Store it as the next version, and raise an alert if it breaks the limit."""
        row = Submission(
            site_id=self.site_id,
            metric=self.metric,
            period=self.period,
            version=submissions.next_version(turn.session, self.site_id, self.metric, self.period),
            value=self.amount.value,
            unit=self.amount.unit,
            base_value=self.amount.base_value,
            base_unit=self.amount.base_unit,
            metric_version=self.metric_version,
            typed=self.amount.typed[:200],
            person_id=turn.me.id,
            at=turn.now,
        )
        turn.session.add(row)
        turn.session.flush()
        turn.note("figure stored", "submission", row.id, metric=self.metric, period=self.period, version=row.version)
        _look(turn, row)


def _look(turn: Turn, row: Submission) -> None:
    """Open a breach for a figure beyond its limit; there is one for a figure, however often it is corrected."""
    site = programme.site(turn.session, row.site_id)
    supplier = programme.supplier(turn.session, site.supplier_id)
    metric = turn.read.metric(row.metric)
    limit = limit_of(turn.settings, metric, site, supplier, row.period)
    if limit is None or not beyond(row.base_value, limit):
        return
    breach = submissions.breach_of(turn.session, row.site_id, row.metric, row.period)
    if breach is None:
        breach = Breach(
            site_id=row.site_id,
            metric=row.metric,
            period=row.period,
            submission_id=row.id,
            value=row.base_value,
            threshold=limit.threshold,
            at=turn.now,
        )
        turn.session.add(breach)
        turn.session.flush()
        turn.note("breach found", "breach", breach.id, metric=row.metric, period=row.period)
        raise_alert(turn, breach, row.base_unit)
