"""Whether an answer to "why" blames somebody and says nothing more. Pure."""

import unicodedata

from locales.clues import names

LONGEST = 60
"""Letters: whoever writes more than this has said more than that somebody made a mistake."""
WIDE = 3
"""A Chinese letter says as much as three others."""


def blames_only(answer: str) -> bool:
    """Whether this says that somebody made a mistake, and not what made it possible."""
    return _length(answer) <= LONGEST and names(answer, "blame")


def _length(answer: str) -> int:
    return sum(WIDE if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in answer)
