"""The weekly summary as a PDF: same values, same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from time import gmtime
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate, Spacer
from reportlab.platypus import Table as Grid

from bot.render.bookmark import Bookmark, marked
from bot.render.chart import chart_drawing
from bot.render.front import front
from bot.render.page import HEIGHT, INNER, SIDE, TOP, WIDTH, Paper, paper
from bot.render.table import table
from bot.render.typeset import HEADING, NOTE, Typeset
from handlers.summaries.chart import Chart
from handlers.summaries.report import SummaryReport, Table

CHART_HEIGHT = 175.0
GAP = 12.0


def summary_pdf(report: SummaryReport) -> bytes:
    """The summary on A4 pages, every font embedded, titled and in the report's language."""
    typeset = Typeset.in_script()
    made, sheet = BytesIO(), paper(report, typeset)
    _document(made, report, sheet).build([NextPageTemplate("later"), *_story(report, typeset)], canvasmaker=_canvas(sheet))
    typeset.legible.report(f"summary {report.period.week}")
    return made.getvalue()


def _story(report: SummaryReport, typeset: Typeset) -> Iterator[Flowable]:
    yield from front(report, typeset, INNER)
    yield from _charts(report.charts, typeset)
    for content in report.tables:
        yield from _titled_table(content, report.empty, typeset)


def _charts(charts: tuple[Chart, ...], typeset: Typeset) -> Iterator[Flowable]:
    """One chart over the whole width, several two abreast."""
    abreast = min(len(charts), 2)
    for first in range(0, len(charts), 2):
        width = (INNER - GAP * (abreast - 1)) / abreast
        cells = [[Bookmark(chart.title), chart_drawing(chart, typeset, width, CHART_HEIGHT)] for chart in charts[first : first + 2]]
        cells += [[]] * (abreast - len(cells))
        yield Spacer(0, GAP)
        yield Grid([cells], colWidths=[INNER / abreast] * abreast, style=_BARE)


_BARE = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
