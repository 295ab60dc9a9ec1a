"""What a site really used, month by month: its usual size, the season, growth, and the odd bad month. Pure."""

from dataclasses import dataclass
from math import cos, pi

from bot.playground.past.chance import Chance

SOUTH = frozenset({"BR", "PE"})
HEADS = {"high": (700, 1500), "medium": (240, 600), "low": (60, 180)}
KWH = {"high": (38_000, 55_000), "medium": (16_000, 30_000), "low": (3_500, 9_000)}
# The site whose limit is its own uses less than others of its tier.
SMALL = {"song-cau": (12_600, 13_400)}
FIRST_MONTH = 5
DAYS_A_MONTH, HOURS_A_DAY = 24.5, 8.6
BAD_MONTH, WORSE = 0.07, (1.25, 1.5)
INJURY = 0.16


@dataclass(frozen=True)
class Place:
    """A site as far as its figures hang on it; `tier` is a tier of the example programme."""

    key: str
    tier: str
    country: str


def true_amount(place: Place, metric: str, month: int, chance: Chance) -> int:
    """The amount of a metric in a month (1 to 12), in the metric's base unit, rounded as a meter shows it."""
    stream = chance("amount", place.key, metric, month)
    if metric == "injuries":
        return int(stream.random() < INJURY) + int(stream.random() < INJURY / 8)
    usual = _usual(place, metric, chance)
    growth = 1 + chance("growth", place.key, metric).uniform(-0.012, 0.018) * (month - FIRST_MONTH)
    noise = stream.gauss(1, 0.015 if metric in ("headcount", "hours") else 0.04)
    return _rounded(
        metric,
        usual * growth * noise * _season(place, metric, month) * _luck(metric, stream.random(), stream.uniform(*WORSE)),
    )


def _usual(place: Place, metric: str, chance: Chance) -> float:
    """The site's amount in a month like any other."""
    heads = chance("heads", place.key).uniform(*HEADS[place.tier])
    if metric == "electricity":
        return chance("usual", place.key, metric).uniform(*SMALL.get(place.key, KWH[place.tier]))
    each = {"headcount": 1.0, "hours": DAYS_A_MONTH * HOURS_A_DAY, "water": 3.4, "waste": 6.5, "output": 95.0}[metric]
    spread = chance("usual", place.key, metric).uniform(0.8, 1.2) if metric in ("water", "waste", "output") else 1.0
    return heads * each * spread


def _season(place: Place, metric: str, month: int) -> float:
    """Cooling in the hot months takes power and water; south of the equator they are half a year later."""
    swing = {"electricity": 0.09, "water": 0.07}.get(metric, 0.0)
    hottest = 1 if place.country in SOUTH else 7
    return 1 + swing * cos(2 * pi * (month - hottest) / 12)


def _luck(metric: str, drawn: float, worse: float) -> float:
    """A month in which something ran that should not have: a leak, a boiler out of order, a night shift."""
    return worse if metric in ("electricity", "water", "waste") and drawn < BAD_MONTH else 1.0


def _rounded(metric: str, amount: float) -> int:
    return round(amount) if metric == "headcount" else round(amount / 10) * 10
