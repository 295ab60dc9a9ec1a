"""The card of a site as a picture: a row for each metric with its name, its last value and twelve months of bars.

In a language that runs from right to left the words stand at the right and the bars at the left; time runs as ever.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing, Group, Line, Polygon, Rect

from bot.render.bars import BEYOND, Box
from bot.render.legend import drawn
from bot.render.legend_of_card import laid_out
from bot.render.phone import drawing_png
from bot.render.spark import spark
from bot.render.typeset import INK, NIGHT, QUIET, RULE, SMALL, WHITE, Role, Typeset
from handlers.status.card import Card, Trend

TITLE = Role(13, 16, NIGHT, bold=True)
SUBTITLE = Role(8.5, 12, QUIET)
NAME = Role(10.5, 13, NIGHT, bold=True)
VALUE = Role(13, 16.5, INK, bold=True)
REMARK = Role(8.5, 11, QUIET)
LOUD = Role(8.5, 11, BEYOND, bold=True)

WIDTH, SIDE = 300.0, 12.0
"""In points. With 2.4 pixels for a point the picture is 720 pixels wide, and its smallest letters are 18 high."""
SCALE = 2.4
WORDS_WIDTH, GAP = 148.0, 10.0
ROW_PADDING, LEAST_BARS = 8.0, 44.0
ARROW = 11.0
NO_BREAK = "\u00a0"
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=\S)")


@dataclass(frozen=True)
class Row:
    """A metric's row: its lines of words, each with its role, and its height in points."""

    trend: Trend
    lines: tuple[tuple[str, Role], ...]

    @property
    def height(self) -> float:
        """High enough for the words and for bars that can be told apart."""
        return max(sum(role.leading for _text, role in self.lines), LEAST_BARS) + 2 * ROW_PADDING


def card_png(card: Card) -> bytes:
    """The card as a PNG picture for chat, 720 pixels wide."""
    typeset = Typeset.in_language(card.language)
    made = drawing_png(card_drawing(card, typeset), typeset, SCALE)
    typeset.legible.report("card")
    return made


def card_drawing(card: Card, typeset: Typeset) -> Drawing:
    """The card, as high as its rows need."""
    inner = WIDTH - 2 * SIDE
    head = [*_wrapped(card.title, TITLE, inner, typeset), *_wrapped(card.subtitle, SUBTITLE, inner, typeset)]
    rows = [Row(trend, tuple(_words(trend, typeset))) for trend in card.trends]
    entries = laid_out(card, typeset, inner)
    foot = max((entry.down for entry in entries), default=0) + (SMALL.leading if card.more else 0) + SIDE
    top = SIDE + sum(role.leading for _text, role in head) + 2
    drawing = Drawing(WIDTH, top + sum(row.height for row in rows) + foot, initialFontName=typeset.font(SMALL))
    drawing.add(Rect(0, 0, WIDTH, drawing.height, fillColor=WHITE, strokeColor=None))
    drawing.add(_column(head, drawing.height - SIDE, typeset))
    y = drawing.height - top
    for row in rows:
        drawing.add(_row(row, y, typeset))
        y -= row.height
    drawing.add(Line(SIDE, y, WIDTH - SIDE, y, strokeColor=RULE, strokeWidth=0.6))
    drawing.add(drawn(entries, typeset, SIDE, y))
    if card.more:
        drawing.add(_text(card.more, SMALL, 0, SIDE * 0.7, typeset))
    return drawing


def _words(trend: Trend, typeset: Typeset) -> Iterator[tuple[str, Role]]:
    yield from _wrapped(trend.name, NAME, WORDS_WIDTH, typeset)
    if trend.said:
        yield typeset.fitted(trend.said, VALUE, WORDS_WIDTH - ARROW), VALUE
    for remark in trend.remarks:
        yield from _wrapped(remark.text, LOUD if remark.loud else REMARK, WORDS_WIDTH, typeset)


def _wrapped(text: str, role: Role, width: float, typeset: Typeset) -> list[tuple[str, Role]]:
    """The text in lines; a number stays with its unit."""
    kept = _AFTER_NUMBER.sub(NO_BREAK, typeset.legible.line(text))
    return [(line, role) for line in typeset.lines(kept, role, width)]


def _row(row: Row, top: float, typeset: Typeset) -> Group:
    """The words where a line begins, the bars beside them, a rule above."""
    group = Group(Line(SIDE, top, WIDTH - SIDE, top, strokeColor=RULE, strokeWidth=0.6))
    group.add(_column(row.lines, top - ROW_PADDING, typeset, row.trend.direction))
    left = SIDE if typeset.rtl else SIDE + WORDS_WIDTH + GAP
    width = WIDTH - 2 * SIDE - WORDS_WIDTH - GAP
    bars = Box(left, top - row.height + ROW_PADDING, width, row.height - 2 * ROW_PADDING)
    group.add(spark(bars, row.trend))
    return group


def _column(
    lines: Sequence[tuple[str, Role]],
    top: float,
    typeset: Typeset,
    direction: str = "",
) -> Group:
    """Lines below each other; the value stands beside the arrow of its direction."""
    group, y = Group(), top
    for text, role in lines:
        y -= role.leading
        base, arrow = y + role.leading - role.size, role is VALUE and direction != ""
        if arrow:
            group.add(_arrow(direction, WIDTH - SIDE - 8 if typeset.rtl else SIDE, base))
        group.add(_text(text, role, ARROW if arrow else 0, base, typeset))
    return group


def _arrow(direction: str, x: float, y: float) -> Polygon:
    """A triangle up or down, or a bar where nothing much has changed."""
    shapes = {
        "up": [x, y + 0.5, x + 8, y + 0.5, x + 4, y + 8],
        "down": [x, y + 8, x + 8, y + 8, x + 4, y + 0.5],
        "level": [x, y + 3, x + 8, y + 3, x + 8, y + 5.5, x, y + 5.5],
    }
    return Polygon(shapes[direction], fillColor=INK, strokeColor=None)


def _text(text: str, role: Role, inset: float, y: float, typeset: Typeset) -> Group:
    """A line that begins at the margin, or `inset` points from it."""
    anchor = typeset.anchor("start")
    x = SIDE + inset if anchor == "left" else WIDTH - SIDE - inset
    return typeset.shape(x, y, typeset.legible.line(text), role, anchor)
