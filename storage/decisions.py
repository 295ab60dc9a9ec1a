"""What the committee has decided, and who decided."""

from collections.abc import Collection
from datetime import date, datetime

from sqlmodel import Session, col, select

from storage.tables.committee import Decision, Voice
from storage.tables.people import Person


def record(
    session: Session, right: str, words: str, why: str, held_on: date, voices: Collection[int], by: int, at: datetime
) -> Decision:
    """A new decision with those who made it."""
    row = Decision(right=right, words=words, why=why, held_on=held_on, recorded_by_id=by, at=at)
    session.add(row)
    session.flush()
    session.add_all(Voice(decision_id=row.id, person_id=one) for one in voices)
    session.flush()
    return row


def newest(session: Session, limit: int) -> list[Decision]:
    """The decisions that were recorded last, the newest first."""
    return list(session.exec(select(Decision).order_by(col(Decision.id).desc()).limit(limit)))


def voices(session: Session, decision_id: int) -> list[str]:
    """The names of those who decided; an erased person has none."""
    query = select(Person.name).join(Voice, col(Voice.person_id) == Person.id)
    return list(session.exec(query.where(Voice.decision_id == decision_id).order_by(Person.name)))
