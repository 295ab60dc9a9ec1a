"""Stores what was confirmed of a figure, and looks at once whether it breaks the site's limit."""

from dataclasses import dataclass

from handlers.metrics.absences import record_absence
from handlers.metrics.entry import Entry
from handlers.metrics.evidence import fetch_evidence
from handlers.metrics.looking import look
from handlers.metrics.readings import keep_readings
from handlers.quantity import Measured
from handlers.turn import Turn
from handlers.urgent.talk import look_at_grave
from storage import submissions
from storage.tables.figures import Basis, Submission


@dataclass(frozen=True)
class RecordEntry:
    """What was entered, as it was read back and confirmed. `reason` replaces the entry's own for a correction."""

    entry: Entry
    reason: str = ""

    def perform(self, turn: Turn) -> None:
        """Store it: a figure as its next version, or the answer that stands in for one."""
        if self.entry.amount is None:
            record_absence(turn, self.entry)
            return
        row = self._row(turn, self.entry.amount)
        turn.session.add(row)
        turn.session.flush()
        turn.note("figure stored", "submission", row.id, metric=row.metric, period=row.period, version=row.version)
        if self.entry.amount.mark:
            turn.me.decimal_mark = self.entry.amount.mark
        if self.entry.meter is not None:
            keep_readings(turn, self.entry.figure, self.entry.meter)
        fetch_evidence(turn, row.id, self.entry.files)
        look(turn, row)
        if turn.read.metric(row.metric).grave:
            look_at_grave(turn, row)

    def _row(self, turn: Turn, amount: Measured) -> Submission:
        figure, estimate = self.entry.figure, self.entry.estimate
        return Submission(
            site_id=figure.site_id,
            metric=figure.metric,
            period=figure.period,
            version=submissions.next_version(turn.session, figure.site_id, figure.metric, figure.period),
            value=amount.value,
            unit=amount.unit,
            base_value=amount.base_value,
            base_unit=amount.base_unit,
            metric_version=self.entry.metric_version,
            basis=Basis.ESTIMATED if estimate else Basis.MEASURED,
            grade=estimate.grade if estimate else "",
            method=estimate.method if estimate else "",
            reason=self.reason or self.entry.reason,
            typed=amount.typed[:200],
            person_id=turn.me.id,
            at=turn.now,
        )


@dataclass(frozen=True)
class ForgetCustom:
    """Somebody has said no to an amount that was read by their custom: the next doubtful one is asked about again."""

    def perform(self, turn: Turn) -> None:
        """Forget how they write numbers."""
        turn.me.decimal_mark = ""
