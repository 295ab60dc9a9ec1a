"""Hand-overs of somebody's work at their sites: codes, and what moves along."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.pushes import KIND as DAILY
from storage.tables.capas import Capa
from storage.tables.documents import DocumentReading
from storage.tables.people import Handover, Membership
from storage.tables.planning import DueNote, DueState
from storage.tables.tickets import Ticket, TicketKind, TicketState
from storage.tables.training import Assignment, AssignmentState, Learner, PausedBy, Reason


def by_hash(session: Session, code_hash: str) -> Handover | None:
    """The hand-over of this code, used or not, expired or not, locked for this transaction."""
    return session.exec(select(Handover).where(Handover.code_hash == code_hash).with_for_update()).first()


def withdraw(session: Session, from_id: int, at: datetime) -> None:
    """End somebody's earlier codes, so that only the newest works."""
    mine = update(Handover).where(col(Handover.from_id) == from_id, col(Handover.used_at).is_(None))
    session.execute(mine.values(expires_at=at))


def heirs(session: Session) -> dict[int, int]:
    """Who has taken over the work of whom, by their numbers; the newest holds."""
    used = select(Handover).where(col(Handover.used_at).is_not(None)).order_by(col(Handover.used_at))
    return {row.from_id: row.to_id for row in session.exec(used) if row.to_id is not None}


def forget(session: Session, from_id: int) -> None:
    """Somebody's work counts as theirs again: the programme folder no longer names them for what they passed on."""
    for row in session.exec(select(Handover).where(Handover.from_id == from_id, col(Handover.used_at).is_not(None))):
        session.delete(row)


def move(session: Session, from_id: int, to_id: int, at: datetime) -> dict[str, int]:
    """How many of each moved: duties, open tickets, open CAPAs, courses to take, planned notes.

    What is anonymous or grave stays with who told it.
    """
    duties = list(session.exec(select(Membership).where(Membership.person_id == from_id)))
    held = {(one.site_id, one.duty) for one in session.exec(select(Membership).where(Membership.person_id == to_id))}
    for one in duties:
        session.delete(one)
        if (one.site_id, one.duty) not in held:
            session.add(Membership(person_id=to_id, site_id=one.site_id, duty=one.duty))
    tickets = list(
        session.exec(
            select(Ticket).where(
                Ticket.person_id == from_id, Ticket.state == TicketState.OPEN, Ticket.kind != TicketKind.GRAVE
            )
        )
    )
    for ticket in tickets:
        ticket.person_id = to_id
    capas = list(session.exec(select(Capa).where(Capa.owner_id == from_id, col(Capa.closed_at).is_(None))))
    for capa in capas:
        capa.owner_id, capa.version = to_id, capa.version + 1
    session.flush()
    return {
        "duties": len(duties),
        "tickets": len(tickets),
        "capas": len(capas),
        "courses": _move_courses(session, from_id, to_id, at),
        "notes": _move_notes(session, from_id, to_id),
    }


def _move_courses(session: Session, from_id: int, to_id: int, at: datetime) -> int:
    """Courses that are still to be taken go along and wait for their turn, but for those that the successor has had
    for the same reason.

    What somebody chose to learn, and the questions that they answered wrong, stay theirs: nothing brings them any more
    until they ask for it.
    """
    known = {(row.course, row.round) for row in session.exec(select(Assignment).where(Assignment.person_id == to_id))}
    undone = select(Assignment).where(
        Assignment.person_id == from_id, Assignment.state != AssignmentState.DONE, Assignment.reason != Reason.OWN
    )
    moved = 0
    for row in session.exec(undone.order_by(col(Assignment.id))):
        if (row.course, row.round) in known:
            row.state = AssignmentState.DONE
        else:
            row.person_id, row.state, moved = to_id, AssignmentState.QUEUED, moved + 1
    rests = {"lesson_on": None, "review_on": None, "paused_by": PausedBy.PERSON, "paused_at": at}
    session.execute(update(Learner).where(col(Learner.person_id) == from_id).values(rests))
    session.execute(update(DocumentReading).where(col(DocumentReading.person_id) == from_id).values(ask_on=None))
    session.flush()
    return moved


def _move_notes(session: Session, from_id: int, to_id: int) -> int:
    """Planned notes go along, but for those that the successor has been planned already, and the push of lessons."""

    def key(one: DueNote) -> tuple[object, ...]:
        return one.kind, one.object_id, one.step, one.day

    known = {key(one) for one in session.exec(select(DueNote).where(DueNote.person_id == to_id))}
    planned = select(DueNote).where(DueNote.person_id == from_id, DueNote.state == DueState.PLANNED)
    moved = 0
    for note in session.exec(planned):
        if note.kind == DAILY or key(note) in known:
            note.state, note.reason = DueState.DROPPED, "handed over"
        else:
            note.person_id, moved = to_id, moved + 1
    session.flush()
    return moved
