"""Chance that comes out the same each time: one stream for each matter, so that no matter disturbs another."""

from collections.abc import Callable
from random import Random

Chance = Callable[..., Random]
"""Gives the stream of a matter, which is named by any words and numbers."""


def chance_by(seed: int) -> Chance:
    """The streams of a seed."""
    return lambda *matter: Random(f"{seed}/{'/'.join(map(str, matter))}")  # noqa: S311  (a made-up past is no secret)
