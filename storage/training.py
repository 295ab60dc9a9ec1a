"""What people have learned."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.tables.training import LessonResult


def done(session: Session, person_id: int) -> set[tuple[str, str]]:
    """The pairs of course and lesson that a person has finished at least once."""
    query = select(LessonResult.course, LessonResult.lesson).where(LessonResult.person_id == person_id)
    return set(session.exec(query.distinct()))


def finished(session: Session, since: datetime, until: datetime) -> list[LessonResult]:
    """The lessons finished from `since` (included) to `until` (not included), oldest first."""
    query = select(LessonResult).where(col(LessonResult.finished_at) >= since, col(LessonResult.finished_at) < until)
    return list(session.exec(query.order_by(col(LessonResult.id))))
