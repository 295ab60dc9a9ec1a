"""Meters and what was read off them.

Retention: as long as the programme runs.
"""

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field, SQLModel

from storage.tables.base import moment, quantity


class Meter(SQLModel, table=True):
    """A meter of a site. An index times `multiplier` is an amount in `unit`; after `digits` digits it starts anew.

    A meter that was replaced is no longer `active`; its readings stay.
    """

    __tablename__ = "meters"
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    metric: str
    unit: str
    multiplier: Decimal = Field(default=Decimal(1), sa_column=quantity())
    digits: int
    active: bool = True
    at: datetime = Field(sa_column=moment())


class MeterReading(SQLModel, table=True):
    """The index that a meter showed on a local day."""

    __tablename__ = "meter_readings"
    id: int = Field(default=None, primary_key=True)
    meter_id: int = Field(foreign_key="meters.id", index=True)
    day: date
    index_value: Decimal = Field(sa_column=quantity())
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment())
