"""How long each thing is kept: the table that the documentation quotes, and the sweep that keeps to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, and_, delete
from sqlmodel import Session, SQLModel, col, select

from storage.files import unused
from storage.tables.audit import AuditRow
from storage.tables.benchmarks import Benchmark, BenchmarkMember, BenchmarkRound
from storage.tables.capas import Capa, CapaEvent, CapaExtension, CapaStep
from storage.tables.committee import Decision, Voice
from storage.tables.definitions import KnownMetric
from storage.tables.documents import DocumentReading
from storage.tables.figures import Absence, Breach, Submission
from storage.tables.files import Blob, FileLink
from storage.tables.meters import Meter, MeterReading
from storage.tables.people import Contact, Handover, Invite, Membership, Person
from storage.tables.planning import CalendarDay, DueNote
from storage.tables.programme import Programme, Site, Supplier, TierProposal
from storage.tables.queues import Lane, OutboxRow, SendState, WorkRow, WorkState
from storage.tables.talks import Delivery, DeliveryState, DialogRow, DialogState
from storage.tables.tickets import Ticket, TicketColleague, TicketMessage
from storage.tables.time_off import Closure, Leave
from storage.tables.tips import Tip, TipVote, Translation
from storage.tables.training import Assignment, CourseResult, Learner, LessonResult, ReviewCard
from storage.tables.urgent import UrgentReport
from storage.tables.workshops import Seat, Workshop

SETTLED = (SendState.SENT, SendState.FAILED, SendState.DROPPED)


@dataclass(frozen=True)
class Term:
    """How long `what` of a table is kept: `days`, or None for as long as the programme runs or until erasure.

    `over(moment)` says which rows are done with and older than the moment.
    """

    table: type[SQLModel]
    what: str
    days: int | None = None
    over: Callable[[datetime], Any] | None = None

    @property
    def name(self) -> str:
        """The table's name in the store."""
        return str(self.table.__tablename__)


def _dialogs(moment: datetime) -> Any:
    return and_(col(DialogRow.state).in_((DialogState.DONE, DialogState.CANCELLED)), col(DialogRow.touched_at) < moment)


def _deliveries(moment: datetime) -> Any:
    return and_(col(Delivery.state) == DeliveryState.DONE, col(Delivery.at) < moment)


def _messages(moment: datetime) -> Any:
    return and_(col(OutboxRow.state).in_(SETTLED), col(OutboxRow.lane) != Lane.ALERT, col(OutboxRow.made_at) < moment)


def _alerts(moment: datetime) -> Any:
    return and_(col(OutboxRow.state).in_(SETTLED), col(OutboxRow.lane) == Lane.ALERT, col(OutboxRow.made_at) < moment)


def _work(moment: datetime) -> Any:
    return and_(col(WorkRow.state).in_((WorkState.DONE, WorkState.FAILED)), col(WorkRow.ready_at) < moment)


def _days(moment: datetime) -> Any:
    return col(CalendarDay.day) < moment.date()


def _rounds(moment: datetime) -> Any:
    return col(BenchmarkRound.made_at) < moment


def _of_rounds(table: type[Benchmark] | type[BenchmarkMember]) -> Callable[[datetime], Any]:
    return lambda moment: col(table.round_id).in_(select(BenchmarkRound.id).where(_rounds(moment)))


def _files(moment: datetime) -> Any:
    return and_(col(Blob.at) < moment, unused())


TERMS = (
    Term(DialogRow, "finished and cancelled dialogs", 30, _dialogs),
    Term(Delivery, "deliveries that were handled", 30, _deliveries),
    Term(OutboxRow, "settled answers and pushes", 90, _messages),
    # People answer in the thread of an alert or a ticket, which is found by the message that began it.
    Term(OutboxRow, "settled alerts and people's replies", 730, _alerts),
    Term(WorkRow, "finished and failed work", 90, _work),
    Term(CalendarDay, "past calendar days", 365, _days),
    Term(BenchmarkMember, "the values by which sites were compared", 730, _of_rounds(BenchmarkMember)),
    Term(Benchmark, "what groups of sites were told", 730, _of_rounds(Benchmark)),
    Term(BenchmarkRound, "when sites were compared", 730, _rounds),
    Term(Blob, "files that belong to nothing any more", 1, _files),
    Term(FileLink, "what files belong to, until its sender is erased"),
    Term(Person, "people, until erased; then a bare number"),
    Term(Contact, "accounts, until erased"),
    Term(Membership, "duties at sites, until erased"),
    Term(Invite, "invitations, until erased"),
    Term(DueNote, "planned and said notes, with what they concern"),
    Term(Closure, "shutdowns of sites"),
    Term(Leave, "leaves, until their person is erased"),
    Term(Decision, "decisions; words, without the names of those who were erased"),
    Term(Voice, "who decided"),
    Term(Programme, "the programme"),
    Term(Supplier, "suppliers"),
    Term(Site, "sites"),
    Term(TierProposal, "proposals of a lighter tier; reasons, until their author is erased"),
    Term(Submission, "figures; what was typed for them, until erased"),
    Term(Absence, "answers in place of figures; reasons, until their author is erased"),
    Term(Meter, "meters"),
    Term(MeterReading, "what was read off meters"),
    Term(Breach, "figures beyond their limit"),
    Term(UrgentReport, "deaths that were told, and who has spoken to the site"),
    Term(KnownMetric, "the versions of metrics that are known"),
    Term(Capa, "CAPAs"),
    Term(CapaStep, "the steps of CAPAs"),
    Term(CapaExtension, "more time for CAPAs; reasons, until their author is erased"),
    Term(CapaEvent, "the history of CAPAs; notes, until their author is erased"),
    Term(Ticket, "tickets; people's words, until erased"),
    Term(TicketMessage, "the talk about tickets; people's words, until erased"),
    Term(TicketColleague, "who was asked about a ticket, until erased"),
    Term(Tip, "tips made of tickets; words, until their author is erased"),
    Term(TipVote, "who found a tip useful, under a keyed hash"),
    Term(Translation, "what an engine translated, until the words it was made of go"),
    Term(Handover, "who took over whose work"),
    Term(LessonResult, "results of lessons"),
    Term(CourseResult, "results of courses"),
    Term(Assignment, "what is to be learned, and why"),
    Term(ReviewCard, "questions that come back"),
    Term(Learner, "people's pace of learning"),
    Term(DocumentReading, "who has read which document"),
    Term(Workshop, "workshops"),
    Term(Seat, "who took part in workshops"),
    Term(AuditRow, "the audit trail"),
)


def sweep(session: Session, now: datetime) -> dict[str, int]:
    """How many rows of each table went because their time was over. `now` is the programme's moment.

    Some moments in the store are real time and some the programme's. The earlier clock counts for both, so that a
    programme whose clock was moved ahead does not lose what was said a minute ago.
    """
    earlier = now - timedelta(seconds=max(0.0, _ahead(session)))
    gone: dict[str, int] = {}
    for term in TERMS:
        if term.days is not None and term.over is not None:
            rows = _delete(session, term.table, term.over(earlier - timedelta(days=term.days)))
            gone[term.name] = gone.get(term.name, 0) + rows
    return gone


def _ahead(session: Session) -> float:
    """By how many seconds the programme's clock is ahead of real time."""
    return session.exec(select(Programme.clock_offset_s)).first() or 0.0


def _delete(session: Session, table: type[SQLModel], which: Any) -> int:
    result = session.execute(delete(table).where(which).execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101  (a DELETE always gives one; the type says less)
    return result.rowcount
