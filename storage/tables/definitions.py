"""Which definitions the programme knows.

Retention: as long as the programme runs. No people's data here.
"""

from sqlmodel import Field, SQLModel


class KnownMetric(SQLModel, table=True):
    """The highest version of a metric that the programme has seen, and told those it concerns about."""

    __tablename__ = "known_metrics"
    id: int = Field(default=None, primary_key=True)
    metric: str = Field(unique=True)
    version: int
