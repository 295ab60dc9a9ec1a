"""People, the sites they work for, how to reach them, and their invitations.

Retention: until erased; an erased person keeps an empty row, so that figures and decisions still have an author.
People's data: `Person.key`, `Person.name`, all of `Contact`, all of `Invite`, all of `Handover`.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, word


class Role(StrEnum):
    """What somebody is in the programme."""

    SUPPLIER = "supplier"
    MENTOR = "mentor"
    MANAGER = "manager"


class Duty(StrEnum):
    """What somebody does for a site."""

    DATA_OWNER = "data_owner"
    SITE_MANAGER = "site_manager"
    DEPUTY = "deputy"


class Person(SQLModel, table=True):
    """Somebody in the programme. `language` was chosen in chat; `home_language` came with the import.

    `channel` is where a mentor's alerts go, as `slack:C0123`. `calendar` names the rows of the calendar table that say
    when this person may be written to. `reachable` is false once every contact is blocked. `decimal_mark` is the custom
    in which this person has once said to write numbers: "," or "."; empty until it had to be asked. `country` has the
    holidays of somebody without a site; `hour` is the local hour from which they want reminders, if they chose one.
    """

    __tablename__ = "people"
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    role: Role = Field(sa_column=word(Role))
    language: str = ""
    home_language: str = ""
    timezone: str = "UTC"
    country: str = ""
    hour: int | None = None
    calendar: str = ""
    channel: str = ""
    active: bool = True
    reachable: bool = True
    decimal_mark: str = ""
    privacy_version: str = ""
    privacy_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    erased_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Membership(SQLModel, table=True):
    """A person's duty at a site."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("person_id", "site_id", "duty"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    duty: Duty = Field(sa_column=word(Duty))


class Contact(SQLModel, table=True):
    """A person's account on a channel: `account` is the platform's user id, `conversation` the private chat.

    Several people may share an account, as they share a phone; the one who is speaking now is `speaking`.

    The newest `seen_at` is the account used last; it is a mark of order and no hour at which anybody wrote.
    """

    __tablename__ = "contacts"
    __table_args__ = (UniqueConstraint("channel", "account", "person_id"),)
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    channel: str
    account: str
    conversation: str = ""
    blocked: bool = False
    speaking: bool = True
    seen_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Invite(SQLModel, table=True):
    """An invitation by deep link; only the hash of its token is kept."""

    __tablename__ = "invites"
    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    token_hash: str = Field(unique=True)
    made_by_id: int | None = Field(default=None, foreign_key="people.id")
    made_at: datetime = Field(sa_column=moment())
    expires_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))


class Handover(SQLModel, table=True):
    """Somebody's work at their sites, passed on to a successor by a code; only the hash of the code is kept.

    Once `used_at` is set, an import no longer gives `from_id` the duties that the folder still names them for.
    """

    __tablename__ = "handovers"
    id: int = Field(default=None, primary_key=True)
    from_id: int = Field(foreign_key="people.id", index=True)
    to_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    made_by_id: int | None = Field(default=None, foreign_key="people.id")
    code_hash: str = Field(unique=True)
    made_at: datetime = Field(sa_column=moment())
    expires_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
