"""The looks of a chart's bars, told apart by lightness and pattern too, for grey print and colour-blind readers."""

from dataclasses import dataclass

from reportlab.graphics.shapes import Group, Line, Rect
from reportlab.lib.colors import Color, HexColor

from bot.render.typeset import QUIET, WHITE
from handlers.summaries.chart import Point

WITHIN = HexColor(0x7FB2D9)
BEYOND = HexColor(0x9C3311)
HATCH_GAP = 4.0


@dataclass(frozen=True)
class Box:
    """A rectangle by its lower left corner and its size, in points."""

    x: float
    y: float
    width: float
    height: float


def bar(box: Box, point: Point) -> Group:
    """The bar of a point that has a value: filled when measured, hatched when estimated."""
    colour = BEYOND if point.beyond else WITHIN
    hatched = point.mark == "estimated"
    fill = WHITE if hatched else colour
    shape = Rect(box.x, box.y, box.width, box.height, fillColor=fill, strokeColor=colour, strokeWidth=0.8)
    return Group(shape, *(_hatch(box, colour) if hatched else ()))


def gap(x: float, base: float, size: float) -> Group:
    """The small cross, centred at x on the axis, where a value is missing."""
    half, middle = size / 2, base + size
    return Group(
        *(
            Line(x - half, middle - rise, x + half, middle + rise, strokeColor=QUIET, strokeWidth=1.1)
            for rise in (half, -half)
        )
    )


def _hatch(box: Box, colour: Color) -> list[Line]:
    """Rising diagonals, cut at the edges of the box."""
    lines = []
    offset = HATCH_GAP - box.height
    while offset < box.width:
        left, right = max(offset, 0.0), min(offset + box.height, box.width)
        low, high = box.y + left - offset, box.y + right - offset
        lines.append(Line(box.x + left, low, box.x + right, high, strokeColor=colour, strokeWidth=0.8))
        offset += HATCH_GAP
    return lines
