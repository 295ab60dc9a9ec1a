"""Finds what somebody means by a name, whatever the case and the accents."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

# Letters of their own, which no decomposition turns into plain ones.
_LETTERS = str.maketrans("đıłø", "dilo")
_WORD = re.compile(r"\w+")


def matching(typed: str, named: Mapping[int, Sequence[str]]) -> list[int]:
    """The ids of those that are meant, in their order: those called exactly so, else those with all the words.

    `named` gives each id all the names and keys it goes by. A typed word may be the beginning of a word of a name.
    """
    wanted = folded(typed)
    if not wanted:
        return []
    exact = [one for one, names in named.items() if any(folded(name) == wanted for name in names)]
    return exact or [one for one, names in named.items() if any(_has_all(wanted, folded(name)) for name in names)]


def folded(text: str) -> str:
    """The words in plain small letters, one space between them."""
    letters = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join(
        _WORD.findall("".join(one for one in letters if unicodedata.category(one) != "Mn").replace("_", " "))
    )


def _has_all(wanted: str, name: str) -> bool:
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())
