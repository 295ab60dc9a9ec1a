"""Workshops and coaching on site, and who takes part.

Retention: as long as the programme runs. People's words: `Workshop.title`, `Workshop.place`.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, word


class WorkshopKind(StrEnum):
    """A workshop for several sites, or coaching at one."""

    WORKSHOP = "workshop"
    COACHING = "coaching"


class WorkshopState(StrEnum):
    """Whether it takes place."""

    OFFERED = "offered"
    CALLED_OFF = "called off"


class Workshop(SQLModel, table=True):
    """What a mentor offers, on a local date. For one site, or without it for all sites of the mentor."""

    __tablename__ = "workshops"
    id: int = Field(default=None, primary_key=True)
    kind: WorkshopKind = Field(sa_column=word(WorkshopKind))
    topic: str
    title: str
    place: str
    day: date
    places: int
    site_id: int | None = Field(default=None, foreign_key="sites.id", index=True)
    mentor_id: int = Field(foreign_key="people.id", index=True)
    offered_at: datetime = Field(sa_column=moment())
    state: WorkshopState = Field(default=WorkshopState.OFFERED, sa_column=word(WorkshopState))


class Seat(SQLModel, table=True):
    """Somebody's place in a workshop: joined, perhaps left again, and perhaps ticked off as there."""

    __tablename__ = "seats"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)
    id: int = Field(default=None, primary_key=True)
    workshop_id: int = Field(foreign_key="workshops.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    joined_at: datetime = Field(sa_column=moment())
    left_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    attended_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
