"""Tips that mentors made of tickets, who found them useful, and what an engine translated.

Retention: as long as the programme runs; a translation as long as the words it was made of.
People's words: `Tip.words`, `Translation.words`. A vote is kept under a keyed hash: nobody can tell whose it was.
"""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment


class Tip(SQLModel, table=True):
    """What others can learn from a ticket, in its author's words, without anybody's name.

    It goes to the sites with the `topic` (`category/equipment`, `metric/water`, `course/measuring-energy`, "" for all),
    and of these to a `tier` or a `country` only, where one is named.
    """

    __tablename__ = "tips"
    id: int = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="tickets.id", index=True)
    author_id: int = Field(foreign_key="people.id", index=True)
    words: str
    language: str = ""
    topic: str = ""
    tier: str = ""
    country: str = ""
    at: datetime = Field(sa_column=moment())


class TipVote(SQLModel, table=True):
    """Somebody found a tip useful; `voter` is a keyed hash of the tip and the person."""

    __tablename__ = "tip_votes"
    __table_args__ = (UniqueConstraint("tip_id", "voter"),)
    id: int = Field(default=None, primary_key=True)
    tip_id: int = Field(foreign_key="tips.id", index=True)
    voter: str


class Translation(SQLModel, table=True):
    """A message of a talk, or a tip, as an engine put it into a language."""

    __tablename__ = "translations"
    __table_args__ = (UniqueConstraint("message_id", "language"), UniqueConstraint("tip_id", "language"))
    id: int = Field(default=None, primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="ticket_messages.id", index=True)
    tip_id: int | None = Field(default=None, foreign_key="tips.id", index=True)
    language: str
    words: str
