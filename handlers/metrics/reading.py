"""What a meter's readings amount to: pure."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

FINEST = Decimal("0.001")


@dataclass(frozen=True)
class Reading:
    """The index that a meter showed on a local day."""

    day: date
    index: Decimal


def digits_of(*indices: Decimal) -> int:
    """How many digits before the decimal sign a meter has that showed these; at least five, as real ones have."""
    return max(5, *(len(str(int(index))) for index in indices))


def used(first: Decimal, last: Decimal, digits: int, multiplier: Decimal, *, rolled_over: bool) -> Decimal:
    """The amount between two indices; a meter that has rolled over began again at nought after its last digit."""
    passed = last - first + (Decimal(10) ** digits if rolled_over else 0)
    return passed * multiplier


def share_of(amount: Decimal, begun: date, ended: date, first: date, last: date) -> Decimal:
    """The part of an amount that falls into the period from `first` to `last`, both included, day by day alike.

    The meter was read on `begun` and on `ended`. Where the readings do not cover the period, its other days are taken
    to have been like those that are known. Rounded to thousandths.
    """
    covered, wanted = (ended - begun).days, (last - first).days + 1
    if covered <= 0:
        raise ValueError(f"no day lies between {begun} and {ended}")
    return (amount * wanted / covered).quantize(FINEST, ROUND_HALF_UP) if covered != wanted else amount
