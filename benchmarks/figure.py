"""A measured figure next to its baseline."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

ROUNDS = 5


@dataclass(frozen=True)
class Figure:
    """`value` and `baseline` are in `unit`; the ratio is what counts."""

    name: str
    value: float
    unit: str
    baseline: float

    def as_json(self) -> dict[str, Any]:
        """The line that `make bench` prints."""
        ratio = self.value / self.baseline
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "baseline": round(self.baseline, 3),
            "ratio": round(ratio, 2),
        }


def paired(
    deed: Callable[[], object], baseline: Callable[[], object], before_each: Callable[[], object] = lambda: None
) -> tuple[float, float]:
    """The median seconds of each, over rounds that take turns, so that a slower machine slows both.

    What `before_each` does is not measured.
    """
    times: list[tuple[float, float]] = []
    for _round in range(ROUNDS):
        before_each()
        spent = _timed(deed)
        before_each()
        times.append((spent, _timed(baseline)))
    return median(one for one, _other in times), median(other for _one, other in times)


def _timed(deed: Callable[[], object]) -> float:
    began = time.perf_counter()
    deed()
    return time.perf_counter() - began
