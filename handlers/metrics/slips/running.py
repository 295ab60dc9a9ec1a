"""A site that has sent the reading of its meter every month: the figures only ever grow, by small steps."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from handlers.metrics.slips.figure import Figure, Nature, Past, month_number, plain
from handlers.metrics.slips.suspicion import Kind, Slip

FEWEST = 5
"""Months before it can be told: honest figures seldom grow five times in a row by so little."""
STILL = 4
"""At most one step in so many is none at all, as in a closed month."""
STEP = Decimal("0.12")
"""A reading grows by less than this share of the first one."""


def running_index(figure: Figure, past: Sequence[Past]) -> Slip | None:
    """The slip, with the growth since last month as what was meant; None if the figures do not run like a meter."""
    now = month_number(figure.period)
    earlier = [one for one in past if month_number(one.period) < now][-12:]
    if figure.nature is not Nature.FLOW or not figure.metered or len(earlier) < FEWEST or earlier[0].value <= 0:
        return None
    steps = [later - before for before, later in pairwise([*(one.value for one in earlier), figure.value])]
    if min(steps) < 0 or max(steps) > STEP * earlier[0].value or steps.count(Decimal(0)) * STILL > len(steps):
        return None
    adjacent = now - month_number(earlier[-1].period) == 1
    return Slip(Kind.METER_INDEX, plain(steps[-1]) if adjacent else None)
