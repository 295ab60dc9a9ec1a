"""The store's tables as CSV for others to work with: a header, ISO dates, and no cell that a sheet would run."""

import csv
from collections.abc import Callable, Iterable
from typing import IO, Any

from sqlmodel import Session, col, select

from bot.csv_file import safe
from storage.tables.audit import AuditRow
from storage.tables.capas import Capa
from storage.tables.documents import DocumentReading
from storage.tables.figures import Submission
from storage.tables.people import Person
from storage.tables.programme import Site
from storage.tables.tickets import Ticket
from storage.tables.training import Assignment, AssignmentState, CourseResult, LessonResult
from storage.tables.workshops import Seat, Workshop
from storage.tickets import ORDINARY

Rows = Iterable[tuple[Any, ...]]


def _submissions(session: Session) -> Rows:
    query = select(Submission, Site.key).join(Site, col(Site.id) == Submission.site_id).order_by(col(Submission.id))
    for row, site in session.exec(query):
        yield (
            row.id,
            site,
            row.metric,
            row.period,
            row.version,
            row.value,
            row.unit,
            row.base_value,
            row.base_unit,
            row.at,
        )


def _capas(session: Session) -> Rows:
    query = select(Capa, Site.key).join(Site, col(Site.id) == Capa.site_id).order_by(col(Capa.id))
    for row, site in session.exec(query):
        yield (
            row.id,
            site,
            row.source.value,
            row.finding,
            row.requirement,
            row.auditor,
            row.reference,
            row.severity,
            row.owner_id,
            row.due_on,
            row.state.value,
            row.owed.value,
            row.owed_on,
            row.cause,
            row.corrective,
            row.preventive,
            row.verified_by_id,
            row.earlier_id,
            row.opened_at,
            row.closed_at,
        )


def _obstacles(session: Session) -> Rows:
    query = select(Ticket, Site.key).join(Site, col(Site.id) == Ticket.site_id).where(ORDINARY)
    for row, site in session.exec(query.order_by(col(Ticket.id))):
        yield (
            row.id,
            site,
            row.person_id,
            row.category,
            row.words,
            row.state.value,
            row.at,
            row.kind.value,
            row.urgency.value,
            row.language,
            row.closed_at or "",
            row.close_reason,
        )


def _training(session: Session) -> Rows:
    """Lessons, passed courses, open assignments, read documents and attended workshops, by kind."""
    for row in session.exec(select(LessonResult).order_by(col(LessonResult.id))):
        at = row.finished_at
        yield (
            "lesson",
            row.id,
            row.person_id,
            row.course,
            row.course_version,
            row.lesson,
            row.asked,
            row.right,
            at,
            None,
        )
    for done in session.exec(select(CourseResult).order_by(col(CourseResult.id))):
        figures = (done.version, "", done.asked, done.right, done.passed_at, done.valid_until)
        yield "course", done.id, done.person_id, done.course, *figures
    for one in session.exec(select(Assignment).order_by(col(Assignment.id))):
        if one.state is not AssignmentState.DONE:
            yield (
                "assigned",
                one.id,
                one.person_id,
                one.course,
                None,
                one.reason.value,
                None,
                None,
                one.assigned_at,
                one.due_on,
            )
    for read in session.exec(select(DocumentReading).order_by(col(DocumentReading.id))):
        yield "document", read.id, read.person_id, read.document, read.version, "", None, None, read.read_at, None
    seats = select(Seat, Workshop).join(Workshop, col(Workshop.id) == Seat.workshop_id).order_by(col(Seat.id))
    for seat, held in session.exec(seats):
        yield "workshop", seat.id, seat.person_id, held.topic, None, held.title, None, None, seat.attended_at, held.day


def _people(session: Session) -> Rows:
    for row in session.exec(select(Person).order_by(col(Person.id))):
        yield row.id, row.key, row.name, row.role.value, row.language or row.home_language, row.active, row.reachable


def _audit(session: Session) -> Rows:
    for row in session.exec(select(AuditRow).order_by(col(AuditRow.id))):
        yield row.id, row.at, row.actor_id, row.what, row.object, row.object_id


EXPORTS: dict[str, tuple[str, Callable[[Session], Rows]]] = {
    "submissions": ("id,site,metric,period,version,value,unit,base_value,base_unit,at", _submissions),
    "capas": (
        "id,site,source,finding,requirement,auditor,reference,severity,owner_id,due_on,state,owed,owed_on,cause,"
        "corrective,preventive,verified_by_id,earlier_id,opened_at,closed_at",
        _capas,
    ),
    "obstacles": ("id,site,person_id,category,words,state,at,kind,urgency,language,closed_at,close_reason", _obstacles),
    "training": ("kind,id,person_id,course,version,detail,asked,right,at,until", _training),
    "people": ("id,key,name,role,language,active,reachable", _people),
    "audit": ("id,at,actor_id,what,object,object_id", _audit),
}


def write_csv(session: Session, what: str, out: IO[str]) -> None:
    """Write one of `EXPORTS` with its header, rows in the order of their ids."""
    header, rows = EXPORTS[what]
    writer = csv.writer(out)
    writer.writerow(header.split(","))
    for row in rows(session):
        writer.writerow([safe(value) for value in row])
