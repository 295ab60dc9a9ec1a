"""The rows of a table below their heading: what is plain is drawn in one go, and a page ends between two rows.

reportlab's own tables keep a style for each cell and draw each by itself; for a thousand suppliers that is most of the
time. Here a cell that fits on its line is a string with its place, and all of a page go into one piece of text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable

from bot.render.paragraph import Lines
from bot.render.typeset import CELL, INK, NIGHT, RULE, WASH, Typeset

PADDING = 4.0
ABOVE, BELOW = 3.0, 4.0
PLAIN = CELL.leading + ABOVE + BELOW
"""The height in points of a row whose cells all fit on one line."""
TALL = 600.0
"""A row of so many points has no room below a heading on any page: it goes on over the next."""


@dataclass(frozen=True)
class Plain:
    """A text that reportlab draws by itself, `inset` points from the left edge of its column."""

    text: str
    inset: float = PADDING


Cell: TypeAlias = Plain | Lines | Any
"""What stands in a cell: a plain text, one in several lines or another script, or a reportlab drawing."""


@dataclass(frozen=True)
class Row:
    """A row with its height, and its number, by which every second one is shaded."""

    number: int
    cells: tuple[Cell, ...]
    height: float


class Rows(Flowable):  # type: ignore[misc]
    """A heading and rows at these widths; the heading is repeated wherever the rows go on."""

    def __init__(self, heads: Sequence[Lines], rows: Sequence[Row], widths: Sequence[float], typeset: Typeset) -> None:
        super().__init__()
        self.heads, self.rows, self.widths, self.typeset = heads, rows, widths, typeset
        room = [width - 2 * PADDING for width in widths]
        self.top = max(head.wrap(space, 0)[1] for head, space in zip(heads, room, strict=True)) + ABOVE + BELOW

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """The size in points."""
        self.width, self.height = sum(self.widths), self.top + sum(row.height for row in self.rows)
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """What has room in `height` and what is left; nothing if no row has."""
        room, count = height - self.top, 0
        for row in self.rows:
            if row.height > room:
                break
            room, count = room - row.height, count + 1
        if count:
            return [self._with(part) for part in (self.rows[:count], self.rows[count:]) if part]
        if self.rows[0].height <= TALL or room < PLAIN:
            return []
        first, left = _torn(self.rows[0], self.widths, room)
        return [self._with([first]), self._with([left, *self.rows[1:]])]

    def draw(self) -> None:
        """Draw the shades, the rules, the heading, then what is in the cells."""
        canvas, tops = self.canv, list(self._tops())
        path = canvas.beginPath()
        for row, top in zip(self.rows, tops, strict=True):
            if row.number % 2:
                path.rect(0, top - row.height, self.width, row.height)
        canvas.setFillColor(WASH)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.3)
        canvas.lines(
            [(0, top - row.height, self.width, top - row.height) for row, top in zip(self.rows, tops, strict=True)]
        )
        self._draw_heads()
        self._draw_plain(tops)
        for row, top in zip(self.rows, tops, strict=True):
            for cell, x in zip(row.cells, self._lefts(), strict=True):
                if not isinstance(cell, Plain):
                    _draw_cell(canvas, cell, x, top)

    def _draw_heads(self) -> None:
        floor = self.height - self.top + BELOW
        for head, x in zip(self.heads, self._lefts(), strict=True):
            head.drawOn(self.canv, x + PADDING, floor)
        self.canv.setStrokeColor(NIGHT)
        self.canv.setLineWidth(1)
        self.canv.line(0, self.height - self.top, self.width, self.height - self.top)

    def _draw_plain(self, tops: Sequence[float]) -> None:
        text = self.canv.beginText()
        text.setFont(self.typeset.font(CELL), CELL.size)
        text.setFillColor(INK)
        lefts = list(self._lefts())
        for row, top in zip(self.rows, tops, strict=True):
            base = top - ABOVE - CELL.size
            for cell, x in zip(row.cells, lefts, strict=True):
                if isinstance(cell, Plain) and cell.text:
                    text.setTextOrigin(x + cell.inset, base)
                    text.textOut(cell.text)
        self.canv.drawText(text)

    def _tops(self) -> Iterator[float]:
        top = self.height - self.top
        for row in self.rows:
            yield top
            top -= row.height

    def _lefts(self) -> Iterator[float]:
        x = 0.0
        for width in self.widths:
            yield x
            x += width

    def _with(self, rows: Sequence[Row]) -> "Rows":
        return Rows(self.heads, rows, self.widths, self.typeset)


def row_of(number: int, cells: Sequence[Cell], widths: Sequence[float]) -> Row:
    """A row as high as its highest cell."""
    higher = [_height(cell, width) for cell, width in zip(cells, widths, strict=True) if not isinstance(cell, Plain)]
    return Row(number, tuple(cells), max([PLAIN, *(one + ABOVE + BELOW for one in higher)]))


def _height(cell: Any, width: float) -> float:
    return float(cell.height if isinstance(cell, Drawing) else cell.wrap(width - 2 * PADDING, 0)[1])


def _draw_cell(canvas: Any, cell: Any, x: float, top: float) -> None:
    cell.drawOn(canvas, x + PADDING, top - ABOVE - cell.height)


def _torn(row: Row, widths: Sequence[float], room: float) -> tuple[Row, Row]:
    """What of a tall row has room, and the rest of it; what is on one line stands in the first part."""
    first: list[Cell] = []
    left: list[Cell] = []
    for cell, width in zip(row.cells, widths, strict=True):
        parts = cell.split(width - 2 * PADDING, room - ABOVE - BELOW) if isinstance(cell, Lines) else [cell]
        first.append(parts[0])
        left.append(parts[1] if len(parts) > 1 else Plain(""))
    return row_of(row.number, first, widths), row_of(row.number, left, widths)
