"""What a site's own past lets one expect of a month: season, growth, output and headcount, closures left out.

All is decided on the scale of logarithms, where a slip of the decimal point is a step of one length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, exp, lgamma, log, pi, sin
from statistics import median

from handlers.metrics.slips.closures import SURE, closed_chance, closed_months
from handlers.metrics.slips.figure import Companion, Figure, Nature, Past, month_number, plain
from handlers.metrics.slips.regression import FREEDOM, Fit, Point, fit
from handlers.metrics.slips.suspicion import Usual

BAND = 3.3
"""How many scales around the middle are likely; outside of them a value is asked about."""
NOISE = {Nature.FLOW: 0.2, Nature.STOCK: 0.06}
"""The noise that is expected before anything is known, as a logarithm."""
DOUBTS = {
    Nature.FLOW: (1.0, 0.2, 0.2, 0.2, 0.1, 0.1, 0.12),
    Nature.STOCK: (1.0, 0.15, 0.05, 0.05, 0.03, 0.03, 0.03),
}
"""How far level, growth in a year, season (two waves) and this month of the year may stray, as logarithms."""
FOLLOWS, FOLLOWS_DOUBT = 0.6, 0.3
"""How closely a figure follows its companion: 1 would be in step. A base load does not follow."""
CLOSED_SPAN = log(400)
"""A closed month may have anything from a four-hundredth of an open one."""
FURTHEST = 1.6


@dataclass(frozen=True)
class Expectation:
    """The likely logarithm of a figure: `middle` and `scale` of Student's distribution if the site is open.

    `noise` is the part of the scale that more months would not take away; `closed` is the chance of a closed month.
    """

    middle: float
    scale: float
    noise: float
    closed: float
    months: int

    def strays(self, value: float) -> float:
        """How many scales a positive value is above the middle, or below if negative."""
        return (log(value) - self.middle) / self.scale

    def open_density(self, value: float) -> float:
        """How dense values are here, for each step of the logarithm, if the site is open."""
        heaviness = 1 + self.strays(value) ** 2 / FREEDOM
        norm = exp(lgamma((FREEDOM + 1) / 2) - lgamma(FREEDOM / 2)) / (FREEDOM * pi) ** 0.5
        return float(norm * heaviness ** (-(FREEDOM + 1) / 2) / self.scale)

    def density(self, value: float) -> float:
        """The same if nothing is known about whether the site is open."""
        shut = self.closed / CLOSED_SPAN if log(value) < self.middle - 1 else 0.0
        return (1 - self.closed) * self.open_density(value) + shut

    def usual(self) -> Usual:
        """The likely band, to be told."""
        reach = BAND * self.scale
        about, low, high = (_rounded(exp(self.middle + step)) for step in (0, -reach, reach))
        return Usual(about, low, high, self.months)


def expect(figure: Figure, past: Sequence[Past], companions: Mapping[str, Companion]) -> Expectation | None:
    """What to expect of the figure's month; None where no earlier month had anything in it."""
    now = month_number(figure.period)
    values = {month_number(one.period): float(one.value) for one in past}
    values.pop(now, None)
    closed = closed_months(values)
    drivers = [_driver(one, now, values.keys() - closed) for one in companions.values() if one.now is not None]
    logs = {month: log(value) for month, value in values.items() if month not in closed}
    if not logs:
        return None
    ratios = {month: [driver.get(month, 0.0) for driver in drivers] for month in (*logs, now)}
    centre = median(logs.values())
    line = _line(logs, now, ratios, centre, figure.nature)
    middle, scale = line.predict(_features(now, now, ratios[now]))
    chance = SURE if any(row <= -FURTHEST for row in ratios[now]) else closed_chance(now, set(values), closed)
    return Expectation(centre + FOLLOWS * sum(ratios[now]) + middle, scale, line.noise, chance, len(logs))


def _line(
    logs: Mapping[int, float], now: int, ratios: Mapping[int, Sequence[float]], centre: float, nature: Nature
) -> Fit:
    points = [
        Point(_features(month, now, ratios[month]), y - centre - FOLLOWS * sum(ratios[month]), abs(now - month))
        for month, y in logs.items()
    ]
    return fit(points, (*DOUBTS[nature], *(FOLLOWS_DOUBT for _ratio in ratios[now])), NOISE[nature])


def _features(month: int, now: int, ratios: Sequence[float]) -> list[float]:
    turn = 2 * pi * (month % 12) / 12
    waves = (cos(turn), sin(turn), cos(2 * turn), sin(2 * turn))
    return [1.0, (month - now) / 12, *waves, float(month % 12 == now % 12), *ratios]


def _driver(companion: Companion, now: int, months: set[int]) -> dict[int, float]:
    """The companion of each open month, as the logarithm of its share of its median; empty if too rarely known."""
    known = {month_number(period): float(value) for period, value in companion.past.items() if value > 0}
    both = {month: value for month, value in known.items() if month in months}
    if companion.now is None or len(both) * 2 < len(months) or not both:
        return {}
    middle = median(both.values())
    both[now] = float(companion.now)
    return {month: _clipped(value / middle) for month, value in both.items()}


def _clipped(share: float) -> float:
    return max(-FURTHEST, min(FURTHEST, log(share))) if share > 0 else -FURTHEST


def _rounded(value: float) -> Decimal:
    """To two digits, so that it can be said with "about"."""
    exact = Decimal(value)
    return plain(exact.quantize(Decimal(1).scaleb(exact.adjusted() - 1)))
