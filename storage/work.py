"""Work off the turn: put in with the turn, claimed, tried again until it is done or given up."""

from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.queues import WorkRow, WorkState


def put(
    session: Session, key: str, kind: str, argument: dict[str, Any], ready_at: datetime, person_id: int | None = None
) -> None:
    """Ask for a piece of work; the same key is asked for once. `ready_at` is real time."""
    row = WorkRow(key=key, kind=kind, argument=argument, ready_at=ready_at, person_id=person_id)
    insert_once(session, WorkRow, row.model_dump(exclude={"id"}))


def claim(session: Session, now: datetime) -> WorkRow | None:
    """The next piece of work, marked as being done; None if there is none."""
    query = select(WorkRow).where(WorkRow.state == WorkState.NEW, col(WorkRow.ready_at) <= now)
    row = session.exec(query.order_by(col(WorkRow.id)).limit(1).with_for_update(skip_locked=True)).first()
    if row:
        row.state, row.attempts = WorkState.DOING, row.attempts + 1
        session.add(row)
    return row


def take_over(session: Session) -> None:
    """Put back what a worker that died was doing."""
    session.execute(update(WorkRow).where(col(WorkRow.state) == WorkState.DOING).values(state=WorkState.NEW))


def settle(session: Session, row_id: int, error: str = "") -> None:
    """Mark work as done, or with an error as failed for good; its argument is not kept once done."""
    state = WorkState.FAILED if error else WorkState.DONE
    values: dict[str, Any] = {"state": state, "error": error}
    if not error:
        values["argument"] = {}
    session.execute(update(WorkRow).where(col(WorkRow.id) == row_id).values(**values))


def settle_key(session: Session, key: str) -> None:
    """Mark the work of this key as done: nobody needs it any more."""
    row_id = session.exec(select(WorkRow.id).where(WorkRow.key == key)).first()
    if row_id is not None:
        settle(session, row_id)


def again(session: Session, row_id: int, at: datetime, error: str) -> None:
    """Try a piece of work again at `at` (real time)."""
    session.execute(
        update(WorkRow).where(col(WorkRow.id) == row_id).values(state=WorkState.NEW, ready_at=at, error=error)
    )


def is_anything_ready(session: Session, now: datetime) -> bool:
    """Whether a piece of work might be done now."""
    query = select(WorkRow.id).where(WorkRow.state == WorkState.NEW, col(WorkRow.ready_at) <= now).limit(1)
    return session.exec(query).first() is not None


def is_still_wanted(session: Session, row_id: int) -> bool:
    """Whether a piece of work is still there, locked: an erasure may have taken it away meanwhile."""
    return session.exec(select(WorkRow.id).where(WorkRow.id == row_id).with_for_update()).first() is not None
