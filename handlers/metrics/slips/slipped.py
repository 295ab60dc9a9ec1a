"""The slips that make another value of the one that was meant: what each would mean, and how likely that is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log, pi, sqrt

from handlers.metrics.slips.expectation import Expectation
from handlers.metrics.slips.figure import Figure, Nature, Past, month_number, plain
from handlers.metrics.slips.suspicion import Kind, Slip

FACTORS = ((Kind.DECIMAL, Decimal(10)), (Kind.THOUSAND, Decimal(1000)))
LIKELY = 5.0
"""A repaired value must lie within this many scales of what is expected."""
INDEX_SPAN = (8.0, 500.0)
"""A running meter shows this many months of use, unless it is new or was replaced not long ago."""
LEVEL_DOUBT = 0.2
"""How far the mean of months that are not known may stray beside their noise, as a logarithm."""


@dataclass(frozen=True)
class Guess:
    """An explanation; `density` is how dense values like this one are under it, for each step of the logarithm."""

    slip: Slip
    density: float


def guesses(figure: Figure, past: Sequence[Past], expected: Expectation) -> Iterator[Guess]:
    """Every slip that could have made this value of a likely one; the value is above zero."""
    yield from _factors(figure, expected)
    if figure.nature is Nature.FLOW:
        yield from _sums(figure, past, expected)
        if figure.metered:
            yield from _index(figure, expected)


def _factors(figure: Figure, expected: Expectation) -> Iterator[Guess]:
    for kind, factor in FACTORS:
        for meant in (figure.value / factor, figure.value * factor):
            if _may_be(meant, figure, expected):
                yield Guess(Slip(kind, plain(meant)), expected.open_density(float(meant)))


def _sums(figure: Figure, past: Sequence[Past], expected: Expectation) -> Iterator[Guess]:
    """The sum of the year so far. Where all its months are known, the month alone is what is left."""
    now = month_number(figure.period)
    year = [one.value for one in past if now - now % 12 <= month_number(one.period) < now]
    before, unknown = sum(year, Decimal(0)), now % 12 - len(year)
    if now % 12 == 0:
        return
    if unknown > 0:
        yield Guess(Slip(Kind.YEAR_TO_DATE), _sum_density(figure.value, before, unknown + 1, expected))
    elif before > 0 and _may_be(figure.value - before, figure, expected):
        meant = figure.value - before
        steeper = float(figure.value / meant)
        yield Guess(Slip(Kind.YEAR_TO_DATE, plain(meant)), expected.open_density(float(meant)) * steeper)


def _sum_density(value: Decimal, before: Decimal, unknown: int, expected: Expectation) -> float:
    """The density of a sum of which some months are known and `unknown` are guessed from what is expected."""
    guessed = unknown * exp(expected.middle)
    total = float(before) + guessed
    spread = guessed / total * sqrt(expected.scale**2 / unknown + LEVEL_DOUBT**2)
    away = (log(float(value)) - log(total)) / spread
    return exp(-(away**2) / 2) / (sqrt(2 * pi) * spread) if abs(away) <= LIKELY else 0.0


def _index(figure: Figure, expected: Expectation) -> Iterator[Guess]:
    """The reading of the meter. With the last reading known the difference is the use; else it is only far too much."""
    if figure.last_index is not None:
        meant = figure.value - figure.last_index
        if _may_be(meant, figure, expected):
            steeper = float(figure.value / meant)
            yield Guess(Slip(Kind.METER_INDEX, plain(meant)), expected.open_density(float(meant)) * steeper)
        return
    least, most = INDEX_SPAN
    if least < float(figure.value) / exp(expected.middle) < most:
        yield Guess(Slip(Kind.METER_INDEX), 1 / log(most / least))


def _may_be(meant: Decimal, figure: Figure, expected: Expectation) -> bool:
    if meant <= 0 or (figure.whole and meant != meant.to_integral_value()):
        return False
    return abs(expected.strays(float(meant))) <= LIKELY
