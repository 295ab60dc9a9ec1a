"""Where sites stood among others: what may be told of a metric and period, as it was on one day.

Retention: 730 days. No people's data here; values of sites, of which only their own people are told.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.tables.base import moment, quantity


class BenchmarkRound(SQLModel, table=True):
    """That the sites were compared by a metric for a period; it is done once, whoever could be compared."""

    __tablename__ = "benchmark_rounds"
    __table_args__ = (UniqueConstraint("metric", "period"),)
    id: int = Field(default=None, primary_key=True)
    metric: str
    period: str
    unit: str
    made_at: datetime = Field(sa_column=moment(index=True))


class Benchmark(SQLModel, table=True):
    """What a group of sites is told: its country and tier, "" for any, its kind of values, and its three marks."""

    __tablename__ = "benchmarks"
    __table_args__ = (UniqueConstraint("round_id", "country", "tier", "kind"),)
    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="benchmark_rounds.id")
    country: str
    tier: str
    kind: str
    lower: Decimal = Field(sa_column=quantity())
    middle: Decimal = Field(sa_column=quantity())
    upper: Decimal = Field(sa_column=quantity())


class BenchmarkMember(SQLModel, table=True):
    """A site's value as it was when sites were compared; without a `benchmark_id` its groups were too small."""

    __tablename__ = "benchmark_members"
    __table_args__ = (UniqueConstraint("round_id", "site_id"),)
    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="benchmark_rounds.id")
    benchmark_id: int | None = Field(default=None, foreign_key="benchmarks.id", index=True)
    site_id: int = Field(foreign_key="sites.id", index=True)
    value: Decimal = Field(sa_column=quantity())
    estimated: bool = False
