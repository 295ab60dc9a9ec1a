"""What is to be said, and what is to be done off the turn.

Retention: sent messages keep key, place and platform id without their content; rows are swept after 90 days, those of
the alert lane after 730, because replies in their threads find what they are about through them.
"""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, plain, word


class Lane(IntEnum):
    """Answers go first, then alerts and people's replies, then what the programme sends by itself."""

    ANSWER = 0
    ALERT = 1
    PUSH = 2


class SendState(StrEnum):
    """`waiting` rows depend on work that is not finished; `dropped` ones were given up by a written rule."""

    WAITING = "waiting"
    NEW = "new"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class OutboxRow(SQLModel, table=True):
    """One thing to be said or shown. `key` is the natural key of the intended message: it can exist only once.

    `payload` is the shown value in the reader's language, emptied once sent. `ready_at`, `made_at` and `sent_at` are
    real time. `about_id` is the person whose words or name the payload holds. `repeats` counts the times that a sender
    died after it had begun to send this and before it had marked it: so often it may have arrived twice.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_ready", "state", "lane", "ready_at"),
        Index("ix_outbox_place", "channel", "conversation", "thread", "state"),
        Index("ix_outbox_ref", "channel", "conversation", "ref"),
    )
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    lane: int
    channel: str
    conversation: str
    thread: str = ""
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    about_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    kind: str
    payload: dict[str, Any] = Field(default_factory=dict, sa_column=plain())
    state: SendState = Field(default=SendState.NEW, sa_column=word(SendState))
    ready_at: datetime = Field(sa_column=moment())
    made_at: datetime = Field(sa_column=moment())
    sent_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    attempts: int = 0
    repeats: int = 0
    ref: str = ""
    error: str = ""


class WorkState(StrEnum):
    """`failed` work was tried to the end; what waited for it has been told so."""

    NEW = "new"
    DOING = "doing"
    DONE = "done"
    FAILED = "failed"


class WorkRow(SQLModel, table=True):
    """Something slow that must not happen inside a turn: fetch a file, draw a report."""

    __tablename__ = "work"
    __table_args__ = (Index("ix_work_ready", "state", "ready_at"),)
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    argument: dict[str, Any] = Field(default_factory=dict, sa_column=plain())
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    state: WorkState = Field(default=WorkState.NEW, sa_column=word(WorkState))
    ready_at: datetime = Field(sa_column=moment())
    attempts: int = 0
    error: str = ""
