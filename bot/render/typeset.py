"""How texts look on the page: roles with size, weight and colour, set in one font family."""

from dataclasses import dataclass
from html import escape
from typing import Any, Literal, Self

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from bot.render.fonts import FontFamily, ensure
from bot.render.legible import Legible

INK = HexColor(0x1F2A37)
QUIET = HexColor(0x5B6776)
RULE = HexColor(0xCBD3DC)
WASH = HexColor(0xF3F6F9)
NIGHT = HexColor(0x173A5E)
PALE = HexColor(0xC9DAEA)
WHITE = HexColor(0xFFFFFF)

Align = Literal["start", "centre", "end"]
_ALIGNMENTS = {"start": TA_LEFT, "centre": TA_CENTER, "end": TA_RIGHT}


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
HEADING = Role(12.5, 16, NIGHT, bold=True)
BODY = Role(9.5, 13.5)
NOTE = Role(8.5, 11.5, QUIET)
CELL = Role(8, 10.5)
COLUMN = Role(8, 10.5, NIGHT, bold=True)
SMALL = Role(7.5, 10, QUIET)


@dataclass(frozen=True)
class Typeset:
    """Sets texts in one family, each made legible first."""

    family: FontFamily
    legible: Legible

    @classmethod
    def in_script(cls, script: str = "Latn") -> Self:
        """A typeset in the family for a script."""
        family = ensure(script)
        return cls(family, Legible(family))

    def font(self, role: Role) -> str:
        """The font's name for reportlab."""
        return self.family.bold if role.bold else self.family.regular

    def cell_font(self, role: Role) -> tuple[Any, ...]:
        """The font for all cells of a table, as a style command.

        Tables of paragraphs need it too: reportlab sets the font of a cell before it draws what is in it, and its own
        default would stand in the file as a font that is not embedded.
        """
        return ("FONT", (0, 0), (-1, -1), self.font(role), role.size, role.leading)

    def width(self, text: str, role: Role) -> float:
        """The width in points of a text that is legible already."""
        return float(stringWidth(text, self.font(role), role.size))

    def paragraph(self, text: str, role: Role, align: Align = "start") -> Paragraph:
        """The text as lines that wrap and may break over pages."""
        markup = escape(self.legible.text(text), quote=False).replace("\n", "<br/>")
        return Paragraph(markup, self._style(role, align))

    def fitted(self, text: str, role: Role, width: float) -> str:
        """The text on one line, cut with an ellipsis where it is wider than `width` points."""
        line = self.legible.line(text)
        if self.width(line, role) <= width:
            return line
        while line and self.width(line + "…", role) > width:
            line = line[:-1]
        return line.rstrip() + "…"

    def _style(self, role: Role, align: Align) -> ParagraphStyle:
        font = self.font(role)
        return ParagraphStyle(
            f"{font}-{role.size}-{align}",
            fontName=font,
            bulletFontName=font,
            fontSize=role.size,
            leading=role.leading,
            textColor=role.colour,
            alignment=_ALIGNMENTS[align],
        )
