"""Local calendars, and the messages that are planned by them.

Retention: calendar days are rebuilt ahead and swept when a year old; planned notes stay with what they concern.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, word


class CalendarDay(SQLModel, table=True):
    """One local date of one calendar.

    `ordinal` is the day's number in the Gregorian calendar, so that days can be counted in SQL; `working_number` counts
    the working days up to this one. From `opens_at` to `closes_at` (UTC) the programme may write, lessons come from
    `learns_at` on.
    """

    __tablename__ = "calendar"
    calendar: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    ordinal: int
    working: bool
    working_number: int
    opens_at: datetime = Field(sa_column=moment())
    closes_at: datetime = Field(sa_column=moment())
    learns_at: datetime = Field(sa_column=moment())


class DueState(StrEnum):
    """A planned note is said once or dropped by a rule."""

    PLANNED = "planned"
    SAID = "said"
    DROPPED = "dropped"


class DueNote(SQLModel, table=True):
    """A message that will be due: to whom, about what, which step, on which local date."""

    __tablename__ = "due_notes"
    __table_args__ = (UniqueConstraint("person_id", "kind", "object_id", "step", "day"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    kind: str
    object_id: int
    step: str
    day: date
    opens_at: datetime = Field(sa_column=moment(index=True))
    closes_at: datetime = Field(sa_column=moment())
    state: DueState = Field(default=DueState.PLANNED, sa_column=word(DueState, index=True))
    reason: str = ""
