"""The programme, its suppliers and their sites.

Retention: as long as the programme runs. No people's data here.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.base import moment, plain


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
    """A company that supplies the buyer."""

    __tablename__ = "suppliers"
    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    spend_band: str
    tier: str
    active: bool = True


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
