"""Insert a row unless its key is there already, on both stores."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_once(session: Session, table: type[SQLModel], values: dict[str, Any]) -> bool:
    """True if the row is new. On PostgreSQL a rival that is inserting the same key is waited for."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    primary = table.__table__.primary_key.columns.values()[0]  # type: ignore[attr-defined]
    query = insert(table).values(**values).on_conflict_do_nothing().returning(primary)
    return session.execute(query).first() is not None
