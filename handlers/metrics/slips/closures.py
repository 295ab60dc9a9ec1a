"""Which months a site was closed in, so that they do not pull down what is expected of the others."""

from collections.abc import Mapping
from statistics import median

NEIGHBOURS = 9
"""The nearest months that a month is compared with."""
CLOSED_BELOW = 0.2
"""Below this share of its neighbours' median a month counts as closed."""
SURE = 0.8
MAY_LAST = 0.2
"""The chance that a closure lasts another month."""


def closed_months(values: Mapping[int, float]) -> set[int]:
    """The months with nothing or next to nothing in them; a month is a number of months."""
    positive = [month for month, value in values.items() if value > 0]
    return {month for month, value in values.items() if value <= CLOSED_BELOW * _around(month, values, positive)}


def _around(month: int, values: Mapping[int, float], positive: list[int]) -> float:
    """The median of the nearest months that have something, and not the least of them where they are few."""
    near = sorted(positive, key=lambda other: (abs(other - month), -other))[:NEIGHBOURS]
    if not near:
        return 0.0
    amounts = sorted(values[other] for other in near)
    return median(amounts[1:] if len(amounts) == 2 else amounts)


def closed_chance(month: int, known: set[int], closed: set[int]) -> float:
    """How likely a site is closed in a month: high where it closes yearly or stays closed, middling after one month."""
    if any(month - 12 * years in closed for years in (1, 2, 3)) or {month - 1, month - 2} <= closed:
        return SURE
    rate = (0.1 + len(closed)) / (10 + len(known))
    return max(rate, MAY_LAST) if month - 1 in closed else rate
