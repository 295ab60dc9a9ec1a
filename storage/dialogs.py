"""Dialogs by place and person."""

from datetime import datetime

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from storage.tables.talks import DialogRow, DialogState

# Made once: these stand in the path of every turn.
_HERE = tuple(
    getattr(DialogRow, name) == bindparam(name) for name in ("channel", "conversation", "thread", "person_id")
)
_OPEN = (
    select(DialogRow)
    .where(*_HERE, DialogRow.state == DialogState.OPEN, col(DialogRow.modal).is_(False))
    .order_by(col(DialogRow.id).desc())
)
_PARKED = (
    select(DialogRow).where(*_HERE, DialogRow.state == DialogState.PARKED).order_by(col(DialogRow.touched_at).desc())
)
_OWN = select(DialogRow).where(DialogRow.id == bindparam("id"), DialogRow.person_id == bindparam("person_id"))


def open_at(session: Session, channel: str, conversation: str, thread: str, person_id: int) -> DialogRow | None:
    """The dialog that waits for an answer in this place."""
    here = {"channel": channel, "conversation": conversation, "thread": thread, "person_id": person_id}
    return session.exec(_OPEN, params=here).first()


def parked_at(session: Session, channel: str, conversation: str, thread: str, person_id: int) -> DialogRow | None:
    """The dialog of this place that was put aside last."""
    here = {"channel": channel, "conversation": conversation, "thread": thread, "person_id": person_id}
    return session.exec(_PARKED, params=here).first()


def by_id(session: Session, dialog_id: int | None, person_id: int) -> DialogRow | None:
    """A person's own dialog, whatever its state; None for anybody else's, and for no id."""
    if dialog_id is None:
        return None
    return session.exec(_OWN, params={"id": dialog_id, "person_id": person_id}).first()


def touched_at(session: Session, channel: str, conversation: str) -> datetime | None:
    """When anybody last answered a question in a chat; None if nobody has."""
    newest = select(func.max(col(DialogRow.touched_at)))
    return session.exec(newest.where(DialogRow.channel == channel, DialogRow.conversation == conversation)).one()


def owner(session: Session, dialog_id: int | None) -> int | None:
    """The number of whoever a dialog belongs to."""
    return session.exec(select(DialogRow.person_id).where(DialogRow.id == dialog_id)).first() if dialog_id else None


def busy_until(session: Session, channel: str, conversation: str) -> datetime | None:
    """When the dialog that is open in a chat was last touched; None if none is open."""
    return session.exec(
        select(func.max(col(DialogRow.touched_at))).where(
            DialogRow.channel == channel,
            DialogRow.conversation == conversation,
            DialogRow.state == DialogState.OPEN,
            col(DialogRow.modal).is_(False),
        )
    ).one()
