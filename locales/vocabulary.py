"""The words of our own texts, language by language: what a supplier writes to us is often about the same things."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel.messages.pofile import PoFileError

from locales import markup, tags
from locales.catalogs import key, read
from locales.translations import BUILT_IN, listed, po_path

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Vocabulary:
    """How often each word occurs, in small letters, and all of them together."""

    counts: Counter[str]
    total: int


def words(text: str) -> list[str]:
    """The words of a text in small letters."""
    return _WORD.findall(text.lower())


@cache
def vocabulary(code: str) -> Vocabulary:
    """The words of our texts in a language; without any for a language that we have no texts in."""
    counts = Counter(word for text in _texts(code) for word in words(markup.words(text)))
    return Vocabulary(counts, counts.total())


def _texts(code: str) -> Iterator[str]:
    # English is the source of all catalogues: any of them holds it.
    holder = next(one for one in listed([BUILT_IN]) if one != tags.SOURCE) if code == tags.SOURCE else code
    for po in sorted(po_path(BUILT_IN, holder, "*").parent.glob("*.po")):
        try:
            entries = [entry for entry in read(po, holder) if entry.id]
        except (PoFileError, ValueError):
            continue
        for entry in entries:
            forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
            yield from (key(entry)[1],) if code == tags.SOURCE else forms
