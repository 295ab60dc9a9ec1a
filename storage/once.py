"""Insert a row unless its key is there already, on both stores."""

from functools import cache
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, table: type[SQLModel], values: dict[str, Any]) -> bool:
    """True if the row is new. On PostgreSQL a rival that is inserting the same key is waited for."""
    return session.execute(_insert(table, session.get_bind().dialect.name), values).first() is not None


@cache
def _insert(table: type[SQLModel], dialect: str) -> Executable:
    """The statement, made once: it stands in the path of every turn."""
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    columns = table.__table__  # type: ignore[attr-defined]
    return insert(columns).on_conflict_do_nothing().returning(columns.primary_key.columns.values()[0])
