"""The periods of a trend."""

from handlers.metrics.periods import Length, closed_before, first_day, length_of

SHOWN: dict[Length, int] = {"month": 12, "quarter": 8, "year": 5}


def window(until: str) -> list[str]:
    """The periods of a trend up to `until`, oldest first: twelve months, eight quarters or five years."""
    length = length_of(until)
    return [closed_before(length, first_day(until), back) for back in range(SHOWN[length] - 1, -1, -1)]
