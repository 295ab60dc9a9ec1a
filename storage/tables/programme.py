"""The programme, its suppliers and their sites, and the proposals of lighter tiers.

Retention: as long as the programme runs. People's words: `TierProposal.why`.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, plain, word


class Programme(SQLModel, table=True):
    """The one programme of this store: `settings` is the checked programme.toml, `clock_offset_s` the moved clock."""

    __tablename__ = "programme"
    id: int = Field(default=None, primary_key=True)
    name: str
    settings: dict[str, Any] = Field(sa_column=plain())
    digest: str
    imported_at: datetime = Field(sa_column=moment())
    clock_offset_s: float = 0.0


class Supplier(SQLModel, table=True):
    """A company that supplies the buyer. `chosen_tier` is the tier that was decided on in chat, "" if none was."""

    __tablename__ = "suppliers"
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    spend_band: str
    tier: str
    chosen_tier: str = ""
    active: bool = True


class ProposalState(StrEnum):
    """What became of a proposal; it is withdrawn if something went wrong before anybody decided."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"


class TierProposal(SQLModel, table=True):
    """That a supplier moves to a lighter tier, once for each clean run: the months `since` to `until`.

    `why` is what a manager said who did not want it now.
    """

    __tablename__ = "tier_proposals"
    __table_args__ = (UniqueConstraint("supplier_id", "from_tier", "since"),)
    id: int = Field(default=None, primary_key=True)
    supplier_id: int = Field(foreign_key="suppliers.id")
    from_tier: str
    to_tier: str
    since: str
    until: str
    state: ProposalState = Field(default=ProposalState.OPEN, sa_column=word(ProposalState))
    at: datetime = Field(sa_column=moment())
    decided_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    decided_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    why: str = ""


class Site(SQLModel, table=True):
    """A place of work of a supplier. `calendar` names its rows in the calendar table (zone, country and weekend)."""

    __tablename__ = "sites"
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    supplier_id: int = Field(foreign_key="suppliers.id", index=True)
    name: str
    country: str
    timezone: str
    weekend: str
    languages: str
    calendar: str = Field(index=True)
    mentor_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    active: bool = True
