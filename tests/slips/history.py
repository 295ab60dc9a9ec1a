"""Invented sites with 48 months of a figure: level, season, growth, closures and noise, all drawn from a seed."""

from dataclasses import dataclass
from decimal import Decimal
from math import cos, exp, log, pi, sqrt
from random import Random

from handlers.metrics.slips.figure import Companion, Past

FIRST = 2022 * 12
"""The number of the month 2022-01, counted from the year 0."""
MONTHS = 48
CLOSES_YEARLY = 1 / 4
"""The share of sites with the same month closed in each year."""
CLOSES_BY_CHANCE = 0.01
"""The share of other months in which a site is closed."""


@dataclass(frozen=True)
class Site:
    """One invented site: the figures of all months and the output beside them; which months were closed."""

    values: tuple[Decimal, ...]
    output: tuple[Decimal, ...]
    closed: frozenset[int]
    index: Decimal

    def past(self, now: int, length: int) -> list[Past]:
        """The figures of the months just before `now`, a place in `values`."""
        return [Past(period(month), self.values[month]) for month in range(now - length, now)]

    def companion(self, now: int, length: int) -> Companion:
        """The output of the same months and of `now`."""
        return Companion(self.output[now], {period(month): self.output[month] for month in range(now - length, now)})

    def reading(self, month: int) -> Decimal:
        """What the meter shows at the end of a month."""
        return self.index + sum(self.values[: month + 1], Decimal(0))


def period(month: int) -> str:
    """The month at a place, as `2024-10`."""
    return f"{(FIRST + month) // 12}-{(FIRST + month) % 12 + 1:02d}"


def site(chance: Random, noise: float) -> Site:
    """A site whose figures scatter by `noise`, a share of what they would be without."""
    level, growth = exp(chance.uniform(log(800), log(400_000))), chance.uniform(-0.15, 0.3)
    season, peak = chance.uniform(0, 0.4), chance.uniform(0, 12)
    normal = chance.random() < 0.5
    yearly = chance.randrange(12) if chance.random() < CLOSES_YEARLY else None
    shut = {month for month in range(MONTHS) if month % 12 == yearly or chance.random() < CLOSES_BY_CHANCE}
    made = [
        exp(growth * month / 12 + season * cos(2 * pi * (month - peak) / 12)) * _open(chance, month, shut)
        for month in range(MONTHS)
    ]
    places = chance.choice((0, 0, 0, 1))
    values = tuple(_written(level * one * _scatter(chance, noise, normal), places) for one in made)
    output = tuple(_written(10_000 * one * _scatter(chance, 0.05, normal), 0) for one in made)
    age = chance.randint(24, 180)
    return Site(values, output, frozenset(shut), _written(level * age, places))


def _open(chance: Random, month: int, shut: set[int]) -> float:
    """The share of a full month: next to nothing when closed, most of it in the month after."""
    if month in shut:
        return chance.choice((0.0, chance.uniform(0.005, 0.15), chance.uniform(0.02, 0.3)))
    return chance.uniform(0.6, 1.0) if month - 1 in shut else 1.0


def _scatter(chance: Random, noise: float, normal: bool) -> float:
    """A factor with a mean of about 1 and this deviation, evenly up and down or as a logarithm."""
    if normal:
        return max(0.1, chance.gauss(1, noise))
    spread = sqrt(log(1 + noise**2))
    return exp(chance.gauss(-(spread**2) / 2, spread))


def _written(value: float, places: int) -> Decimal:
    return round(Decimal(value), places)
