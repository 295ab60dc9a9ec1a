"""Columns as the revisions write them. Revisions are history: what they use from here must keep its meaning."""

from typing import Any

import sqlalchemy as sa

TEXT = sa.String()
WORD = sa.String(32)
NUMBER = sa.Integer()
MOMENT = sa.DateTime(timezone=True)


def numbered() -> sa.Column[int]:
    """The primary key `id`, counted by the store."""
    return sa.Column("id", NUMBER, primary_key=True)


def required(kind: Any, *names: str) -> list[sa.Column[Any]]:
    """Columns of one kind that must have a value."""
    return [sa.Column(name, kind, nullable=False) for name in names]


def refers(name: str, target: str, *, nullable: bool = False, index: bool = True) -> sa.Column[Any]:
    """A column that points at another table's number, `people.id` say."""
    return sa.Column(name, NUMBER, sa.ForeignKey(target), nullable=nullable, index=index)
