"""A line of text as it is drawn: pieces from left to right, each in one font, shaped where its script asks for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import ShapedStr, shapeStr

from bot.render.faces import base, face_of
from bot.render.fonts import FontFamily
from bot.render.order import turned, visual

JOINERS = "\u200c\u200d"
_UNSHOWN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
"""Joiners and marks of direction: they stand in a line and are not drawn."""


@dataclass(frozen=True)
class Piece:
    """A text for one font: `width` in points."""

    text: str
    font: str
    width: float


@lru_cache(maxsize=8192)
def pieces(line: str, size: float, *, bold: bool, rtl: bool) -> tuple[Piece, ...]:
    """The pieces of a line at a size in points; `rtl` is the direction of the whole."""
    if not rtl and is_simple(line):
        font = base().bold if bold else base().regular
        return (Piece(line, font, float(stringWidth(line, font, size))),) if line else ()
    found = []
    for stretch in visual(line, rtl=rtl):
        parts = list(_by_family(stretch.text))
        for family, text in reversed(parts) if stretch.rtl else parts:
            found.append(_piece(text, family, size, bold=bold, rtl=stretch.rtl))
    return tuple(found)


def is_simple(line: str) -> bool:
    """Whether the first family has every letter: nothing to shape, and none of its letters runs from right to left."""
    return line.isascii() or (base().characters.issuperset(map(ord, line)) and not _UNSHOWN.search(line))


def width_of(line: str, size: float, *, bold: bool, rtl: bool) -> float:
    """The width of a line in points."""
    return sum(piece.width for piece in pieces(line, size, bold=bold, rtl=rtl))


def _by_family(text: str) -> Iterator[tuple[FontFamily, str]]:
    """The text in parts of one family. Spaces and marks stay with the letter before them."""
    family, part = base(), ""
    for char in text:
        own = family if _stays(char, family) else face_of(char) or family
        if own is not family and part:
            yield family, part
            part = ""
        family, part = own, part + char
    if part:
        yield family, part


def _stays(char: str, family: FontFamily) -> bool:
    """Whether a character belongs to the letter before it."""
    return char in JOINERS or (ord(char) in family.characters and (char == " " or category(char) in ("Mn", "Mc")))


def _piece(text: str, family: FontFamily, size: float, *, bold: bool, rtl: bool) -> Piece:
    font = family.bold if bold else family.regular
    if family.shaped and any(char.isalpha() for char in text):
        shaped = shapeStr(text, font, size)
        return Piece(shaped, font, _width(shaped, font, size))
    plain = turned(text) if rtl else text
    plain = plain.translate(dict.fromkeys(map(ord, JOINERS)))
    return Piece(plain, font, float(stringWidth(plain, font, size)))


def _width(shaped: str, font: str, size: float) -> float:
    if isinstance(shaped, ShapedStr):
        return float(sum(glyph.x_advance for glyph in shaped.__shapeData__) * size / 1000)
    return float(stringWidth(shaped, font, size))
