"""Planned notes: each once by its natural key, handed out when they may be said, and what became of them.

All moments here are the programme's.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Insert, Select, delete, exists, func, literal, update
from sqlalchemy import select as sa_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.planning import DueNote, DueState, thing

LADDERED = ("capa.due", "capa.overdue", "capa.step", "capa.step.overdue", "figures.due", "figures.overdue", "meeting")
"""The kinds that are planned from what is due, and so can be planned again."""

KEY = ("person_id", "kind", "object_id", "step")
COLUMNS = [*KEY, "day", "opens_at", "closes_at", "state", "reason", "urgent", "message"]


def plan(session: Session, note: DueNote) -> bool:
    """True if this note was not planned before."""
    return insert_once(session, DueNote, note.model_dump(exclude={"id"}))


def planning(dialect: str, kind: str, found: Select[Any]) -> Insert:
    """A statement that plans what a query finds and is not planned yet.

    The query gives person, object, step and window. The natural key has the last word, so that two planners cannot
    plan twice.
    """
    rows = found.subquery("found")
    named: Any = sa_select(
        rows.c.person_id,
        literal(kind).label("kind"),
        rows.c.object_id,
        rows.c.step,
        rows.c.day,
        rows.c.opens_at,
        rows.c.closes_at,
        literal(DueState.PLANNED.value).label("state"),
        literal("").label("reason"),
        literal(False).label("urgent"),
        literal("").label("message"),
    )
    known = exists().where(
        col(DueNote.person_id) == rows.c.person_id,
        col(DueNote.kind) == kind,
        col(DueNote.object_id) == rows.c.object_id,
        col(DueNote.step) == rows.c.step,
    )
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    notes = DueNote.__table__  # type: ignore[attr-defined]
    new = named.where(~known)
    if dialect == "postgresql":
        # Sorted, so that all is found before the first is written. Else it would look into the table while that grows,
        # and go over all that was just written for each row.
        new = new.order_by(rows.c.person_id, rows.c.object_id)
    return insert(notes).from_select(COLUMNS, new).on_conflict_do_nothing()


def sayable(session: Session, now: datetime, people: int) -> list[DueNote]:
    """The planned notes whose window has come, of so many people at most, locked for this transaction, oldest first."""
    come = (col(DueNote.state) == DueState.PLANNED, col(DueNote.opens_at) <= now)
    first = func.min(col(DueNote.opens_at))
    whose = select(DueNote.person_id).where(*come).group_by(col(DueNote.person_id)).order_by(first).limit(people)
    return list(
        session.exec(
            select(DueNote)
            .where(*come, col(DueNote.person_id).in_(whose))
            .order_by(col(DueNote.day), col(DueNote.id))
            .with_for_update(skip_locked=True)
        )
    )


def about(session: Session, kind: str, object_id: int) -> list[DueNote]:
    """The notes of a kind about something, planned, said or dropped."""
    return list(session.exec(select(DueNote).where(DueNote.kind == kind, DueNote.object_id == object_id)))


def by_id(session: Session, note_id: int) -> DueNote | None:
    """The note of this number."""
    return session.exec(select(DueNote).where(DueNote.id == note_id)).first()


def said_with(session: Session, note: DueNote) -> list[DueNote]:
    """All notes that were said in one message with this one, in the order in which they stood there."""
    query = select(DueNote).where(
        DueNote.told_id == note.told_id, DueNote.said_at == note.said_at, DueNote.message == note.message
    )
    return list(session.exec(query.order_by(col(DueNote.day), col(DueNote.id))))


def messages_since(session: Session, person_id: int, since: datetime) -> int:
    """How many messages with notes somebody was sent from a moment on; urgent ones do not count."""
    query = select(func.count(func.distinct(col(DueNote.message)))).where(
        DueNote.told_id == person_id, col(DueNote.said_at) >= since, ~col(DueNote.urgent)
    )
    return session.exec(query).one()


def today_of(session: Session, person_ids: Collection[int], day: date) -> list[DueNote]:
    """The notes to some people that were said, or are to be said, on their local day or were due before it."""
    query = select(DueNote).where(
        col(DueNote.person_id).in_(person_ids),
        ((col(DueNote.state) == DueState.PLANNED) & (col(DueNote.day) <= day))
        | ((col(DueNote.state) == DueState.SAID) & (col(DueNote.day) == day)),
    )
    return list(session.exec(query.order_by(col(DueNote.day), col(DueNote.id))))


def told(session: Session, kinds: Iterable[str], object_id: int, head: str) -> list[int]:
    """Whom notes about an object were said to, the first first; only those whose step begins with `head`."""
    query = select(DueNote.told_id).where(
        col(DueNote.kind).in_(list(kinds)),
        DueNote.object_id == object_id,
        DueNote.state == DueState.SAID,
        col(DueNote.step).startswith(head, autoescape=True),
    )
    rows = session.exec(query.order_by(col(DueNote.said_at), col(DueNote.id)))
    return list(dict.fromkeys(one for one in rows if one is not None))


def planned_with(session: Session, note: DueNote) -> list[int]:
    """Whom the same step of the same object is to be said to, said or not; what was dropped does not count."""
    query = select(DueNote.person_id).where(
        DueNote.kind == note.kind,
        DueNote.object_id == note.object_id,
        DueNote.step == note.step,
        DueNote.state != DueState.DROPPED,
    )
    return list(session.exec(query.order_by(col(DueNote.id))))


def put_off(session: Session, person_id: int, day: date) -> set[tuple[str, int]]:
    """What a person has put off to a later day."""
    query = select(DueNote.kind, DueNote.object_id).where(
        DueNote.person_id == person_id,
        DueNote.state == DueState.PLANNED,
        col(DueNote.step).contains("+"),
        col(DueNote.day) > day,
    )
    return {thing(kind, object_id) for kind, object_id in session.exec(query)}


def drop(session: Session, kind: str, object_id: int, reason: str) -> None:
    """Drop what is still planned about something that is settled."""
    session.execute(
        update(DueNote)
        .where(col(DueNote.kind) == kind, col(DueNote.object_id) == object_id, col(DueNote.state) == DueState.PLANNED)
        .values(state=DueState.DROPPED, reason=reason)
    )


def forget_planned(session: Session, person_ids: Collection[int] | None = None) -> None:
    """Take away what was planned and not said, of these people or of all, so that it is planned by other days.

    What somebody has put off stays: nobody would plan it again.
    """
    query = delete(DueNote).where(
        col(DueNote.kind).in_(LADDERED), col(DueNote.state) == DueState.PLANNED, ~col(DueNote.step).contains("+")
    )
    session.execute(query if person_ids is None else query.where(col(DueNote.person_id).in_(person_ids)))
