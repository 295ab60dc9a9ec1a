"""Clues: what people write when they clearly name something grave, or put the blame on somebody.

Each language has its own in `locales/<code>/words.toml`, under the name of the matter, as plain regular expressions in
small letters. They are found as words of their own, whatever the case; in Thai and Chinese anywhere. What may be
written on at the end says so. An accent may be left out, but a wrong one makes another word: "lời" is not "lỗi". A
letter without one stands for itself with any.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from locales.translations import BUILT_IN
from locales.words import SIGNS, bordered, composed, is_arabic

# What danger to life is called comes first, because there every minute counts.
GRAVE = ("danger", "child_labour", "forced_labour", "harassment")
MATTERS = (*GRAVE, "blame")

_ACCENTS = "\u0300-\u036f"
# The letters that have accents in some language; the others are left alone, which halves the time to read all clues.
_BEARERS = frozenset("acdegilnosuyz")
# The stroke of đ becomes an accent like others; the dotless ı and what Arabic writes in several ways become one letter.
_ONE = str.maketrans({"đ": "d\u0335", "ı": "i", "ى": "ي", "ة": "ه", "ٱ": "ا"})
# Signs that people leave out: short vowels and hamza, the stretching line, the dot below letters of South Asia.
_LEFT_OUT = re.compile("[\u0640\u064b-\u065f\u0670\u093c\u09bc]")
_NUKTA = re.compile("[\u093c\u09bc]\\??")
_PIECE = re.compile(
    rf"\\[bdsw.+*?()|/-]|\(\?[:=!]|\[\^?(?:\\[dsw]|[^\]\\])+\]|[a-z][{_ACCENTS}]*|[^a-z\\\[\]]", re.DOTALL
)
_LETTER = rf"(?:[^\W_]|[{SIGNS}])"
# A word's border, which a regular expression by itself sees between a letter and its vowel sign.
_BORDER = rf"(?:(?<={_LETTER})(?!{_LETTER})|(?<!{_LETTER})(?={_LETTER}))"
_MEANT = {r"\b": _BORDER, r"\w": rf"(?:\w|[{SIGNS}])"}
# "And" and the article are written on the word that follows.
_ARABIC_LEAD = "(?:[وفب]?ال|لل|[وفبل])?"
_ARABIC_ARTICLE = re.compile("(?<![^ (|])ال(?=[\u0620-\u064a])")


class ClueFault(ValueError):
    """A clue that cannot be read; the text says which and why."""


def names(text: str, matter: str) -> bool:
    """Whether a text names this matter, in any language that has words for it."""
    said = plain(text)
    return any(one.search(said) for one in _clues(matter))


def words_path(code: str) -> Path:
    """Where the clues of a language lie."""
    return BUILT_IN / code / "words.toml"


def clues_of(code: str) -> Mapping[str, list[str]]:
    """The clues of a language by matter, as they are written; none if it has no file."""
    path = words_path(code)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def clue(written: str) -> re.Pattern[str]:
    """What finds a clue in a plain text. Raises `ClueFault`."""
    if written != written.casefold():
        raise ClueFault(f"“{written}” is not in small letters")
    # A dot below that may be left out is left out.
    wanted = _ARABIC_ARTICLE.sub("", plain(_NUKTA.sub("", unicodedata.normalize("NFD", written))))
    lead = _ARABIC_LEAD if is_arabic(wanted) else ""
    core = "".join(_typed(piece) + (lead if piece == " " else "") for piece in _pieces(wanted))
    try:
        return re.compile(bordered(f"{lead}(?:{core})", wanted))
    except re.error as error:
        raise ClueFault(f"“{written}” is no regular expression: {error}") from error


def faults(code: str) -> Iterator[str]:
    """What is missing or wrong in the words of a language."""
    written = clues_of(code)
    yield from (f"there is nothing under {matter}" for matter in MATTERS if not written.get(matter))
    yield from (f"nothing is called {matter}" for matter in written if matter not in MATTERS)
    for one in (one for matter in MATTERS for one in written.get(matter, ())):
        try:
            clue(one)
        except ClueFault as fault:
            yield str(fault)


@cache
def _clues(matter: str) -> tuple[re.Pattern[str], ...]:
    files = sorted(BUILT_IN.glob("*/words.toml"))
    return tuple(clue(one) for file in files for one in clues_of(file.parent.name).get(matter, ()))


def plain(text: str) -> str:
    """The text in small letters, its accents behind their letters, and without what people leave out."""
    apart = unicodedata.normalize("NFD", composed(text).casefold())
    return _LEFT_OUT.sub("", apart.translate(_ONE))


def _pieces(wanted: str) -> Iterator[str]:
    """The pieces of a regular expression: a letter with its accents, a class, an escape, any other sign."""
    at = 0
    while at < len(wanted):
        piece = _PIECE.match(wanted, at)
        if piece is None:
            raise ClueFault(f"“{wanted[at:]}” begins with what a clue may not hold")
        yield piece[0]
        at = piece.end()


def _typed(piece: str) -> str:
    """The regular expression for what a piece may be typed as."""
    if piece in _MEANT:
        return _MEANT[piece]
    if piece[0] == "[":
        bare = re.sub(f"[{_ACCENTS}]", "", piece).replace(r"\w", rf"\w{SIGNS}")
        return f"(?:{bare}[{_ACCENTS}]*)"
    if not "a" <= piece[0] <= "z":
        return piece
    if piece not in _BEARERS and len(piece) == 1:
        return piece
    accents = "".join(f"{accent}?" for accent in piece[1:]) or f"[{_ACCENTS}]*"
    return f"(?:{piece[0]}{accents})"
