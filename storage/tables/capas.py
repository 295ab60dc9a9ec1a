"""Corrective and preventive actions, and the history of each.

Retention: as long as the programme runs. People's words: `Capa.finding`, `CapaEvent.note`.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.tables.base import moment, word


class CapaState(StrEnum):
    """Where a CAPA stands."""

    OPEN = "open"
    CLOSED = "closed"


class Capa(SQLModel, table=True):
    """A CAPA; its id is the number people see. `due_on` is a local date at the site; `version` counts the changes."""

    __tablename__ = "capas"
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    breach_id: int | None = Field(default=None, foreign_key="breaches.id", index=True)
    finding: str
    severity: str
    owner_id: int = Field(foreign_key="people.id", index=True)
    due_on: date
    state: CapaState = Field(default=CapaState.OPEN, sa_column=word(CapaState, index=True))
    opened_by_id: int | None = Field(default=None, foreign_key="people.id")
    opened_at: datetime = Field(sa_column=moment())
    closed_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    version: int = 1


class CapaEvent(SQLModel, table=True):
    """One step in the life of a CAPA; rows are only ever added."""

    __tablename__ = "capa_events"
    id: int = Field(default=None, primary_key=True)
    capa_id: int = Field(foreign_key="capas.id", index=True)
    at: datetime = Field(sa_column=moment())
    person_id: int | None = Field(default=None, foreign_key="people.id")
    what: str
    note: str = ""
