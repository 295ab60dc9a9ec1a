"""The outbox: what is to be said, claimed in order for each chat, and what became of it.

All moments here are real time: this is transport.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from storage.once import insert_once
from storage.tables.queues import Lane, OutboxRow, SendState

# Made once: SQLAlchemy needs longer to make these than the store needs for the whole claim.
ROW, EARLIER = aliased(OutboxRow), aliased(OutboxRow)
UNSENT = (SendState.WAITING, SendState.NEW, SendState.SENDING)
_TABLE = OutboxRow.__table__  # type: ignore[attr-defined]
_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row"))
    .values(state=SendState.SENT, ref=bindparam("sent_as"), sent_at=bindparam("moment"), payload={}, error="")
)


def put(session: Session, row: OutboxRow) -> bool:
    """True if the row's key is new: the same intended message is put in once, however often it is meant."""
    return insert_once(session, OutboxRow, row.model_dump(exclude={"id"}))


def claim(
    session: Session, channel: str, now: datetime, limit: int, held: Collection[str], lane: Lane
) -> list[OutboxRow]:
    """Up to `limit` rows to send now, one for a chat at most, answers first, down to `lane`; marked as being sent.

    A row waits for every earlier one of its chat, thread and lane that is not settled. `held` are conversations that
    must not be written to at the moment.
    """
    query = (
        select(ROW.id, ROW.conversation)
        .where(ROW.channel == channel, ROW.state == SendState.NEW, col(ROW.ready_at) <= now, ROW.lane <= lane)
        .where(col(ROW.conversation).not_in(list(held)), ~exists().where(_before(EARLIER, ROW)))
        .order_by(col(ROW.lane), col(ROW.id))
        .limit(limit * 4)
    )
    first: dict[str, int] = {}
    for row_id, conversation in session.execute(query):
        first.setdefault(conversation, row_id)
    ids = list(first.values())[:limit]
    if not ids:
        return []
    free = update(OutboxRow).where(col(OutboxRow.id).in_(ids), col(OutboxRow.state) == SendState.NEW)
    taking = free.values(state=SendState.SENDING, attempts=OutboxRow.attempts + 1).returning(col(OutboxRow.id))
    # What a rival has taken meanwhile is not among those that come back.
    mine = list(session.execute(taking).scalars())
    rows = session.exec(select(OutboxRow).where(col(OutboxRow.id).in_(mine)).execution_options(populate_existing=True))
    return sorted(rows, key=lambda row: (row.lane, row.id))


def _before(earlier: Any, row: Any) -> ColumnElement[bool]:
    """Whether `earlier` must be settled before `row` of the same chat: it came first, or it is on its way."""
    same_chat = and_(earlier.channel == row.channel, earlier.conversation == row.conversation)
    in_flight = and_(earlier.state == SendState.SENDING, earlier.id != row.id)
    same_line = and_(earlier.thread == row.thread, earlier.lane == row.lane, earlier.id < row.id)
    return and_(same_chat, or_(in_flight, and_(same_line, earlier.state.in_(UNSENT))))


def take_over(session: Session, channel: str) -> int:
    """Put back what a sender that died was sending; how many messages may arrive a second time because of it."""
    left = update(OutboxRow).where(col(OutboxRow.channel) == channel, col(OutboxRow.state) == SendState.SENDING)
    done = session.execute(left.values(state=SendState.NEW, repeats=OutboxRow.repeats + 1).returning(col(OutboxRow.id)))
    return len(done.all())


def sent(session: Session, row_id: int, ref: str, at: datetime) -> None:
    """Mark a row as sent under the platform's id; its content is not kept."""
    session.execute(_SENT, {"row": row_id, "sent_as": ref, "moment": at})


def again(session: Session, row_id: int, at: datetime, error: str, *, counted: bool = True) -> None:
    """Try a row again at `at`; until then it holds back its own chat only.

    An attempt that is not `counted` was no fault of the row: it does not bring it nearer to being given up.
    """
    values: dict[str, Any] = {"state": SendState.NEW, "ready_at": at, "error": error}
    if not counted:
        values["attempts"] = OutboxRow.attempts - 1
    session.execute(update(OutboxRow).where(col(OutboxRow.id) == row_id).values(**values))


def give_up(session: Session, row_id: int, error: str, state: SendState = SendState.FAILED) -> None:
    """Settle a row that can never be sent; a failed one keeps its content for `revive`."""
    values: dict[str, Any] = {"state": state, "error": error}
    if state is SendState.DROPPED:
        values["payload"] = {}
    session.execute(update(OutboxRow).where(col(OutboxRow.id) == row_id).values(**values))


def by_key(session: Session, key: str) -> OutboxRow | None:
    """The row of a key, whatever its state."""
    return session.exec(select(OutboxRow).where(OutboxRow.key == key)).first()


def by_ref(session: Session, channel: str, conversation: str, ref: str) -> OutboxRow | None:
    """The row that was sent as this platform message; not those that edited it since."""
    return session.exec(
        select(OutboxRow).where(
            OutboxRow.channel == channel,
            OutboxRow.conversation == conversation,
            OutboxRow.ref == ref,
            OutboxRow.kind == "message",
        )
    ).first()


def drawn(session: Session, key: str, files: list[dict[str, Any]]) -> None:
    """The files of a waiting row have been drawn: it may be sent now."""
    row = by_key(session, key)
    if row is not None and row.state is SendState.WAITING:
        row.payload = {**row.payload, "attachments": files}
        row.state = SendState.NEW
        session.add(row)


def drop_chat(session: Session, channel: str, conversation: str, error: str) -> list[str]:
    """Drop whatever is still to be said in a chat that is closed to us; the keys of what was dropped."""
    dropping = (
        update(OutboxRow)
        .where(
            col(OutboxRow.channel) == channel,
            col(OutboxRow.conversation) == conversation,
            col(OutboxRow.state).in_((SendState.NEW, SendState.WAITING)),
        )
        .values(state=SendState.DROPPED, payload={}, error=error)
        .returning(col(OutboxRow.key))
    )
    return list(session.execute(dropping).scalars())


def forget_said(session: Session, channel: str, conversation: str, since: datetime) -> None:
    """Take the rows of answers away that a chat has been given since a moment, as if it had been silent."""
    session.execute(
        delete(OutboxRow).where(
            col(OutboxRow.channel) == channel,
            col(OutboxRow.conversation) == conversation,
            (col(OutboxRow.lane) == Lane.ANSWER) | (col(OutboxRow.kind) == "retire"),
            col(OutboxRow.state).in_((SendState.SENT, SendState.DROPPED)),
            col(OutboxRow.made_at) >= since,
        )
    )


def withdraw(session: Session, key: str) -> OutboxRow | None:
    """The row of a key; one that nobody has begun to send is dropped now."""
    row = by_key(session, key)
    if row is not None and row.state in (SendState.NEW, SendState.WAITING):
        give_up(session, row.id, "taken back", SendState.DROPPED)
        session.refresh(row)
    return row


def carried_files(session: Session, key: str) -> list[str]:
    """The keys of the messages that carry the files of a ticket's message, whose words go under `key`."""
    names = col(OutboxRow.key).startswith(f"{key}/file/", autoescape=True)
    return list(session.exec(select(OutboxRow.key).where(names, OutboxRow.kind == "message")))


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


def is_anything_ready(session: Session, channel: str, now: datetime) -> bool:
    """Whether a row of this channel might be sent now."""
    query = select(OutboxRow.id).where(
        OutboxRow.channel == channel, OutboxRow.state == SendState.NEW, col(OutboxRow.ready_at) <= now
    )
    return session.exec(query.limit(1)).first() is not None


def move_chat(session: Session, channel: str, conversation: str, moved_to: str) -> None:
    """A chat has a new id: what is still to be said there goes to it."""
    session.execute(
        update(OutboxRow)
        .where(
            col(OutboxRow.channel) == channel,
            col(OutboxRow.conversation) == conversation,
            col(OutboxRow.state).in_(UNSENT),
        )
        .values(conversation=moved_to)
    )


def unheard(session: Session, person_id: int, channel: str, closed: str, *, own: bool) -> list[OutboxRow]:
    """What somebody has not heard in a chat that is closed to us, oldest first; only with `own` of their tickets too.

    Answers, edits and the like are about messages of that chat, and stay there.
    """
    query = select(OutboxRow).where(
        OutboxRow.channel == channel,
        OutboxRow.conversation == closed,
        OutboxRow.person_id == person_id,
        OutboxRow.kind == "message",
        OutboxRow.lane != Lane.ANSWER,
        col(OutboxRow.state).in_((SendState.NEW, SendState.FAILED)),
    )
    if not own:
        query = query.where(col(OutboxRow.key).not_like("ticket/%"))
    return list(session.exec(query.order_by(col(OutboxRow.id))))


def revive(session: Session) -> int:
    """Try the rows that had failed for good once more; how many there were."""
    failed = update(OutboxRow).where(col(OutboxRow.state) == SendState.FAILED)
    return len(session.execute(failed.values(state=SendState.NEW, attempts=0).returning(col(OutboxRow.id))).all())
