"""The charts of a summary: one over the whole width, several two abreast."""

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from bot.render.bookmark import Bookmark
from bot.render.chart import chart_drawing
from bot.render.typeset import RULE, SMALL, Typeset
from handlers.summaries.chart import Chart

HEIGHT = 158.0
LOW = 124.0
"""The height of the charts at the foot of page one."""
GAP = 12.0


def charts(
    contents: tuple[Chart, ...], typeset: Typeset, width: float, level: int = 0, height: float = HEIGHT
) -> list[Flowable]:
    """The charts in rows that stay whole."""
    abreast = min(len(contents), 2)
    story: list[Flowable] = []
    for first in range(0, len(contents), 2):
        row = contents[first : first + 2]
        story += [Spacer(0, GAP), _row(row, level, height, typeset, (width - GAP * (abreast - 1)) / abreast)]
    return story


def _row(contents: tuple[Chart, ...], level: int, height: float, typeset: Typeset, width: float) -> Table:
    cells: list[list[Flowable] | str] = []
    for chart in contents:
        cells += [
            "",
            [Bookmark(typeset.legible.line(chart.title), level=level), chart_drawing(chart, typeset, width, height)],
        ]
    style = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    frames = [("BOX", (column, 0), (column, 0), 0.5, RULE) for column in range(0, len(cells) - 1, 2)]
    widths = [width, GAP] * len(contents)
    return Table(
        [cells[1:]], colWidths=widths[:-1], hAlign="LEFT", style=TableStyle([typeset.cell_font(SMALL), *style, *frames])
    )
