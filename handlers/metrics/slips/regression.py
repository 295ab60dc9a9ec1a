"""A straight-line fit that a few wild points cannot bend, and that knows how little it knows from few points."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, sqrt
from operator import mul

Vector = list[float]
Matrix = list[Vector]

FREEDOM = 5.0
"""Degrees of freedom of the noise: with few of them, wild points are expected and therefore weigh little."""
MEMORY = 30.0
"""Months after which a point counts a third."""
PRIOR_POINTS = 4.0
"""The expected noise counts as much as this many points."""
ROUNDS = 4


@dataclass(frozen=True)
class Point:
    """A month of the past: what explains it, the logarithm of its value, and how many months ago it was."""

    x: Sequence[float]
    y: float
    age: int


@dataclass(frozen=True)
class Fit:
    """The coefficients, how sure they are, and the noise around the line."""

    beta: Vector
    covariance: Matrix
    noise: float

    def predict(self, x: Sequence[float]) -> tuple[float, float]:
        """The expected logarithm at x, and the scale of its distribution: noise and doubt about the line."""
        return _dot(self.beta, x), sqrt(self.noise**2 + _quadratic(self.covariance, x))


def fit(points: Sequence[Point], doubts: Sequence[float], noise: float) -> Fit:
    """The line through the points; `doubts` are the standard deviations that the coefficients have beforehand.

    Weights are those of Student's distribution, found by going back and forth between line and weights.
    """
    found = _solve(points, [exp(-point.age / MEMORY) for point in points], doubts, noise)
    for _round in range(ROUNDS):
        errors = [(p.y - _dot(found.beta, p.x)) ** 2 + _quadratic(found.covariance, p.x) for p in points]
        weights = [(FREEDOM + 1) / (FREEDOM + error / found.noise**2) for error in errors]
        total = PRIOR_POINTS * noise**2 + sum(w * error for w, error in zip(weights, errors, strict=True))
        recent = [w * exp(-point.age / MEMORY) for w, point in zip(weights, points, strict=True)]
        found = _solve(points, recent, doubts, sqrt(total / (PRIOR_POINTS + len(points))))
    return found


def _solve(points: Sequence[Point], weights: Sequence[float], doubts: Sequence[float], noise: float) -> Fit:
    columns = list(zip(*(point.x for point in points), strict=True))
    weighted = [[value * weight / noise**2 for value, weight in zip(one, weights, strict=True)] for one in columns]
    precision = [[_dot(one, other) for other in columns] for one in weighted]
    for place, doubt in enumerate(doubts):
        precision[place][place] += 1 / doubt**2
    covariance = _inverse(precision)
    pull = [_dot(one, [point.y for point in points]) for one in weighted]
    return Fit([_dot(line, pull) for line in covariance], covariance, noise)


def _inverse(matrix: Matrix) -> Matrix:
    """The inverse of a symmetric matrix with positive eigenvalues, which needs no search for pivots."""
    size = len(matrix)
    wide = [[*line, *(1.0 if row == column else 0.0 for column in range(size))] for row, line in enumerate(matrix)]
    for pivot in range(size):
        top = [value / wide[pivot][pivot] for value in wide[pivot]]
        wide[pivot] = top
        for row in range(size):
            factor = wide[row][pivot]
            if row != pivot and factor:
                wide[row] = [value - factor * above for value, above in zip(wide[row], top, strict=True)]
    return [line[size:] for line in wide]


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return float(sum(map(mul, left, right)))


def _quadratic(matrix: Matrix, x: Sequence[float]) -> float:
    return _dot([_dot(line, x) for line in matrix], x)
