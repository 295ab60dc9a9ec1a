"""Text that runs both ways: names in another script stay whole, and a line begins where its language begins.

A Latin name in an Arabic sentence, or an Arabic one in an English sentence, would pull the numbers and signs beside it
along. It is set between U+2068 and U+2069, which keep it apart. A line takes its direction from its first letter, so
one that begins in Latin letters gets a right-to-left mark before it.
"""

import re
from unicodedata import bidirectional

from markupsafe import Markup

OPENS, CLOSES, RIGHT = "\u2068", "\u2069", "\u200f"

_RIGHT = frozenset({"R", "AL"})
_UNMARKED = dict.fromkeys((0x200F, *range(0x2066, 0x206A)))
# Whoever writes a value may have set it apart already, with a direction of its own.
_APART = re.compile("[\u2066-\u2068][^\u2066-\u2069]*\u2069")
_NUMBER = re.compile(r"\d")
_TAG = re.compile("</?[bi]>|&[a-z]+;|&#[0-9]+;")


def apart(text: str, *, rtl: bool) -> str:
    """A value kept apart from the sentence around it, if it has letters that run the other way.

    A link stays bare: a program that makes it one to tap could take the mark at its end for a part of it.
    """
    if (text.isascii() and not rtl) or "://" in text or _APART.fullmatch(text):
        return text
    return f"{OPENS}{text}{CLOSES}" if _runs(text, rtl=not rtl) else text


def bare(text: str) -> str:
    """A text as it was before: what we said comes back with its marks when somebody copies it into a command."""
    return text.translate(_UNMARKED)


def led(sentence: Markup, *, rtl: bool) -> Markup:
    """The sentence with each line in the direction of its language, whatever its first letter is."""
    if not rtl and CLOSES not in sentence:
        return sentence
    return Markup("\n").join(Markup(_line(line, rtl=rtl)) for line in sentence.split("\n"))  # noqa: S704 (it was markup)


def _line(line: str, *, rtl: bool) -> str:
    if line.startswith(OPENS) and _APART.fullmatch(line) and not _NUMBER.search(line):
        # A name alone has nothing beside it; digits would go their own way on a page from the right.
        return line[1:-1]
    words = _TAG.sub("", line)
    around = _APART.sub("", words)
    # What is set apart should not lead a line, but web pages let it: they ask for the first letter of all.
    first = next((kind for kind in map(bidirectional, words) if kind == "L" or kind in _RIGHT), "")
    return f"{RIGHT}{line}" if rtl and first == "L" and _runs(around, rtl=True) else line


def _runs(text: str, *, rtl: bool) -> bool:
    """Whether any letter of a text runs that way."""
    return any(kind in _RIGHT if rtl else kind == "L" for kind in map(bidirectional, text))
