"""The legend of a chart: what the looks of its bars and its line mean."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Group, Line

from bot.render.bars import Box, bar, gap
from bot.render.typeset import INK, SMALL, Role, Typeset
from handlers.summaries.chart import Chart, Legend, Point

WORD = Role(SMALL.size, SMALL.leading)
SWATCH = 9.0
LINE = 12.0

Sign = Callable[[float, float], Group]
"""Draws a swatch with its lower left corner at x and y."""

Meaning = tuple[Sign, str]
"""A sign and its word."""


@dataclass(frozen=True)
class Entry:
    """A swatch and its word, with the place of its lower left corner below the top left of the legend."""

    sign: Sign
    word: str
    x: float
    down: float


def laid_out(chart: Chart, typeset: Typeset, width: float) -> list[Entry]:
    """The entries of a chart, in as many lines as they need at this width."""
    return placed(_meanings(chart), typeset, width)


def placed(meanings: Iterable[Meaning], typeset: Typeset, width: float) -> list[Entry]:
    """Signs and their words, in as many lines as they need at this width."""
    entries: list[Entry] = []
    x, down = 0.0, LINE
    for sign, text in meanings:
        word = typeset.fitted(text, SMALL, width - SWATCH - 4)
        room = SWATCH + 4 + typeset.width(word, SMALL)
        if x and x + room > width:
            x, down = 0.0, down + LINE
        entries.append(Entry(sign, word, x, down))
        x += room + 12
    return entries


def drawn(entries: list[Entry], typeset: Typeset, left: float, top: float) -> Group:
    """The legend with its top left corner at `left` and `top`."""
    group = Group()
    for entry in entries:
        x, y = left + entry.x, top - entry.down + 2
        group.add(entry.sign(x, y))
        group.add(typeset.shape(x + SWATCH + 4, y + 1, entry.word, WORD))
    return group


def limit_line(x: float, y: float, length: float) -> Line:
    """The dashed line of the limit."""
    return Line(x, y, x + length, y, strokeColor=INK, strokeWidth=1.1, strokeDashArray=[4, 2])


def _meanings(chart: Chart) -> Iterator[Meaning]:
    """The signs that occur in the chart, with their words."""
    if chart.limit:
        yield dashes, chart.limit.label
    yield from meanings_of_bars(chart.points, chart.legend)


def meanings_of_bars(points: Sequence[Point], words: Legend) -> Iterator[Meaning]:
    """The looks that occur among the bars and have a word."""
    known = [point for point in points if point.value is not None]
    if words.measured and any(point.mark == "measured" and not point.beyond for point in known):
        yield _sample(Point("", None)), words.measured
    if words.beyond and any(point.beyond for point in known):
        yield _sample(Point("", None, beyond=True)), words.beyond
    if words.estimated and any(point.mark == "estimated" for point in known):
        yield _sample(Point("", None, mark="estimated")), words.estimated
    if words.missing and len(known) < len(points):
        yield _cross, words.missing


def _sample(point: Point) -> Sign:
    return lambda x, y: bar(Box(x, y, SWATCH, SWATCH - 2), point)


def _cross(x: float, y: float) -> Group:
    return gap(x + SWATCH / 2, y - 2, 5)


def dashes(x: float, y: float) -> Group:
    """The swatch of a limit."""
    return Group(limit_line(x, y + 3.5, SWATCH))
