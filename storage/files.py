"""Files: kept once under the sha256 of their bytes, tied to what they belong to, swept away when nothing needs them.

Whoever keeps a file has decided what it is and that it is safe; nothing here looks into it.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, String, and_, cast, delete, exists
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from storage.tables.files import Blob, FileLink
from storage.tables.queues import OutboxRow, SendState, WorkRow, WorkState
from storage.tables.talks import Delivery, DialogRow


def keep(session: Session, data: bytes, media_type: str, at: datetime) -> str:
    """The sha256 under which the bytes are kept. Bytes that are there already stay, and count as kept at `at`."""
    digest = sha256(data).hexdigest()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(Blob).values(sha256=digest, media_type=media_type, size=len(data), data=data, at=at)
    # The conflict locks the row, newer or not: a sweep that is about to take it away waits, and then finds it young.
    newer = row.on_conflict_do_update(
        index_elements=["sha256"], set_={"at": row.excluded.at}, where=col(Blob.at) < row.excluded.at
    )
    session.execute(newer)
    return digest


def load(session: Session, sha256: str) -> Blob | None:
    """The file of this sha256, bytes and all."""
    return session.exec(select(Blob).where(Blob.sha256 == sha256)).first()


def link(session: Session, sha256: str, target: dict[str, int], person_id: int | None) -> FileLink:
    """Tie a kept file to what it belongs to: `{"ticket_message_id": 7}`, `{"submission_id": 7}`,
    `{"capa_id": 7}` or `{"capa_step_id": 7}`.

    The same pair is tied once. `person_id` sent it.
    """
    # One after the other: two links of the same file are made one by one, and no sweep comes between.
    session.exec(select(Blob.sha256).where(Blob.sha256 == sha256).with_for_update()).one()
    found = session.exec(select(FileLink).filter_by(sha256=sha256, **target)).first()
    if found is None:
        found = FileLink(sha256=sha256, person_id=person_id, **target)
        session.add(found)
        session.flush()
    return found


def evidence(session: Session, submission_id: int) -> list[str]:
    """The sha256 of each file that was sent as evidence for a version of a figure, oldest first."""
    query = select(FileLink.sha256).where(FileLink.submission_id == submission_id)
    return list(session.exec(query.order_by(col(FileLink.id))))


def sweep(session: Session, before: datetime) -> int:
    """How many files were taken away: those last kept before `before` that nothing needs any more."""
    return _delete(session, and_(col(Blob.at) < before, unused()))


def drop_unused(session: Session, digests: Collection[str]) -> int:
    """How many of these files were taken away because nothing needs them any more, however young they are."""
    return _delete(session, and_(col(Blob.sha256).in_(digests), unused()))


def unused() -> ColumnElement[bool]:
    """Whether a file belongs to no message, figure or CAPA, and nothing unsent, unfinished or open names it."""
    return and_(
        ~exists().where(col(FileLink.sha256) == Blob.sha256),
        ~exists().where(_names(OutboxRow.payload), col(OutboxRow.state) != SendState.SENT),
        ~exists().where(_names(WorkRow.argument), col(WorkRow.state) != WorkState.DONE),
        ~exists().where(_names(DialogRow.answers) | _names(DialogRow.argument)),
        ~exists().where(_names(Delivery.content)),
    )


def _names(column: Any) -> ColumnElement[bool]:
    return cast(col(column), String).contains(col(Blob.sha256))


def _delete(session: Session, which: ColumnElement[bool]) -> int:
    gone = session.execute(delete(Blob).where(which).execution_options(synchronize_session=False))
    assert isinstance(gone, CursorResult)  # noqa: S101  (a DELETE always gives one; the type says less)
    return gone.rowcount
