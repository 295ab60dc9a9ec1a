"""Local calendars, and the messages that are planned by them.

Retention: calendar days are rebuilt ahead and swept when a year old; planned notes stay with what they concern.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, word


class CalendarDay(SQLModel, table=True):
    """One local date of one calendar.

    `ordinal` is the day's number in the Gregorian calendar, so that days can be counted in SQL; `working_number` counts
    the working days up to this one. From `opens_at` to `closes_at` (UTC) the programme may write, lessons come from
    `learns_at` on.
    """

    __tablename__ = "calendar"
    __table_args__ = (
        Index("ix_calendar_working", "calendar", "working_number"),
        Index("ix_calendar_ordinal", "calendar", "ordinal"),
    )
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


NUMBERED = ("capa.step", "figures.missing")
"""Kinds whose numbers count something else than those of the kinds that begin with the same word."""


def thing(kind: str, object_id: int) -> tuple[str, int]:
    """What a note of a kind is about."""
    own = next((one for one in NUMBERED if kind == one or kind.startswith(f"{one}.")), "")
    return own or kind.partition(".")[0], object_id


class DueNote(SQLModel, table=True):
    """A message that will be due: to whom, about what, which step, on which local date.

    Its natural key is person, kind, object and step: whatever is to be said again has another step. An `urgent` one
    knows no quiet hours, no cap and no open dialog. Once it is said, `told_id` is who was told (a deputy, if the person
    was away) and `message` the outbox key of the message in which it was said.
    """

    __tablename__ = "due_notes"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "object_id", "step"),
        Index("ix_due_notes_object", "kind", "object_id"),
        Index("ix_due_notes_told", "told_id", "said_at"),
    )
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id")
    kind: str
    object_id: int
    step: str
    day: date
    opens_at: datetime = Field(sa_column=moment(index=True))
    closes_at: datetime = Field(sa_column=moment())
    state: DueState = Field(default=DueState.PLANNED, sa_column=word(DueState, index=True))
    reason: str = ""
    urgent: bool = False
    told_id: int | None = Field(default=None, foreign_key="people.id")
    said_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    message: str = ""

    @property
    def thing(self) -> tuple[str, int]:
        """What it is about: notes of several kinds may be about one CAPA, but its steps have numbers of their own."""
        return thing(self.kind, self.object_id)

    @property
    def rung(self) -> str:
        """The step without the day to which it was put off."""
        return self.step.partition("+")[0]
