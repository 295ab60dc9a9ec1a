"""The small bars of a card: twelve months on one line, with the limit and the target across them."""

from collections.abc import Iterator
from decimal import Decimal

from reportlab.graphics.shapes import Group, Line

from bot.render.bars import Box, bar, gap
from bot.render.legend import limit_line
from bot.render.typeset import INK, NIGHT
from handlers.status.card import Trend

BAR_SHARE = 0.66
WIDEST, CROSS = 16.0, 5.0


def spark(box: Box, trend: Trend) -> Group:
    """The bars in a box. They stand on zero, and the box ends with the largest value or line."""
    low, high = _span(trend)
    base = _height(box, Decimal(0), low, high)
    group = Group(Line(box.x, base, box.x + box.width, base, strokeColor=INK, strokeWidth=0.7))
    for shape in _bars(box, trend, low, high):
        group.add(shape)
    if trend.target is not None:
        group.add(target_line(box.x, _height(box, trend.target, low, high), box.width))
    if trend.limit is not None:
        group.add(limit_line(box.x, _height(box, trend.limit, low, high), box.width))
    return group


def target_line(x: float, y: float, length: float) -> Line:
    """The dotted line of the target; the limit's is dashed, so that grey and colour say the same."""
    return Line(x, y, x + length, y, strokeColor=NIGHT, strokeWidth=1.4, strokeDashArray=[1.2, 1.8])


def _bars(box: Box, trend: Trend, low: Decimal, high: Decimal) -> Iterator[Group]:
    """A bar or the sign for a missing value for each month in which a figure was asked."""
    slot, zero = box.width / max(len(trend.points), 1), _height(box, Decimal(0), low, high)
    for number, point in enumerate(trend.points):
        middle = box.x + slot * (number + 0.5)
        if point is None:
            continue
        if point.value is None:
            yield gap(middle, zero, CROSS)
            continue
        end, width = _height(box, point.value, low, high), min(slot * BAR_SHARE, WIDEST)
        yield bar(Box(middle - width / 2, min(zero, end), width, abs(end - zero)), point)


def _span(trend: Trend) -> tuple[Decimal, Decimal]:
    """The values at the foot and the top of the box; zero is always within."""
    values = [point.value for point in trend.points if point is not None and point.value is not None]
    values += [mark for mark in (trend.limit, trend.target) if mark is not None]
    low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
    return (low, high) if high > low else (low, low + 1)


def _height(box: Box, value: Decimal, low: Decimal, high: Decimal) -> float:
    return box.y + box.height * float((value - low) / (high - low))
