"""Values that were given before, to the last digit: last month's, or another month's."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median_low

from handlers.metrics.slips.expectation import Expectation
from handlers.metrics.slips.figure import Figure, Nature, Past, month_number
from handlers.metrics.slips.suspicion import Kind, Slip

CHANCE = 0.02
"""Equal by chance more often than this is no reason to ask."""


def repeated(figure: Figure, past: Sequence[Past], expected: Expectation) -> tuple[Slip, str] | None:
    """The slip and the month whose figure comes again: last month, a year ago, then the nearest.

    None if chance explains it, or if the site repeats itself anyway, as at a flat rate. The value is above zero.
    """
    now = month_number(figure.period)
    if figure.nature is not Nature.FLOW or _flat(past):
        return None
    others = [one for one in past if month_number(one.period) != now]
    others.sort(key=lambda one: _order(now - month_number(one.period)))
    by_chance = _equal_by_chance(figure, past, expected)
    for place, one in enumerate(others, start=1):
        if one.value == figure.value and place * by_chance <= CHANCE:
            last = now - month_number(one.period) == 1
            return Slip(Kind.SAME_AS_LAST_MONTH if last else Kind.WRONG_MONTH), one.period
    return None


def _order(back: int) -> tuple[int, int]:
    """Last month, the same month of earlier years, then the others by distance."""
    return (0 if back == 1 else 1 if back % 12 == 0 else 2, abs(back))


def _flat(past: Sequence[Past]) -> bool:
    """Whether more than a quarter of the months repeat the one before."""
    pairs = list(pairwise(past))
    return len(pairs) > 1 and sum(one.value == other.value for one, other in pairs) * 4 > len(pairs)


def _equal_by_chance(figure: Figure, past: Sequence[Past], expected: Expectation) -> float:
    """How likely two honest values agree to the last digit that this site usually gives."""
    places = [_last_place(value) for value in (figure.value, *(one.value for one in past)) if value]
    grain = Decimal(1).scaleb(median_low(places))
    return float(grain / figure.value) / (3.5 * expected.noise)


def _last_place(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0
