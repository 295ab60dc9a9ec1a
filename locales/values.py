"""What can stand in a sentence besides words of ours: months, moments, amounts, and what people typed.

Days are `datetime.date`, whole numbers `int`, other numbers `Decimal`.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month, said as "October 2026" and kept as "2026-10"."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month of "2026-10"; ValueError for anything else."""
        match = _MONTH.fullmatch(text)
        if match is None:
            raise ValueError(f"not a month of the form 2026-10: {text!r}")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month a day lies in."""
        return cls(day.year, day.month)

    def shifted(self, months: int) -> "Month":
        """The month so many later, or earlier when negative."""
        years, index = divmod(self.month - 1 + months, 12)
        return Month(self.year + years, index + 1)

    def first(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)


@dataclass(frozen=True)
class Short:
    """A day or a month with few letters, "5 Dec 2026" and "Oct 2026", for tables and charts."""

    of: date | Month


@dataclass(frozen=True)
class Country:
    """A country by its ISO 3166 code, said as its name."""

    code: str


@dataclass(frozen=True)
class Moment:
    """An aware moment, said as date and time of day in the IANA time zone `zone`."""

    at: datetime
    zone: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {self.at!r}")


@dataclass(frozen=True)
class Amount:
    """A quantity in a unit, by a symbol or alias of `locales/units.py`; other units are shown as written.

    Money has the code of its currency for a unit.
    """

    value: Decimal
    unit: str


class Words(str):
    """A block of text that a person typed. It is escaped wherever it is shown."""

    __slots__ = ()


class Raw(str):
    """A code, a name or a number shown exactly as written, such as "2026-W47". It is escaped as well."""

    __slots__ = ()
