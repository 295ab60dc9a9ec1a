"""What every table shares: names of constraints, and columns for moments, quantities, plain JSON and enumerations."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, Enum, ForeignKey, MetaData
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata

QUANTUM = Decimal("0.000001")
E_ = TypeVar("E_", bound=StrEnum)


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment. SQLite keeps no offset: naive moments are refused, and the offset is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; a naive one is a fault of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment, aware, in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Quantity(TypeDecorator[Decimal]):
    """A decimal as a whole number of millionths: exact, and summed and compared alike by both stores."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Millionths; a value finer than that is refused rather than rounded."""
        if value is None:
            return None
        if value != value.quantize(QUANTUM):
            raise ValueError(f"finer than a millionth: {value}")
        return int(value / QUANTUM)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """The decimal without trailing zeros."""
        if value is None:
            return None
        plain = (Decimal(value) * QUANTUM).normalize()
        return plain.quantize(Decimal(1)) if plain == plain.to_integral() else plain


def moment(*, nullable: bool = False, index: bool = False) -> Any:
    """A column of aware UTC moments."""
    return Column(Moment, nullable=nullable, index=index)


def quantity(*, nullable: bool = False) -> Any:
    """A column of exact decimals, down to a millionth."""
    return Column(Quantity, nullable=nullable)


def plain(*, nullable: bool = False) -> Any:
    """A column of plain JSON; a change is saved by assigning a new value, never by changing it in place.

    None is stored as SQL NULL, not as JSON's `null`, so that a query can ask for it.
    """
    return Column(JSON(none_as_null=True), nullable=nullable)


def points_later(target: str) -> Any:
    """A column that may point at another table's number, looked at once all is written.

    For one of two tables that point at each other: a backup has to bring one of them back first.
    """
    key = ForeignKey(target, use_alter=True, deferrable=True, initially="DEFERRED")
    return Column(key, nullable=True, index=True)


def word(kind: type[E_], *, index: bool = False) -> Any:
    """A column for an enumeration, stored by value, so that a new member needs no migration."""
    stored = Enum(kind, native_enum=False, length=32, values_callable=lambda kinds: [k.value for k in kinds])
    return Column(stored, nullable=False, index=index)
