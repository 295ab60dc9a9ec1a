"""How things stand at a site or supplier, and which way a figure goes: pure decisions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import IntEnum
from typing import Literal

LEVEL_PERCENT = 3
"""A value this near to the average of the months before it is as good as equal to it."""


class Standing(IntEnum):
    """The sign that stands for a site or supplier; the highest is the worst."""

    IN_ORDER = 0
    SOMETHING_OPEN = 1
    ACT_NOW = 2


@dataclass(frozen=True)
class Counts:
    """How much is open at a site, or at all sites of a supplier. `overdue` are among the open `capas`."""

    missing: int = 0
    breaches: int = 0
    capas: int = 0
    overdue: int = 0
    problems: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.missing + other.missing,
            self.breaches + other.breaches,
            self.capas + other.capas,
            self.overdue + other.overdue,
            self.problems + other.problems,
        )

    @property
    def standing(self) -> Standing:
        """A breach that nobody took up or a late CAPA is for now; anything else is open at most."""
        if self.breaches or self.overdue:
            return Standing.ACT_NOW
        return Standing.SOMETHING_OPEN if self.missing or self.capas or self.problems else Standing.IN_ORDER

    @property
    def urgency(self) -> tuple[int, ...]:
        """What sorts the worst last: first the sign, then how much there is behind it."""
        return (self.standing, self.breaches + self.overdue, self.missing, self.problems, self.capas)


@dataclass(frozen=True)
class Change:
    """How a value lies against the average of those before it; `percent` is positive, None for an average of zero."""

    direction: Literal["up", "down", "level"]
    percent: int | None


def change(value: Decimal, before: Sequence[Decimal]) -> Change | None:
    """The change of a value; None without anything before it."""
    if not before:
        return None
    average = sum(before, Decimal(0)) / len(before)
    if average == 0:
        return Change("level" if value == 0 else "up" if value > 0 else "down", None)
    percent = int(((value - average) / abs(average) * 100).to_integral_value(ROUND_HALF_UP))
    if abs(percent) < LEVEL_PERCENT:
        return Change("level", abs(percent))
    return Change("up" if percent > 0 else "down", abs(percent))
