"""Finds words in a text as people write them: any case, accents left out, endings and articles of some languages."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from locales import folding

# Thai and Chinese write words without spaces between them.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3400-\u9fff]")
_DOTS = " .॰"
_ARABIC = re.compile("[\u0600-\u06ff]")
_BENGALI = re.compile("[\u0980-\u09ff]")
# Vowel signs of South Asia and of Arabic are no letters to a regular expression, but they continue a word.
SIGNS = "\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0951-\u0963\u0981-\u0983\u09bc-\u09d7"
_BEFORE = rf"(?<![^\W\d_])(?<![{SIGNS}])"
_AFTER = rf"(?![^\W\d_]|[{SIGNS}])"


@dataclass(frozen=True)
class Found:
    """A word that stands in a text, from `start` to before `end`, with the article or ending that is written on it."""

    word: str
    start: int
    end: int


S = TypeVar("S", bound="Found")


def composed(text: str) -> str:
    """The typed text with plain digits, signs and spaces, each letter with its accents in one piece."""
    return unicodedata.normalize("NFC", folding.fold(unicodedata.normalize("NFC", text)))


def find(text: str, words: Iterable[str]) -> list[Found]:
    """Where each of the words stands in a composed text.

    Accents may be left out, but wrong ones make another word: "máy" is not May.
    """
    plain = folding.letters(text)
    return [
        Found(word, match.start(), match.end())
        for word in words
        for match in _pattern(word).finditer(plain)
        if _spelt(text[match.start("word") : match.end("word")], word)
    ]


def outermost(found: Sequence[S]) -> list[S]:
    """Those that no longer one overlaps, in the order of the text."""
    kept = [one for one in found if not any(_longer(other, one) for other in found)]
    return sorted(kept, key=lambda one: one.start)


def without(text: str, found: Iterable[Found], mark: str) -> str:
    """The text with each of these replaced by the mark; those that overlap are one."""
    parts, at = [], 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start >= at:
            parts += [text[at : one.start], mark]
        at = max(at, one.end)
    return "".join([*parts, text[at:]])


def _longer(other: Found, one: Found) -> bool:
    overlaps = other.start < one.end and one.start < other.end
    return overlaps and other.end - other.start > one.end - one.start


def bare(word: str) -> str:
    """The word in small letters without accents and without the dot that shortens it."""
    return folding.letters(composed(word)).strip(_DOTS)


def is_arabic(text: str) -> bool:
    """Whether any letter of it is Arabic."""
    return _ARABIC.search(text) is not None


def bordered(core: str, plain: str, *, joins: bool = False) -> str:
    """The regular expression `core` where it is a word of its own, with the article or ending that is written on it.

    `plain` shows the script it is in: in Thai and Chinese a word may stand anywhere. One that `joins` may stand before
    another.
    """
    if _UNSPACED.search(plain):
        return core
    article = "(?:[وب]?ال|لل|[بل])?" if is_arabic(plain) else ""
    ending = "(?:ের|ে|র)?" if _BENGALI.search(plain) else ""
    return f"{_BEFORE}{article}{core}{ending}{'' if joins else _AFTER}"


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    plain = _without_article(bare(word))
    core = f"(?P<word>{re.escape(plain)})[.॰]?"
    # What is written together with the next word, as d' is, may stand before a letter.
    return re.compile(bordered(core, plain, joins=plain.endswith("'")))


def _spelt(typed: str, word: str) -> bool:
    cased = typed.casefold().replace("i\u0307", "i")
    right = _without_article(composed(word).strip(_DOTS).casefold())
    return cased == folding.letters(typed) or _accents(cased) == _accents(right)


def _without_article(word: str) -> str:
    """The word without the Arabic article, with which it is often listed."""
    return word.removeprefix("ال") or word


def _accents(word: str) -> list[str]:
    """Letters and accents in no order: Vietnamese is spelt hóa or hoá."""
    return sorted(unicodedata.normalize("NFD", word))
