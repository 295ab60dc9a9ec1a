"""Typed text in one alphabet of digits, signs and spaces, whatever the keyboard."""

import re
import unicodedata
from functools import lru_cache

_SIGNS = {
    **dict.fromkeys("\u2212\ufe63\u2010\u2011\u2012\u2013\u2014", "-"),
    **dict.fromkeys("\u2019\u2018\u02bc\u00b4`\uff07", "'"),
    **dict.fromkeys("\u060c\u3001\uff64", ","),
    "。": ".",
    "٪": "%",
}
# One letter for those that people type for one another: without hamza, without the dots of the last letter.
_ARABIC = {**dict.fromkeys("أإآٱ", "ا"), "ى": "ي", "ة": "ه"}
_CUBIC = re.compile(r"(?<![^\W\d_])m\^?3\b", re.IGNORECASE)


def fold(text: str) -> str:
    """The text with Latin digits, plain signs and single spaces; marks of writing direction are gone.

    Only true digits fold: the ³ of 10³ is no 3. The 3 of m3 becomes ³, so that it is not taken for a figure.
    """
    folded = "".join(map(_letter, text))
    return " ".join(_CUBIC.sub("m³", folded).split())


def letters(text: str) -> str:
    """The text in small letters without accents, as words are compared. It is as long as the text, letter by letter.

    For "letter by letter" to hold the text must be composed (NFC).
    """
    return "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    # The second part of a letter of South Asia is a vowel, not an accent.
    base = parts[0] if all("\u0300" <= accent <= "\u036f" for accent in parts[1:]) else letter
    small = {"đ": "d", "ı": "i"}.get(base.casefold(), base.casefold())
    return _ARABIC.get(letter) or (small if len(small) == 1 else letter)


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    if letter in _SIGNS:
        return _SIGNS[letter]
    if (digit := unicodedata.decimal(letter, None)) is not None:
        return str(digit)
    if unicodedata.category(letter) == "Cf":
        return ""
    if "\uff01" <= letter <= "\uff5e":
        return chr(ord(letter) - 0xFEE0)
    return letter
