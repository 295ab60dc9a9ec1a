"""Two marker languages, made from English as it is said: they show what is not translated and what does not fit.

Every message stands in ⟦ ⟧ and its words are lengthened: text without either never went through a catalogue. A message
inside another one has brackets of its own, which shows where a sentence was put together. People's words, names,
numbers and units are left alone, and so is a message that consists of nothing else.

The codes are the usual ones for such languages: XA and XB are no countries, so numbers and dates follow plain English
and plain Arabic.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from locales import markup, tags
from locales.text import Catalogue, Phrase
from locales.translations import BUILT_IN, Language

MARKERS: Mapping[str, Language] = {
    one.code: one
    for one in (
        Language("en_XA", "Marker", ready=True),
        Language("ar_XB", "Marker, right to left", ready=True, direction="rtl"),
    )
}

OPENS, CLOSES = "⟦", "⟧"
# A right-to-left mark, an override that turns the letters that follow around, and its end. The mark comes first
# because a reader's program takes the direction of a line from its first letter, override or not.
TURNS, RETURNS = "\u200f\u202e", "\u202c"

_VOWELS = str.maketrans(
    {letter: accented + letter for letter, accented in zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True)}
    | {"y": "ý", "Y": "Ý"}
)
_WORD = r"[^\W\d_]\w*"
# Neighbouring words turn around together, so that a line of them can still be broken anywhere.
_WORDS = re.compile(rf"{_WORD}(?:[ '’-]+{_WORD})*")
# What a person types or taps as it stands.
_COMMAND = re.compile(r"((?<!\S)/\w+)")


class MarkedCatalogue(Catalogue):
    """A catalogue that offers the marker languages too; for the demo and for tests."""

    def __init__(self, folders: Sequence[Path] = (BUILT_IN,)) -> None:
        super().__init__(folders)
        self.listed = {**self.listed, **MARKERS}

    def _template(self, phrase: Phrase, codes: Sequence[str]) -> str:
        marker = MARKERS.get(codes[0])
        if marker is None:
            return super()._template(phrase, codes)
        return marked(super()._template(phrase, (tags.SOURCE,)), turned=marker.direction == "rtl")


@lru_cache(maxsize=4096)
def marked(template: str, *, turned: bool = False) -> str:
    """The template in ⟦ ⟧, longer and still readable; `turned` sets its words from right to left.

    Placeholders, tags and commands stay. A template without words of its own comes back as it is.
    """
    longer = _reworded(template, lambda words: words.translate(_VOWELS))
    if longer == template:
        return template
    return f"{OPENS}{_reworded(longer, _turned_around) if turned else longer}{CLOSES}"


def _turned_around(words: str) -> str:
    return _WORDS.sub(rf"{TURNS}\g<0>{RETURNS}", words)


def _reworded(template: str, change: Callable[[str], str]) -> str:
    def around_commands(text: str) -> str:
        return "".join(part if _COMMAND.fullmatch(part) else change(part) for part in _COMMAND.split(text))

    return markup.reworded(template, around_commands)
