"""Where people stand in the store: every column that names a person, and what erasure does with its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import case
from sqlmodel import SQLModel, col

from storage.outbox import UNSENT
from storage.tables.audit import AuditRow
from storage.tables.capas import Capa, CapaEvent, CapaExtension, CapaStep
from storage.tables.committee import Decision, Voice
from storage.tables.documents import DocumentReading
from storage.tables.figures import Absence, Breach, Submission
from storage.tables.files import FileLink
from storage.tables.meters import MeterReading
from storage.tables.people import Contact, Handover, Invite, Membership
from storage.tables.planning import DueNote, DueState
from storage.tables.programme import Site, TierProposal
from storage.tables.queues import OutboxRow, SendState, WorkRow
from storage.tables.talks import DialogRow
from storage.tables.tickets import Ticket, TicketColleague, TicketMessage
from storage.tables.time_off import Closure, Leave
from storage.tables.tips import Tip
from storage.tables.training import (
    Assignment,
    AssignmentState,
    Consent,
    CourseResult,
    Learner,
    LessonResult,
    ReviewCard,
)
from storage.tables.urgent import UrgentReport
from storage.tables.workshops import Seat, Workshop

STAYS: Mapping[str, Any] = MappingProxyType({})
GOES = None
REASON = "erased"


@dataclass(frozen=True)
class Trace:
    """A column that holds a person's id. On erasure its rows get `values`: none if they stay, None if they go."""

    table: type[SQLModel]
    column: str
    values: Mapping[str, Any] | None

    @property
    def name(self) -> str:
        """The table's name in the store."""
        return str(self.table.__tablename__)


def _settled() -> Mapping[str, Any]:
    dropped = case((col(OutboxRow.state).in_(UNSENT), SendState.DROPPED.value), else_=col(OutboxRow.state))
    return {"payload": {}, "error": "", "state": dropped}


def _unplanned() -> Mapping[str, Any]:
    # The rows stay, so that what was planned for somebody is not planned for them again.
    planned = col(DueNote.state) == DueState.PLANNED
    return {
        "state": case((planned, DueState.DROPPED.value), else_=col(DueNote.state)),
        "reason": case((planned, REASON), else_=col(DueNote.reason)),
    }


TRACES = (
    Trace(Contact, "person_id", GOES),
    Trace(Membership, "person_id", GOES),
    Trace(Invite, "person_id", GOES),
    Trace(Invite, "made_by_id", STAYS),
    Trace(Handover, "from_id", STAYS),
    Trace(Handover, "to_id", STAYS),
    Trace(Handover, "made_by_id", STAYS),
    Trace(DialogRow, "person_id", GOES),
    Trace(WorkRow, "person_id", GOES),
    Trace(FileLink, "person_id", GOES),
    Trace(OutboxRow, "person_id", _settled()),
    Trace(OutboxRow, "about_id", _settled()),
    Trace(DueNote, "person_id", _unplanned()),
    Trace(DueNote, "told_id", STAYS),
    Trace(Leave, "person_id", GOES),
    Trace(Leave, "deputy_id", {"deputy_id": None}),
    Trace(Closure, "person_id", STAYS),
    Trace(Decision, "recorded_by_id", STAYS),
    Trace(Voice, "person_id", STAYS),
    Trace(Site, "mentor_id", {"mentor_id": None}),
    Trace(TierProposal, "decided_by_id", {"why": ""}),
    Trace(Submission, "person_id", {"typed": "", "method": "", "reason": ""}),
    Trace(Submission, "returned_by_id", {"returned_why": REASON}),
    Trace(Absence, "person_id", {"reason": ""}),
    Trace(Absence, "decided_by_id", {"decided_why": ""}),
    Trace(Breach, "seen_by_id", STAYS),
    Trace(MeterReading, "person_id", STAYS),
    Trace(UrgentReport, "person_id", STAYS),
    Trace(UrgentReport, "spoken_by_id", STAYS),
    Trace(Ticket, "person_id", {"words": ""}),
    Trace(Ticket, "assignee_id", {"assignee_id": None}),
    Trace(Ticket, "taken_by_id", STAYS),
    Trace(Tip, "author_id", {"words": ""}),
    Trace(TicketMessage, "person_id", {"words": "", "source": "", "carried": ""}),
    Trace(TicketColleague, "person_id", GOES),
    Trace(CapaEvent, "person_id", {"note": "", "detail": {}}),
    Trace(CapaStep, "owner_id", STAYS),
    Trace(CapaStep, "done_by_id", STAYS),
    Trace(CapaExtension, "asked_by_id", {"reason": ""}),
    Trace(CapaExtension, "decided_by_id", {"decided_why": ""}),
    Trace(Capa, "owner_id", STAYS),
    Trace(Capa, "opened_by_id", STAYS),
    Trace(Capa, "submitted_by_id", {"whys": []}),
    Trace(Capa, "verified_by_id", STAYS),
    Trace(LessonResult, "person_id", STAYS),
    Trace(Assignment, "person_id", {"state": AssignmentState.DONE}),
    Trace(Assignment, "assigned_by_id", STAYS),
    Trace(CourseResult, "person_id", STAYS),
    Trace(ReviewCard, "person_id", STAYS),
    # Somebody who is gone is brought nothing and named nowhere.
    Trace(Learner, "person_id", {"lesson_on": None, "review_on": None, "recognition": Consent.NO}),
    Trace(DocumentReading, "person_id", {"ask_on": None}),
    Trace(Workshop, "mentor_id", STAYS),
    Trace(Seat, "person_id", STAYS),
    Trace(AuditRow, "actor_id", STAYS),
)
