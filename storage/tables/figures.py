"""Figures as they were submitted, answers that stand in for one, and the breaches they caused.

Retention: as long as the programme runs. `typed`, `method` and `reason` hold a person's own words and are emptied on
erasure.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, quantity, word


class Basis(StrEnum):
    """How a figure came about."""

    MEASURED = "measured"
    ESTIMATED = "estimated"


class Submission(SQLModel, table=True):
    """One version of one figure; the highest version of a site, metric and period holds.

    `value` is in `unit` as it was given, `base_value` in `base_unit`; `period` is `2026-10`. An estimate has a `grade`
    from A to D and its `method`. `reason` says why an unusual value is right, or why an earlier one was corrected.
    A figure that was returned (`returned_why`) is owed again until a newer version is there.
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
    basis: Basis = Field(default=Basis.MEASURED, sa_column=word(Basis))
    grade: str = ""
    method: str = ""
    reason: str = ""
    typed: str = ""
    returned_why: str = ""
    returned_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    returned_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment(index=True))


class AbsenceKind(StrEnum):
    """Why there is no figure."""

    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"


class AbsenceState(StrEnum):
    """What the buyer's side says of an absence; one that is not available yet needs no approval."""

    TOLD = "told"
    APPROVED = "approved"
    REFUSED = "refused"


class Absence(SQLModel, table=True):
    """An answer in place of a figure; the newest of a site, metric and period holds.

    What is not available yet is owed again from the day `until`, a local date at the site. What does not apply is not
    owed for this period and all after it unless it is refused.
    """

    __tablename__ = "absences"
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    metric: str
    period: str
    kind: AbsenceKind = Field(sa_column=word(AbsenceKind))
    until: date | None = None
    reason: str = ""
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    at: datetime = Field(sa_column=moment())
    state: AbsenceState = Field(default=AbsenceState.TOLD, sa_column=word(AbsenceState))
    decided_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    decided_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    decided_why: str = ""


class BreachState(StrEnum):
    """Whether somebody has taken a breach up, or a correction has settled it."""

    OPEN = "open"
    TAKEN_UP = "taken_up"
    SETTLED = "settled"


class Breach(SQLModel, table=True):
    """A figure beyond its limit; one row for a site, metric and period, however often the figure is corrected.

    `rule` says which kind of limit it broke. Until `snoozed_until` nobody is reminded of it.
    """

    __tablename__ = "breaches"
    __table_args__ = (UniqueConstraint("site_id", "metric", "period"),)
    id: int = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="sites.id")
    metric: str
    period: str
    submission_id: int = Field(foreign_key="submissions.id")
    value: Decimal = Field(sa_column=quantity())
    threshold: Decimal = Field(sa_column=quantity())
    rule: str = "limit"
    seen_by_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    seen_at: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    snoozed_until: datetime | None = Field(default=None, sa_column=moment(nullable=True))
    state: BreachState = Field(default=BreachState.OPEN, sa_column=word(BreachState))
    at: datetime = Field(sa_column=moment(index=True))
