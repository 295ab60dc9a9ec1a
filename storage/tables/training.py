"""What people have learned.

Retention: as long as the programme runs; the person's row is emptied on erasure, the results stay.
"""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment


class LessonResult(SQLModel, table=True):
    """A finished lesson: how many questions were asked and how many answered right at first."""

    __tablename__ = "lesson_results"
    __table_args__ = (UniqueConstraint("person_id", "course", "lesson", "finished_at"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    course: str
    course_version: int
    lesson: str
    asked: int
    right: int
    finished_at: datetime = Field(sa_column=moment(index=True))
