"""Obstacles that people report, and the talk about each.

Retention: as long as the programme runs; a person's words and files are emptied on erasure.
People's words: `Obstacle.words`, `ObstacleMessage.words`.
"""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from storage.tables.base import moment, word


class ObstacleState(StrEnum):
    """Whether the talk is still open."""

    OPEN = "open"
    CLOSED = "closed"


class Side(StrEnum):
    """Who wrote a message of the talk."""

    SITE = "site"
    BUYER = "buyer"


class Obstacle(SQLModel, table=True):
    """A ticket; its id is the number people see."""

    __tablename__ = "obstacles"
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    category: str
    words: str
    state: ObstacleState = Field(default=ObstacleState.OPEN, sa_column=word(ObstacleState))
    at: datetime = Field(sa_column=moment(index=True))


class ObstacleMessage(SQLModel, table=True):
    """One message of the talk about an obstacle, on either side; `source` is the platform's id of it."""

    __tablename__ = "obstacle_messages"
    id: int = Field(default=None, primary_key=True)
    obstacle_id: int = Field(foreign_key="obstacles.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    side: Side = Field(sa_column=word(Side))
    words: str
    source: str = ""
    at: datetime = Field(sa_column=moment())
