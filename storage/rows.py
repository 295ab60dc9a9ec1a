"""Rows as plain JSON and back: what leaves the store in a backup or an export, and comes in again."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Date, LargeBinary, Select, String, Table, select

from storage.tables.base import Moment, Quantity


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row as JSON values: moments and dates in ISO form, decimals as text, bytes in base64."""
    return {str(name): _plain_value(value) for name, value in row.items()}


def stored(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a plain row as a table's columns want them."""
    return {column.name: _stored_value(column.type, values[column.name]) for column in table.columns}


def in_order(table: Table, dialect: str) -> Select[Any]:
    """All rows of a table by primary key; text by code point, so that both stores give the same order."""
    by_code_point = "C" if dialect == "postgresql" else "BINARY"
    keys = [key.collate(by_code_point) if isinstance(key.type, String) else key for key in table.primary_key]
    return select(table).order_by(*keys)


def _plain_value(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes():
            return b64encode(value).decode("ascii")
    return value


def _stored_value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    match kind:
        case Moment():
            return datetime.fromisoformat(value)
        case Quantity():
            return Decimal(value)
        case Date():
            return date.fromisoformat(value)
        case LargeBinary():
            return b64decode(value)
    return value
