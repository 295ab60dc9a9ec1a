"""What the joint committee has decided.

Retention: as long as the programme runs. People's words: `Decision.words` and `Decision.why`.
"""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment


class Decision(SQLModel, table=True):
    """A decision as it was recorded in chat: `right` is its kind in programme.toml, `held_on` the day it was made."""

    __tablename__ = "decisions"
    id: int = Field(default=None, primary_key=True)
    right: str
    words: str
    why: str
    held_on: date
    recorded_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment(index=True))


class Voice(SQLModel, table=True):
    """Somebody who decided; a decision is made by as many as its right needs."""

    __tablename__ = "decision_voices"
    __table_args__ = (UniqueConstraint("decision_id", "person_id"),)
    id: int = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decisions.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
