"""How texts look on the page: roles with size, weight and colour, and everything that sets a text in one of them."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, Self

from reportlab.graphics.shapes import Group, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from bot.render.faces import base
from bot.render.legible import Legible
from bot.render.lines import lines
from bot.render.order import is_ltr
from bot.render.pieces import Piece, is_simple, pieces, width_of
from locales.tags import locale

INK = HexColor(0x1F2A37)
QUIET = HexColor(0x5B6776)
RULE = HexColor(0xCBD3DC)
WASH = HexColor(0xF3F6F9)
NIGHT = HexColor(0x173A5E)
PALE = HexColor(0xC9DAEA)
WHITE = HexColor(0xFFFFFF)

Align = Literal["start", "centre", "end"]
Anchor = Literal["left", "middle", "right"]


@dataclass(frozen=True)
class Role:
    """What a text is for decides its look; sizes are in points."""

    size: float
    leading: float
    colour: Color = INK
    bold: bool = False


TITLE = Role(20, 25, WHITE, bold=True)
OVERLINE = Role(10, 13, PALE)
HEADLINE = Role(11.5, 16.5)
HEADING = Role(12.5, 18, NIGHT, bold=True)
BODY = Role(9.5, 13.5)
NOTE = Role(8.5, 11.5, QUIET)
CELL = Role(8, 10.5)
COLUMN = Role(8, 10.5, NIGHT, bold=True)
SMALL = Role(7.5, 10, QUIET)
LEADS = Role(7.5, 10, NIGHT, bold=True)


@dataclass(frozen=True)
class Typeset:
    """Sets texts of every script, each made legible first; `rtl` is the direction of the whole document."""

    rtl: bool = False
    legible: Legible = field(default_factory=Legible)

    @classmethod
    def in_language(cls, language: str) -> Self:
        """A typeset in the direction of a language (a BCP 47 tag)."""
        return cls(locale(language).text_direction == "rtl")

    def flow(self, text: str) -> Self:
        """The typeset in whose direction a text is read: one without a letter that runs from the right does not."""
        return replace(self, rtl=False) if self.rtl and is_ltr(text) else self

    def font(self, role: Role) -> str:
        """The name for reportlab of the font that a document begins with."""
        return base().bold if role.bold else base().regular

    def cell_font(self, role: Role) -> tuple[Any, ...]:
        """The font for all cells of a table, as a style command.

        reportlab sets the font of a cell before it draws what is in it, and its own default would stand in the file as
        a font that is not embedded.
        """
        return ("FONT", (0, 0), (-1, -1), self.font(role), role.size, role.leading)

    def anchor(self, align: Align) -> Anchor:
        """The side of the page on which a text of this alignment stands."""
        if align == "centre":
            return "middle"
        return "left" if (align == "start") is not self.rtl else "right"

    def is_plain(self, line: str) -> bool:
        """Whether reportlab can draw a legible line by itself: one font, one direction, nothing to shape."""
        return is_simple(line)

    def pieces(self, line: str, role: Role) -> tuple[Piece, ...]:
        """The pieces of a legible line, from left to right."""
        return pieces(line, role.size, bold=role.bold, rtl=self.rtl)

    def width(self, line: str, role: Role) -> float:
        """The width in points of a line that is legible already."""
        return width_of(line, role.size, bold=role.bold, rtl=self.rtl)

    def lines(self, text: str, role: Role, width: float, *, whole: bool = False) -> list[str]:
        """The text, made legible, in lines of at most `width` points; with `whole` no word is broken."""
        return lines(self.legible.text(text), width, lambda part: self.width(part, role), whole=whole)

    def fitted(self, text: str, role: Role, width: float) -> str:
        """The text on one line, cut with an ellipsis where it is wider than `width` points."""
        line = self.legible.line(text)
        if self.width(line, role) <= width:
            return line
        while line and self.width(line + "…", role) > width:
            line = line[:-1]
        return line.rstrip() + "…"

    def draw(self, canvas: Canvas, x: float, y: float, line: str, role: Role, anchor: Anchor = "left") -> None:
        """Draw a legible line on a canvas; `x` is where it begins, ends or has its middle."""
        canvas.setFillColor(role.colour)
        for left, piece in self._placed(line, role, x, anchor):
            canvas.setFont(piece.font, role.size)
            canvas.drawString(left, y, piece.text)

    def shape(self, x: float, y: float, line: str, role: Role, anchor: Anchor = "left") -> Group:
        """A legible line as a part of a drawing."""
        look = {"fontSize": role.size, "fillColor": role.colour}
        placed = self._placed(line, role, x, anchor)
        return Group(*(String(left, y, piece.text, fontName=piece.font, **look) for left, piece in placed))

    def _placed(self, line: str, role: Role, x: float, anchor: Anchor) -> list[tuple[float, Piece]]:
        found = self.pieces(line, role)
        left = x - sum(piece.width for piece in found) * {"left": 0, "middle": 0.5, "right": 1}[anchor]
        placed = []
        for piece in found:
            placed.append((left, piece))
            left += piece.width
        return placed
