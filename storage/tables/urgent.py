"""Reports so grave that a person must be spoken to on the same day, by a person.

Retention: as long as the programme runs. No words of people: nobody is asked for any.
"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.base import moment


class UrgentReport(SQLModel, table=True):
    """A death at work, as it was told: at once, with an empty `period`, or as a month's figure.

    There is one report for a figure, however often it is corrected. `spoken_by_id` is whoever of the buyer's side has
    spoken to the people of the site since.
    """

    __tablename__ = "urgent_reports"
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    metric: str
    period: str = ""
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment(index=True))
    spoken_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    spoken_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
