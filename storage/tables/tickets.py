"""Tickets: what people of a site bring to their mentor, and the talk about each.

Retention: as long as the programme runs; a person's words and files are emptied on erasure.
People's words: `Ticket.words`, `TicketMessage.words`. Of an anonymous reporter no column names them: `Ticket.sealed`
tells who it was to whoever has the SECRET_KEY, and to nobody else.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, points_later, word


class TicketKind(StrEnum):
    """What somebody brings: something in their way, an idea, a call for help, or something grave.

    A grave one is read by the people who are named for it and by nobody else: it is in no list but its reporter's.
    """

    OBSTACLE = "obstacle"
    IDEA = "idea"
    HELP = "help"
    GRAVE = "grave"


class Stage(StrEnum):
    """What has become of an idea."""

    NEW = "new"
    CONSIDERED = "considered"
    TRIED = "tried"
    ADOPTED = "adopted"
    NOT_NOW = "not_now"


class Urgency(StrEnum):
    """How soon an answer is needed; how many working hours that is stands in the programme's settings."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


class TicketState(StrEnum):
    """Whether the talk is still open."""

    OPEN = "open"
    CLOSED = "closed"


class Side(StrEnum):
    """Who wrote a message of the talk."""

    SITE = "site"
    BUYER = "buyer"


class MessageState(StrEnum):
    """What became of a message: `kept` ones go nowhere (a note, what was taken back), the others to the other side.

    `held` ones are no part of the talk yet: whoever wrote them is to say where they go.
    """

    KEPT = "kept"
    HELD = "held"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


class Ticket(SQLModel, table=True):
    """A ticket; its id is the number people see.

    It concerns at most one of `metric`, `lesson` (as `course/lesson`) and `capa_id`. `language` is that of the words as
    it was detected, "" if it was not. `person_id` is None exactly for an anonymous one. `assignee_id` answers it, None
    for the site's mentor. Since `waiting_since` somebody waits for an answer that is due by `answer_by`; both are None
    while nobody does. `helped` is what the reporter says once it is closed. `version` counts the changes of its head.
    A grave one was taken by `taken_by_id` at `taken_at`. `stage` and `stage_reason` are an idea's.
    """

    __tablename__ = "tickets"
    id: int = Field(default=None, primary_key=True)
    kind: TicketKind = Field(default=TicketKind.OBSTACLE, sa_column=word(TicketKind))
    site_id: int = Field(foreign_key="sites.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    anonymous: bool = False
    sealed: str = ""
    category: str
    urgency: Urgency = Field(default=Urgency.NORMAL, sa_column=word(Urgency))
    words: str
    language: str = ""
    metric: str = ""
    lesson: str = ""
    capa_id: int | None = Field(default=None, sa_column=points_later("capas.id"))
    assignee_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    state: TicketState = Field(default=TicketState.OPEN, sa_column=word(TicketState))
    at: datetime = Field(sa_column=moment(index=True))
    waiting_since: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    answer_by: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    closed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    close_reason: str = ""
    helped: bool | None = None
    version: int = 1
    taken_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    taken_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    stage: Stage = Field(default=Stage.NEW, sa_column=word(Stage))
    stage_reason: str = ""


class TicketMessage(SQLModel, table=True):
    """One message of the talk about a ticket, on either side.

    `source` is where it was written and `carried` where it was carried to, both as `channel:conversation:id` with the
    platform's id; of an anonymous reporter's phone they are keyed hashes, and `sealed` holds the id by which the phone
    knows the message, and of a held one its words. An `internal` one never leaves the buyer's side; an `outcome` says
    what was changed because of the report. `cause` says why it was not delivered. What was taken back keeps its row,
    without its words.
    """

    __tablename__ = "ticket_messages"
    id: int = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="tickets.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    side: Side = Field(sa_column=word(Side))
    words: str
    language: str = ""
    internal: bool = False
    outcome: bool = False
    quotes_id: int | None = Field(default=None, foreign_key="ticket_messages.id")
    source: str = Field(default="", index=True)
    carried: str = Field(default="", index=True)
    sealed: str = ""
    state: MessageState = Field(default=MessageState.KEPT, sa_column=word(MessageState))
    cause: str = ""
    at: datetime = Field(sa_column=moment())
    edited_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    removed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class TicketColleague(SQLModel, table=True):
    """Somebody on the buyer's side who was asked about a ticket: they may read and answer it besides its mentor."""

    __tablename__ = "ticket_colleagues"
    __table_args__ = (UniqueConstraint("ticket_id", "person_id"),)
    id: int = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="tickets.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment())
