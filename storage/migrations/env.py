"""Runs migrations on the connection that `storage/migrate.py` opened; Alembic loads this file, nobody imports it."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import JSON, Enum, String
from sqlmodel import AutoString

from storage.all_tables import metadata
from storage.tables.base import Moment, Quantity


def plain_type(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A column type in SQLAlchemy's own words: a revision must not change when our types do."""
    if kind != "type":
        return False
    if isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, Quantity):
        return "sa.BigInteger()"
    if isinstance(item, Enum | String | AutoString):
        length = getattr(item, "length", None) or getattr(getattr(item, "impl", None), "length", None)
        return f"sa.String(length={length})" if length else "sa.String()"
    return "sa.JSON()" if isinstance(item, JSON) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=plain_type,
)
with context.begin_transaction():
    context.run_migrations()
