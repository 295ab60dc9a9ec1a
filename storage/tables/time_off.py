"""Days on which nobody works: shutdowns of a site and leaves of a person, as they were told in chat.

Retention: as long as the programme runs; a person's leaves go on erasure.
"""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from storage.tables.base import moment


class Closure(SQLModel, table=True):
    """A site is closed from `first` to `last`, both local dates and included; said by the person."""

    __tablename__ = "closures"
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    first: date
    last: date
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment())


class Leave(SQLModel, table=True):
    """A person is away from `first` to `last`, both local dates and included; the deputy, if any, is told meanwhile."""

    __tablename__ = "leaves"
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    deputy_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    first: date
    last: date
    at: datetime = Field(sa_column=moment())
