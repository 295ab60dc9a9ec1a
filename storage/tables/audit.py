"""Who did or was told what: rows are only ever added, and hold ids and codes, never people's words.

Retention: as long as the programme runs.
"""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from storage.tables.base import moment, plain


class AuditRow(SQLModel, table=True):
    """One deed: `actor_id` is None for the programme itself; `at` is the programme's moment."""

    __tablename__ = "audit"
    id: int = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=moment(index=True))
    actor_id: int | None = Field(default=None, index=True)
    what: str
    object: str
    object_id: int | None = None
    detail: dict[str, Any] = Field(default_factory=dict, sa_column=plain())
