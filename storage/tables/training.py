"""What people are to learn and have learned.

Retention: as long as the programme runs; the person's row is emptied on erasure, the results stay.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, word


class LessonResult(SQLModel, table=True):
    """A finished lesson: how many questions were asked and how many answered right at first.

    `digest` tells which wording was taught; it is empty for results from before it was kept.
    """

    __tablename__ = "lesson_results"
    __table_args__ = (UniqueConstraint("person_id", "course", "lesson", "finished_at"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    course: str
    course_version: int
    lesson: str
    digest: str = ""
    asked: int
    right: int
    finished_at: datetime = Field(sa_column=moment(index=True))


class Reason(StrEnum):
    """Why somebody is to take a course."""

    TIER = "tier"
    DUTY = "duty"
    BREACH = "breach"
    MENTOR = "mentor"
    OWN = "own"
    CHANGED = "changed"
    RENEWAL = "renewal"


class AssignmentState(StrEnum):
    """One is open at a time for each person; the queued ones wait for their turn."""

    QUEUED = "queued"
    OPEN = "open"
    DONE = "done"


class Assignment(SQLModel, table=True):
    """A course that somebody is to take, and why.

    `round` tells a repeated assignment from the first: `first`, `breach/7`, `version/2`, `after/31` (the result that
    runs out). Lessons finished before `counts_from` do not count; empty, all do. `due_on` is a local date.
    """

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("person_id", "course", "round"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    course: str
    round: str
    reason: Reason = Field(sa_column=word(Reason))
    assigned_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    assigned_at: datetime = Field(sa_column=moment())
    counts_from: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    due_on: date | None = None
    state: AssignmentState = Field(default=AssignmentState.QUEUED, sa_column=word(AssignmentState, index=True))
    finished_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class CourseResult(SQLModel, table=True):
    """A course that somebody has passed; its id is the number of the certificate. It counts up to `valid_until`."""

    __tablename__ = "course_results"
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    course: str
    version: int
    asked: int
    right: int
    passed_at: datetime = Field(sa_column=moment())
    passed_on: date
    valid_until: date | None = None


class ReviewCard(SQLModel, table=True):
    """A question that was answered wrong and comes back until it sits: in `box`, on the local date `due_on`.

    `question` is its digest; a card whose question was changed has nothing to ask any more. A card that sits has no
    date.
    """

    __tablename__ = "review_cards"
    __table_args__ = (UniqueConstraint("person_id", "course", "lesson", "question"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    course: str
    lesson: str
    question: str
    box: int = 0
    due_on: date | None = None
    answered_at: datetime = Field(sa_column=moment())


class PausedBy(StrEnum):
    """Who stopped the lessons: nobody, the person, or their silence."""

    NOBODY = "nobody"
    PERSON = "person"
    SILENCE = "silence"


class Consent(StrEnum):
    """Whether a person's success may be told in the mentor's channel."""

    NOT_ASKED = "not asked"
    YES = "yes"
    NO = "no"


class Learner(SQLModel, table=True):
    """A person's pace. `lesson_on` and `review_on` are the local dates from which a push may bring the next of each.

    Empty, there is none to come. `nudges` counts the pushes about the open lesson that brought no answer.
    """

    __tablename__ = "learners"
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", unique=True)
    lesson_on: date | None = None
    review_on: date | None = None
    nudges: int = 0
    paused_by: PausedBy = Field(default=PausedBy.NOBODY, sa_column=word(PausedBy))
    paused_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    recognition: Consent = Field(default=Consent.NOT_ASKED, sa_column=word(Consent))
