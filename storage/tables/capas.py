"""Corrective and preventive actions: each with its steps, the extensions asked for, and its history.

Retention: as long as the programme runs. People's words: in a CAPA the finding and the plan, the text of a step, the
reasons of extensions, and in the history `note` and `detail`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.base import moment, plain, word


class CapaState(StrEnum):
    """Where a CAPA stands; `handlers/capa/states.py` has the moves from one to another."""

    DRAFT = "draft"
    PLAN_REQUESTED = "plan_requested"
    PLAN_SUBMITTED = "plan_submitted"
    IN_PROGRESS = "in_progress"
    EVIDENCE_SUBMITTED = "evidence_submitted"
    WATCHING = "watching"
    CLOSED = "closed"
    CANCELLED = "cancelled"


SETTLED = (CapaState.CLOSED, CapaState.CANCELLED)


class CapaSource(StrEnum):
    """What led to a CAPA."""

    BREACH = "breach"
    FINDING = "finding"
    OBSTACLE = "obstacle"
    HAND = "hand"


class Owed(StrEnum):
    """What the owner owes now; nothing while others have the next move, while it is blocked, and once it is settled."""

    NOTHING = ""
    CONTAIN = "contain"
    PLAN = "plan"
    CLOSE = "close"


class Capa(SQLModel, table=True):
    """A CAPA; its id is the number people see. Days are local dates at the site; `version` counts the changes.

    A finding of an audit has its `requirement`, the `auditor` and the auditor's `reference`, by which a second import
    knows it. `owed` and `owed_on` say what the owner owes now and by when: reminders are planned from these two. What
    is owed when comes from the terms: containment by `contain_on`, a plan by `plan_on`, the work by `due_on`. Whether
    it has helped is known on `check_on`, or after `check_figures` more figures. While it is blocked, `blocked_since`
    and the ticket that blocks it are set. `submitted_by_id` handed in what is being looked at now, or was last.
    """

    __tablename__ = "capas"
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    source: CapaSource = Field(default=CapaSource.BREACH, sa_column=word(CapaSource))
    breach_id: int | None = Field(default=None, foreign_key="breaches.id", index=True)
    ticket_id: int | None = Field(default=None, foreign_key="tickets.id", index=True)
    earlier_id: int | None = Field(default=None, foreign_key="capas.id", index=True)
    finding: str
    requirement: str = ""
    found_on: date | None = None
    auditor: str = ""
    reference: str = Field(default="", index=True)
    severity: str
    owner_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    state: CapaState = Field(default=CapaState.DRAFT, sa_column=word(CapaState, index=True))
    owed: Owed = Field(default=Owed.NOTHING, sa_column=word(Owed))
    owed_on: date | None = Field(default=None, index=True)
    contain_on: date | None = None
    plan_on: date | None = None
    due_on: date
    check_on: date | None = None
    check_figures: int = 0
    containment: str = ""
    contained_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    whys: list[str] = Field(default_factory=list, sa_column=plain())
    cause: str = ""
    corrective: str = ""
    preventive: str = ""
    blocked_since: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    blocked_by_id: int | None = Field(default=None, foreign_key="tickets.id", index=True)
    submitted_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    submitted_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    verified_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    verified_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    opened_by_id: int | None = Field(default=None, foreign_key="people.id")
    opened_at: datetime = Field(sa_column=moment())
    closed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    version: int = 1


class CapaStep(SQLModel, table=True):
    """One step of a plan: what somebody of the site does by a day. A new plan drops the steps of the old one."""

    __tablename__ = "capa_steps"
    id: int = Field(default=None, primary_key=True)
    capa_id: int = Field(foreign_key="capas.id", index=True)
    place: int
    text: str
    owner_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    due_on: date
    done_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    done_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    dropped: bool = False


class ExtensionState(StrEnum):
    """Whether more time was given; dropped, if it was no longer needed before anybody decided."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    DROPPED = "dropped"


class CapaExtension(SQLModel, table=True):
    """More time, asked for with a reason: what is `owed` would be due on the day `until` instead of `owed_on`."""

    __tablename__ = "capa_extensions"
    id: int = Field(default=None, primary_key=True)
    capa_id: int = Field(foreign_key="capas.id", index=True)
    owed: Owed = Field(sa_column=word(Owed))
    owed_on: date
    until: date
    reason: str
    asked_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    asked_at: datetime = Field(sa_column=moment())
    state: ExtensionState = Field(default=ExtensionState.ASKED, sa_column=word(ExtensionState))
    decided_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    decided_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    decided_why: str = ""


class CapaEvent(SQLModel, table=True):
    """One event in the life of a CAPA; rows are only ever added. `detail` holds what a sentence about it needs."""

    __tablename__ = "capa_events"
    id: int = Field(default=None, primary_key=True)
    capa_id: int = Field(foreign_key="capas.id", index=True)
    at: datetime = Field(sa_column=moment())
    person_id: int | None = Field(default=None, foreign_key="people.id")
    what: str
    note: str = ""
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=plain())
