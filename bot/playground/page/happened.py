"""What just happened: a line for each turn with its cause, what was stored and who was told. Reads, never writes."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot.playground.page.heard import Heard, heard
from bot.playground.page.stage import Stage
from bot.playground.page.timeline import Timeline
from bot.playground.page.walk import STEP
from storage.tables.audit import AuditRow
from storage.tables.people import Person
from storage.tables.queues import OutboxRow
from storage.tables.talks import Delivery

LINES, READ = 60, 240
NEAR = timedelta(seconds=2)
CLOCK = Heard("The clock", "")
SPOKEN = {"message": "told", "edit": "changed a message to", "react": "reacted to"}


@dataclass
class Line:
    """A turn: `id` is its delivery's, or the first deed's where the clock caused it."""

    id: str
    at: datetime
    cause: Heard
    stored: list[str] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The line as the page gets it."""
        told = [{"how": how, "whom": whom} for whom, how in self.told.items()]
        return {
            "id": self.id,
            "at": self.at.isoformat(),
            "who": self.cause.who,
            "deed": self.cause.deed,
            "stored": self.stored,
            "told": told,
        }


class Lines:
    """The newest turns, put together from deliveries, deeds and outbox rows."""

    def __init__(self, stage: Stage, timeline: Timeline, session: Session) -> None:
        self._stage, self._timeline, self._session = stage, timeline, session
        self._names = dict(session.exec(select(Person.id, Person.name)).all())
        self._by_delivery: dict[str, Line] = {}
        self._by_moment: dict[datetime, Line] = {}
        self._by_turn: dict[datetime, Line] = {}

    def gather(self) -> list[Line]:
        """The lines, newest first."""
        for one in self._session.exec(select(Delivery).order_by(col(Delivery.at).desc()).limit(READ)):
            line = Line(one.id, one.at, heard(self._stage.playground, one.id))
            self._by_delivery[one.id] = self._by_moment[one.at] = line
        for deed in reversed(self._session.exec(select(AuditRow).order_by(col(AuditRow.id).desc()).limit(READ)).all()):
            self._add_deed(deed)
        rows = self._session.exec(select(OutboxRow).order_by(col(OutboxRow.id).desc()).limit(READ)).all()
        for row in sorted(rows, key=lambda row: (not row.key.startswith("reply/"), row.id)):
            self._add_told(row)
        lines = sorted(self._by_moment.values(), key=lambda line: line.at, reverse=True)
        return [line for line in lines if line.cause.who and (line.cause.deed or line.stored or line.told)][:LINES]

    def _add_deed(self, deed: AuditRow) -> None:
        line = self._by_moment.get(deed.at)
        if line is None:
            # Of the demo's past the deeds are known, but not what was typed.
            cause = Heard(self._names[deed.actor_id], "") if deed.actor_id in self._names else CLOCK
            line = self._by_moment[deed.at] = Line(f"deed:{deed.id}", deed.at, cause)
        line.stored.append(_said(deed))

    def _add_told(self, row: OutboxRow) -> None:
        line = self._line_of(row)
        if line is None or row.kind not in SPOKEN:
            return
        whom = self._whom(row)
        how = "answered" if row.key.startswith("reply/") and whom == line.cause.who else SPOKEN[row.kind]
        line.told.setdefault(whom, how)

    def _line_of(self, row: OutboxRow) -> Line | None:
        """The line of the turn that put this row in: by the delivery it answers, the turn's moment, or by time."""
        parts = row.key.split("/")
        line = self._by_delivery.get(parts[1]) if parts[0] == "reply" and len(parts) > 1 else None
        line = line or self._by_turn.get(row.made_at) or self._nearest(self._timeline.programme(row.made_at))
        if line is not None:
            self._by_turn[row.made_at] = line
        return line

    def _nearest(self, at: datetime) -> Line | None:
        """The line closest to a moment. While the clock is moved, a moment is known to one step only."""
        near = [line for line in self._by_moment.values() if at - NEAR <= line.at <= at + STEP + NEAR]
        return min(near, key=lambda line: abs(line.at - at), default=None)

    def _whom(self, row: OutboxRow) -> str:
        channel = self._stage.playground.slack.state.channels.get(row.conversation)
        if channel is not None and channel.name:
            return f"#{channel.name}"
        return self._names.get(row.person_id or 0, "somebody who has not joined")


def happened_json(stage: Stage, timeline: Timeline) -> list[dict[str, Any]]:
    """The lines as the page gets them, newest first."""
    if stage.app is None:
        return []
    with stage.app.store.read() as session:
        return [line.as_json() for line in Lines(stage, timeline, session).gather()]


def _said(deed: AuditRow) -> str:
    """A deed in a few words: what, which, and its codes."""
    which = f"{deed.object} {deed.object_id}" if deed.object_id is not None else deed.object
    codes = [f"{name} {value}" for name, value in deed.detail.items() if value not in (None, "")]
    return ", ".join([f"{deed.what} ({which})", *codes])
