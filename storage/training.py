"""What people have learned, what comes back to them, and their pace."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.training import Assignment, AssignmentState, CourseResult, Learner, LessonResult, ReviewCard


def results(session: Session, person_id: int, course: str) -> list[LessonResult]:
    """The finished lessons of a course, oldest first."""
    query = select(LessonResult).where(LessonResult.person_id == person_id, LessonResult.course == course)
    return list(session.exec(query.order_by(col(LessonResult.id))))


def of_people(session: Session, person_ids: Collection[int]) -> list[LessonResult]:
    """The finished lessons of these people, oldest first."""
    query = select(LessonResult).where(col(LessonResult.person_id).in_(person_ids))
    return list(session.exec(query.order_by(col(LessonResult.id))))


def finished(session: Session, since: datetime, until: datetime) -> list[LessonResult]:
    """The lessons finished from `since` (included) to `until` (not included), oldest first."""
    query = select(LessonResult).where(col(LessonResult.finished_at) >= since, col(LessonResult.finished_at) < until)
    return list(session.exec(query.order_by(col(LessonResult.id))))


def passed(session: Session, person_ids: Collection[int]) -> list[CourseResult]:
    """The courses that these people have passed, oldest first."""
    query = select(CourseResult).where(col(CourseResult.person_id).in_(person_ids))
    return list(session.exec(query.order_by(col(CourseResult.id))))


def passed_by_anybody(session: Session) -> list[str]:
    """The courses that somebody has passed, in the order of their keys."""
    return sorted(session.exec(select(CourseResult.course).distinct()))


def course_result(session: Session, result_id: int) -> CourseResult | None:
    """The passed course of this number."""
    return session.exec(select(CourseResult).where(CourseResult.id == result_id)).first()


# --- what is to be learned ---


def open_assignment(session: Session, person_id: int) -> Assignment | None:
    """The course whose turn it is."""
    query = select(Assignment).where(Assignment.person_id == person_id, Assignment.state == AssignmentState.OPEN)
    return session.exec(query.order_by(col(Assignment.id))).first()


def unfinished(session: Session, person_ids: Collection[int]) -> list[Assignment]:
    """What these people have still to take, those whose turn it is first, then in the order of the queue."""
    query = select(Assignment).where(
        col(Assignment.person_id).in_(person_ids), Assignment.state != AssignmentState.DONE
    )
    rows = session.exec(query.order_by(col(Assignment.id)))
    return sorted(rows, key=lambda row: row.state is not AssignmentState.OPEN)


def assignment_of(session: Session, person_id: int, course: str) -> Assignment | None:
    """What somebody has still to do of a course; None if nothing is assigned or all is done."""
    return next((row for row in unfinished(session, [person_id]) if row.course == course), None)


# --- questions that come back ---


def cards(session: Session, person_ids: Collection[int]) -> list[ReviewCard]:
    """The questions that come back to these people or have done so, those due first first."""
    query = select(ReviewCard).where(col(ReviewCard.person_id).in_(person_ids))
    return sorted(session.exec(query), key=lambda row: (row.due_on is None, row.due_on or date.max, row.id))


def card(session: Session, person_id: int, course: str, lesson: str, question: str) -> ReviewCard | None:
    """The card of a question, if it was ever answered wrong."""
    return session.exec(
        select(ReviewCard).where(
            ReviewCard.person_id == person_id,
            ReviewCard.course == course,
            ReviewCard.lesson == lesson,
            ReviewCard.question == question,
        )
    ).first()


# --- pace ---


def learner(session: Session, person_id: int) -> Learner:
    """A person's pace; made when it is asked for first."""
    insert_once(session, Learner, Learner(person_id=person_id).model_dump(exclude={"id"}))
    return session.exec(select(Learner).where(Learner.person_id == person_id)).one()


def learners(session: Session, person_ids: Collection[int]) -> dict[int, Learner]:
    """The pace of those of these people who have one."""
    query = select(Learner).where(col(Learner.person_id).in_(person_ids))
    return {row.person_id: row for row in session.exec(query)}


def last_finished(session: Session, person_id: int, since: datetime) -> str:
    """The lesson that somebody finished last since a moment, as `course/lesson`; "" for none."""
    mine = select(LessonResult).where(LessonResult.person_id == person_id, col(LessonResult.finished_at) >= since)
    row = session.exec(mine.order_by(col(LessonResult.finished_at).desc())).first()
    return f"{row.course}/{row.lesson}" if row else ""
