"""A figure that is about to be sent, and what is known beside it: all values in base units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Nature(StrEnum):
    """How figures of a metric behave: amounts of a month, a number counted at its end, or rare events."""

    FLOW = "flow"
    STOCK = "stock"
    RARE = "rare"


@dataclass(frozen=True)
class Past:
    """The figure of an earlier month (`2026-10`) that holds."""

    period: str
    value: Decimal


@dataclass(frozen=True)
class Companion:
    """Another metric of the same site that moves this one, such as output: this month's figure, and earlier ones."""

    now: Decimal | None = None
    past: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class SoftLimit:
    """What is believable for one unit of another metric of the month; with `per` empty, for the figure itself."""

    per: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Figure:
    """The value for a month as it was read from the person's text.

    `metered` says whether meters count such figures at all; `last_index` is the newest known reading of the site's
    meter, as it was before this month.
    """

    value: Decimal
    period: str
    nature: Nature = Nature.FLOW
    whole: bool = False
    soft: Sequence[SoftLimit] = ()
    metered: bool = True
    last_index: Decimal | None = None


def month_number(period: str) -> int:
    """The months since the year 0, so that months can be counted apart."""
    year, _dash, month = period.partition("-")
    return int(year) * 12 + int(month) - 1


def plain(value: Decimal) -> Decimal:
    """The same value without an exponent or trailing zeros behind the point."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
