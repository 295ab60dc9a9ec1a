"""Round values for the axis of a chart."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

INTERVALS = 5
"""An axis has at most this many intervals on either side of zero."""


def steps(values: Iterable[Decimal | None]) -> tuple[Decimal, ...]:
    """Rising round values from zero, or from below it if need be, that enclose all values, the limit among them.

    Where all are whole, as counts are, so are the steps.
    """
    known = [Decimal(0), *(value for value in values if value is not None)]
    lowest, highest = min(known), max(known)
    finest = Decimal(1) if all(value == value.to_integral_value() for value in known) else Decimal(0)
    step = max(_round_up(max(highest, -lowest) / INTERVALS), finest)
    first = int((lowest / step).to_integral_value(ROUND_FLOOR))
    last = int((highest / step).to_integral_value(ROUND_CEILING))
    return tuple(_plain(step * number) for number in range(first, max(last, first + 1) + 1))


def _round_up(value: Decimal) -> Decimal:
    """The next of 1, 2, 5, 10, 20, ... times a power of ten; 1 for zero."""
    if not value:
        return Decimal(1)
    power = Decimal(1).scaleb(value.adjusted())
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= value)


def _plain(value: Decimal) -> Decimal:
    return Decimal(format(value.normalize(), "f"))
