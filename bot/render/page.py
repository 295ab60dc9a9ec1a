"""The paper: margins, the running head from page two on, the foot with "page x of y" on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from bot.render.typeset import LEADS, RULE, SMALL, Align, Typeset
from handlers.summaries.report import SummaryReport
from locales import formats, tags

WIDTH, HEIGHT = A4
SIDE = 42.0
TOP = 54.0
FOOT = 30.0
COUNT_WIDTH = 110.0
REFERENCE = 62.0
"""The room in points for the page of a chapter at the end of a line."""
INNER = WIDTH - 2 * SIDE


@dataclass(frozen=True)
class Paper:
    """Draws what every page carries, around the text."""

    report: SummaryReport
    typeset: Typeset
    head: tuple[str, str]
    foot: tuple[str, ...]

    @property
    def bottom(self) -> float:
        """The margin below the text, in points: it grows with the footer."""
        return FOOT + SMALL.leading * max(len(self.foot), 1) + 8

    def first(self, canvas: Canvas, _document: Any) -> None:
        """Page one has its title band and needs no head."""
        self._draw_foot(canvas)

    def later(self, canvas: Canvas, _document: Any) -> None:
        """The other pages say what they belong to."""
        self._draw_head(canvas)
        self._draw_foot(canvas)

    def _draw_head(self, canvas: Canvas) -> None:
        y = HEIGHT - TOP + 20
        self._pen(canvas)
        self._write(canvas, y, self.head[0], "start")
        self._write(canvas, y, self.head[1], "end")
        canvas.line(SIDE, y - 5, WIDTH - SIDE, y - 5)

    def _draw_foot(self, canvas: Canvas) -> None:
        top = self.bottom - 8
        self._pen(canvas)
        canvas.line(SIDE, top, WIDTH - SIDE, top)
        for number, line in enumerate(self.foot, start=1):
            self._write(canvas, top - 1 - number * SMALL.leading, line, "start")
        # How many pages there are is known at the end; until then each page refers to a form of its own.
        canvas.doForm(_form(canvas.getPageNumber()))

    def draw_counts(self, canvas: Canvas, pages: int) -> None:
        """Fill in "page x of y" on all pages."""
        for page in range(1, pages + 1):
            label = self.report.page_label.replace("{pages}", self._digits(pages)).replace("{page}", self._digits(page))
            canvas.beginForm(_form(page), 0, 0, WIDTH, HEIGHT)
            self._pen(canvas)
            text = self.typeset.fitted(label, SMALL, COUNT_WIDTH)
            self._write(canvas, self.bottom - 9 - SMALL.leading, text, "end")
            canvas.endForm()

    def draw_pages_of(self, canvas: Canvas, pages: Mapping[str, int | None]) -> None:
        """Fill in on which page each chapter is, where lines lead to it; nothing for one that is not there."""
        for key, page in pages.items():
            canvas.beginForm(page_form(key), -REFERENCE, -4, REFERENCE, SMALL.size * 2)
            if page is not None:
                label = self.typeset.fitted(self.report.page_of.replace("{page}", self._digits(page)), LEADS, REFERENCE)
                anchor = self.typeset.anchor("end")
                self.typeset.draw(canvas, 0, 0, label, LEADS, anchor)
            canvas.endForm()

    def _digits(self, number: int) -> str:
        return formats.digits(str(number), tags.locale(self.report.language))

    def _write(self, canvas: Canvas, y: float, line: str, align: Align) -> None:
        anchor = self.typeset.anchor(align)
        self.typeset.draw(canvas, SIDE if anchor == "left" else WIDTH - SIDE, y, line, SMALL, anchor)

    def _pen(self, canvas: Canvas) -> None:
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.5)


def paper(report: SummaryReport, typeset: Typeset) -> Paper:
    """The paper of a report: its head cut to one line, its footer broken into lines beside the page number."""
    beside = INNER - COUNT_WIDTH - 10
    name = typeset.fitted(f"{report.programme} · {report.title}", SMALL, INNER / 2)
    head = (name, typeset.fitted(report.period.said, SMALL, INNER - typeset.width(name, SMALL) - 20))
    foot: list[str] = []
    for text in report.footer:
        foot += typeset.lines(typeset.legible.line(text), SMALL, beside)
    return Paper(report, typeset, head, tuple(foot))


def page_form(key: str) -> str:
    """The name of the form with the page of a chapter: it ends, or begins, at its origin."""
    return f"page-of-{key}"


def _form(page: int) -> str:
    return f"count-{page}"
