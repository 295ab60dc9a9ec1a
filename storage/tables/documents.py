"""Which documents people have been asked to read, and who has read which version.

Retention: as long as the programme runs; the person's row is emptied on erasure.
"""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment


class DocumentReading(SQLModel, table=True):
    """A version of a document that somebody is to read. Asked on `ask_on` (a local date), empty once asked enough."""

    __tablename__ = "document_readings"
    __table_args__ = (UniqueConstraint("person_id", "document", "version"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    document: str
    version: int
    made_at: datetime = Field(sa_column=moment())
    ask_on: date | None = None
    asks: int = 0
    read_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
