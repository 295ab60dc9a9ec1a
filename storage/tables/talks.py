"""Open and finished dialogs, and the deliveries that were taken in.

Retention: finished dialogs and done deliveries 30 days (`storage/retention.py`). A dialog's answers and a failed
delivery's content are people's words and go on erasure.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Index, String
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, plain, word


class DialogState(StrEnum):
    """Open dialogs wait for an answer, parked ones for their turn."""

    OPEN = "open"
    PARKED = "parked"
    DONE = "done"
    CANCELLED = "cancelled"


class DialogRow(SQLModel, table=True):
    """A dialog as it stands: `answers` is a list of [key, revision, JSON value], `argument` what it was started with.

    A `modal` dialog lives in its own window and is never answered by words. The answers of a `veiled` one are sealed,
    and its row goes when it ends. `asked_key` and `asked_revision` tell the open question; `asked_in` is the outbox key
    of the message that asked it.
    """

    __tablename__ = "dialogs"
    __table_args__ = (Index("ix_dialogs_place", "channel", "conversation", "thread", "person_id", "state"),)
    id: int = Field(default=None, primary_key=True)
    name: str
    argument: dict[str, Any] = Field(default_factory=dict, sa_column=plain())
    channel: str
    conversation: str
    thread: str = ""
    person_id: int = Field(foreign_key="people.id", index=True)
    state: DialogState = Field(default=DialogState.OPEN, sa_column=word(DialogState))
    began_at: datetime = Field(sa_column=moment())
    touched_at: datetime = Field(sa_column=moment(index=True))
    modal: bool = False
    veiled: bool = False
    answers: list[Any] = Field(default_factory=list, sa_column=plain())
    asked_key: str = ""
    asked_revision: str = ""
    asked_in: str = ""


class DeliveryState(StrEnum):
    """`failed` deliveries keep their content until they are played again."""

    DONE = "done"
    FAILED = "failed"


class Delivery(SQLModel, table=True):
    """A delivery that was taken in, by the platform's own id; `answer` is the acknowledgement a repeat gets."""

    __tablename__ = "deliveries"
    id: str = Field(sa_column=Column(String(200), primary_key=True))
    at: datetime = Field(sa_column=moment(index=True))
    state: DeliveryState = Field(default=DeliveryState.DONE, sa_column=word(DeliveryState, index=True))
    answer: dict[str, Any] = Field(default_factory=dict, sa_column=plain())
    channel: str = ""
    account: str = ""
    content: dict[str, Any] | None = Field(default=None, sa_column=plain(nullable=True))
    error: str = ""
