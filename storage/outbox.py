"""The outbox: what is to be said, claimed in order for each chat, and what became of it.

All moments here are real time: this is transport.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.queues import OutboxRow, SendState

UNSENT = (SendState.WAITING, SendState.NEW, SendState.LEASED)


def put(session: Session, row: OutboxRow) -> bool:
    """True if the row's key is new: the same intended message is put in once, however often it is meant."""
    return insert_once(session, OutboxRow, row.model_dump(exclude={"id"}))


def claim(
    session: Session, channel: str, now: datetime, lease_s: float, limit: int, held: Collection[str] = ()
) -> list[OutboxRow]:
    """Up to `limit` rows to send now, one for a chat at most, answers first; leased for `lease_s` seconds.

    A row waits for every earlier one of its chat, thread and lane that is not settled. `held` are conversations whose
    budget is used up for the moment.
    """
    row, earlier = aliased(OutboxRow), aliased(OutboxRow)
    lapsed = and_(row.state == SendState.LEASED, col(row.lease_until) <= now)
    ready = and_(or_(row.state == SendState.NEW, lapsed), col(row.ready_at) <= now)
    query = (
        select(row.id, row.conversation)
        .where(row.channel == channel, ready, col(row.conversation).not_in(list(held)))
        .where(~exists().where(_before(earlier, row, now)))
        .order_by(col(row.lane), col(row.id))
        .limit(limit * 4)
        .with_for_update(skip_locked=True)
    )
    first: dict[str, int] = {}
    for row_id, conversation in session.execute(query):
        first.setdefault(conversation, row_id)
    return _lease(session, list(first.values())[:limit], now, lease_s)


def _before(earlier: Any, row: Any, now: datetime) -> ColumnElement[bool]:
    """Whether `earlier` must be settled before `row` of the same chat: it came first, or it is on its way."""
    same_chat = and_(earlier.channel == row.channel, earlier.conversation == row.conversation)
    in_flight = and_(earlier.state == SendState.LEASED, earlier.lease_until > now, earlier.id != row.id)
    same_line = and_(earlier.thread == row.thread, earlier.lane == row.lane, earlier.id < row.id)
    return and_(same_chat, or_(in_flight, and_(same_line, earlier.state.in_(UNSENT))))


def _lease(session: Session, ids: list[int], now: datetime, lease_s: float) -> list[OutboxRow]:
    if not ids:
        return []
    leased = (
        update(OutboxRow)
        .where(col(OutboxRow.id).in_(ids))
        .values(
            state=SendState.LEASED,
            # A lease that ran out means that a send may have gone through without its mark.
            repeats=OutboxRow.repeats + case((col(OutboxRow.state) == SendState.LEASED, 1), else_=0),
            lease_until=now + timedelta(seconds=lease_s),
            attempts=OutboxRow.attempts + 1,
        )
    )
    session.execute(leased.execution_options(synchronize_session=False))
    rows = session.exec(select(OutboxRow).where(col(OutboxRow.id).in_(ids)).execution_options(populate_existing=True))
    return sorted(rows, key=lambda row: (row.lane, row.id or 0))


def sent(session: Session, row_id: int, ref: str, at: datetime) -> None:
    """Mark a row as sent under the platform's id; its content is not kept."""
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id) == row_id)
        .values(state=SendState.SENT, ref=ref, sent_at=at, payload={}, lease_until=None, error="")
    )


def again(session: Session, row_id: int, at: datetime, error: str) -> None:
    """Try a row again at `at`; until then it holds back its own chat only."""
    session.execute(
        update(OutboxRow)
        .where(col(OutboxRow.id) == row_id)
        .values(state=SendState.NEW, ready_at=at, lease_until=None, error=error)
    )


def give_up(session: Session, row_id: int, error: str, state: SendState = SendState.FAILED) -> None:
    """Settle a row that can never be sent; a failed one keeps its content for `causeway requeue`."""
    values: dict[str, Any] = {"state": state, "error": error, "lease_until": None}
    if state is SendState.DROPPED:
        values["payload"] = {}
    session.execute(update(OutboxRow).where(col(OutboxRow.id) == row_id).values(**values))


def by_key(session: Session, key: str) -> OutboxRow | None:
    """The row of a key, whatever its state."""
    return session.exec(select(OutboxRow).where(OutboxRow.key == key)).first()


def by_ref(session: Session, channel: str, conversation: str, ref: str) -> OutboxRow | None:
    """The row that was sent as this platform message."""
    return session.exec(
        select(OutboxRow).where(
            OutboxRow.channel == channel, OutboxRow.conversation == conversation, OutboxRow.ref == ref
        )
    ).first()


def drop_chat(session: Session, channel: str, conversation: str, error: str) -> None:
    """Drop whatever is still to be said in a chat that is closed to us."""
    session.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.channel) == channel,
            col(OutboxRow.conversation) == conversation,
            col(OutboxRow.state).in_((SendState.NEW, SendState.WAITING)),
        )
        .values(state=SendState.DROPPED, payload={}, error=error)
    )


def oldest_unsent(session: Session, now: datetime) -> float:
    """The age in seconds of the oldest row that should have been sent by now; 0 if none waits."""
    oldest = session.exec(
        select(func.min(col(OutboxRow.ready_at))).where(col(OutboxRow.state).in_(UNSENT), OutboxRow.ready_at <= now)
    ).one()
    return (now - oldest).total_seconds() if oldest else 0.0


def counts(session: Session) -> dict[str, int]:
    """How many rows are in each state, and under `repeats` how many sends may have been made twice."""
    rows = session.execute(select(OutboxRow.state, func.count()).group_by(col(OutboxRow.state)))
    found = {SendState(state).value: int(number) for state, number in rows}
    repeats = session.exec(select(func.coalesce(func.sum(OutboxRow.repeats), 0))).one()
    return found | {"repeats": int(repeats)}
