"""Charts: one drawing, set into the PDF and rasterised for chat."""

from dataclasses import dataclass
from decimal import Decimal

from reportlab.graphics.shapes import Drawing, Group, Line, Rect

from bot.render import legend
from bot.render.bars import Box, bar, gap
from bot.render.phone import drawing_png
from bot.render.typeset import INK, NIGHT, RULE, SMALL, WHITE, Role, Typeset
from handlers.summaries.chart import Chart, Point

HEAD = Role(9.5, 12, NIGHT, bold=True)
FIGURE = Role(7, 8.5, INK)
PHONE = (360.0, 250.0)
"""The size in points of a chart for chat: its smallest letters can be read across the width of a phone."""

PHONE_SCALE = 3.0
BAR_SHARE = 0.62
APART = 4.0
"""The least room in points between two labels below the plot."""


@dataclass(frozen=True)
class Plot:
    """The area of the bars: its box, the values at its lower and upper edge, and the width of one bar's slot."""

    box: Box
    low: Decimal
    high: Decimal
    slot: float

    def y(self, value: Decimal) -> float:
        """The height on the page of a value."""
        share = float((value - self.low) / (self.high - self.low))
        return self.box.y + self.box.height * share

    def centre(self, number: int) -> float:
        """The middle of the slot of a point."""
        return self.box.x + self.slot * (number + 0.5)


def chart_png(chart: Chart) -> bytes:
    """The chart as a PNG picture for chat."""
    typeset = Typeset.in_language(chart.language)
    drawing = chart_drawing(chart, typeset, *PHONE)
    made = drawing_png(drawing, typeset, PHONE_SCALE)
    typeset.legible.report("chart")
    return made


def chart_drawing(chart: Chart, typeset: Typeset, width: float, height: float) -> Drawing:
    """The chart at a size in points: title, unit and legend above the plot, labels below it."""
    drawing = Drawing(width, height, initialFontName=typeset.font(SMALL))
    drawing.add(Rect(0, 0, width, height, fillColor=WHITE, strokeColor=None))
    below = _headed(drawing, chart, typeset)
    labels, every = _labels(chart, typeset, _slot(chart, typeset, width))
    plot = _plot(chart, typeset, width, below, lines=max((len(lines) for lines in labels), default=0))
    _draw_axis(drawing, chart, plot, typeset)
    for number, point in enumerate(chart.points):
        drawing.add(_mark(point, plot, number))
    _draw_labels(drawing, labels, every, plot, typeset)
    if chart.limit:
        drawing.add(legend.limit_line(plot.box.x, plot.y(chart.limit.value), plot.box.width))
    _draw_figures(drawing, chart, plot, typeset)
    return drawing


def _headed(drawing: Drawing, chart: Chart, typeset: Typeset) -> float:
    """Draw title, legend and unit from the top down; how high the plot may reach comes back."""
    top: float = drawing.height - 10
    for line in typeset.lines(typeset.legible.line(chart.title), HEAD, drawing.width - 16):
        top -= HEAD.leading
        drawing.add(_head(drawing, top + 3, line, HEAD, typeset))
    entries = legend.laid_out(chart, typeset, drawing.width - 16)
    drawing.add(legend.drawn(entries, typeset, 8, top - 1))
    top -= max((entry.down for entry in entries), default=0) + 14
    unit = typeset.fitted(chart.unit, SMALL, drawing.width - 16)
    drawing.add(_head(drawing, top + 3, unit, SMALL, typeset))
    return top - 12


def _gutter(chart: Chart, typeset: Typeset) -> float:
    """The room left of the plot, for the longest number of the axis."""
    return 14 + max(typeset.width(typeset.legible.line(tick.said), SMALL) for tick in chart.ticks)


def _slot(chart: Chart, typeset: Typeset, width: float) -> float:
    return (width - _gutter(chart, typeset) - 8) / max(len(chart.points), 1)


def _plot(chart: Chart, typeset: Typeset, width: float, top: float, lines: int) -> Plot:
    left, bottom = _gutter(chart, typeset), 10 + lines * SMALL.leading
    values = [point.value for point in chart.points if point.value is not None]
    values += [tick.value for tick in chart.ticks] + ([chart.limit.value] if chart.limit else [])
    box = Box(left, bottom, width - left - 8, max(top - bottom, 20))
    return Plot(box, min(values), max(values), _slot(chart, typeset, width))


def _labels(chart: Chart, typeset: Typeset, slot: float) -> tuple[list[list[str]], int]:
    """The labels in one or two lines each, and the step (every label, every second one) at which they fit."""
    texts = [typeset.legible.line(point.label) for point in chart.points]
    labels, every = [], 1
    for every in range(1, len(texts) + 1):
        room = slot - APART if every == 1 else slot * every * 0.75
        labels = [typeset.lines(text, SMALL, room, whole=True) for text in texts]
        if all(len(lines) <= 2 and all(typeset.width(line, SMALL) <= room for line in lines) for lines in labels):
            break
    return [lines[:2] for lines in labels], every


def _draw_axis(drawing: Drawing, chart: Chart, plot: Plot, typeset: Typeset) -> None:
    right = plot.box.x + plot.box.width
    for tick in chart.ticks:
        y, base = plot.y(tick.value), tick.value == 0
        drawing.add(Line(plot.box.x, y, right, y, strokeColor=INK if base else RULE, strokeWidth=0.8 if base else 0.4))
        drawing.add(typeset.shape(plot.box.x - 5, y - 2.6, typeset.legible.line(tick.said), SMALL, "right"))


def _mark(point: Point, plot: Plot, number: int) -> Drawing:
    """The bar from zero to the value, or the sign that it is missing."""
    middle, zero = plot.centre(number), plot.y(Decimal(0))
    if point.value is None:
        return gap(middle, zero, min(6.0, plot.slot * BAR_SHARE))
    width, end = min(plot.slot * BAR_SHARE, 36.0), plot.y(point.value)
    return bar(Box(middle - width / 2, min(zero, end), width, abs(end - zero)), point)


def _draw_labels(drawing: Drawing, labels: list[list[str]], every: int, plot: Plot, typeset: Typeset) -> None:
    """Write the labels below the plot, counted from the last one, which is the one that is looked for."""
    for number in range(len(labels) - 1, -1, -every):
        for row, line in enumerate(labels[number]):
            rightmost = drawing.width - 3 - typeset.width(line, SMALL) / 2
            x, y = min(plot.centre(number), rightmost), plot.box.y - 11 - row * SMALL.leading
            drawing.add(typeset.shape(x, y, line, SMALL, "middle"))


def _draw_figures(drawing: Drawing, chart: Chart, plot: Plot, typeset: Typeset) -> None:
    """Write the figures above their bars if all have room, on white, so that no line behind strikes them out."""
    said = [typeset.legible.line(point.said) for point in chart.points]
    widths = [typeset.width(text, FIGURE) for text in said]
    if max(widths, default=0) > plot.slot - 2:
        return
    for number, (point, text, width) in enumerate(zip(chart.points, said, widths, strict=True)):
        if point.value is None or not text:
            continue
        x, y = plot.centre(number), _above(chart, plot, point.value)
        drawing.add(Rect(x - width / 2 - 1, y - 1, width + 2, FIGURE.size, fillColor=WHITE, strokeColor=None))
        drawing.add(typeset.shape(x, y, text, FIGURE, "middle"))


def _above(chart: Chart, plot: Plot, value: Decimal) -> float:
    """Where the figure stands: on its bar, or on the limit's line where that would run through it."""
    y = plot.y(max(value, Decimal(0))) + 2.5
    line = plot.y(chart.limit.value) if chart.limit else y - FIGURE.size
    return line + 2.5 if y - 2.5 <= line <= y + FIGURE.size else y


def _head(drawing: Drawing, y: float, line: str, role: Role, typeset: Typeset) -> Group:
    """A line above the plot, where a line of this language begins."""
    anchor = typeset.anchor("start")
    return typeset.shape(8 if anchor == "left" else drawing.width - 8, y, line, role, anchor)
