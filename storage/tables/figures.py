"""Figures as they were submitted, and the breaches they caused.

Retention: as long as the programme runs. `typed` holds what a person wrote for a figure and is emptied on erasure.
"""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, quantity, word


class Submission(SQLModel, table=True):
    """One version of one figure; the highest version of a site, metric and period holds.

    `value` is in `unit` as it was given, `base_value` in `base_unit`; `period` is `2026-10`.
    """

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("site_id", "metric", "period", "version"),)
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    metric: str
    period: str
    version: int
    value: Decimal = Field(sa_column=quantity())
    unit: str
    base_value: Decimal = Field(sa_column=quantity())
    base_unit: str
    metric_version: int
    typed: str = ""
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment(index=True))


class BreachState(StrEnum):
    """Whether somebody has taken a breach up."""

    OPEN = "open"
    TAKEN_UP = "taken_up"


class Breach(SQLModel, table=True):
    """A figure beyond its limit; one row for a site, metric and period, however often the figure is corrected."""

    __tablename__ = "breaches"
    __table_args__ = (UniqueConstraint("site_id", "metric", "period"),)
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    metric: str
    period: str
    submission_id: int = Field(foreign_key="submissions.id")
    value: Decimal = Field(sa_column=quantity())
    threshold: Decimal = Field(sa_column=quantity())
    state: BreachState = Field(default=BreachState.OPEN, sa_column=word(BreachState))
    at: datetime = Field(sa_column=moment(index=True))
