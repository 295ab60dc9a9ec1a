"""Files as content-addressed blobs, and what each belongs to.

Retention: with what they belong to; a blob without an attachment or an unsent message is swept away.
"""

from datetime import datetime

from sqlmodel import Field, SQLModel

from storage.tables.base import moment


class Blob(SQLModel, table=True):
    """The bytes of a checked file under their sha256."""

    __tablename__ = "blobs"
    sha256: str = Field(primary_key=True, max_length=64)
    media_type: str
    size: int
    data: bytes
    at: datetime = Field(sa_column=moment())


class FileLink(SQLModel, table=True):
    """Ties a blob to the message of a ticket's talk, or as evidence to a figure, a CAPA or a step of its plan.

    `person_id` sent it.
    """

    __tablename__ = "file_links"
    id: int = Field(default=None, primary_key=True)
    sha256: str = Field(foreign_key="blobs.sha256", index=True)
    ticket_message_id: int | None = Field(default=None, foreign_key="ticket_messages.id", index=True)
    submission_id: int | None = Field(default=None, foreign_key="submissions.id", index=True)
    capa_id: int | None = Field(default=None, foreign_key="capas.id", index=True)
    capa_step_id: int | None = Field(default=None, foreign_key="capa_steps.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
