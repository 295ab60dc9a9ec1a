"""The weekly summary as a PDF: same values, same bytes."""

from functools import partial
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.platypus import ActionFlowable, BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from bot.render.canvas import CountedCanvas
from bot.render.chapter import chapter
from bot.render.front import front
from bot.render.one_page import fitted, height_of
from bot.render.page import HEIGHT, INNER, SIDE, TOP, Paper, paper
from bot.render.typeset import SMALL, Typeset
from handlers.summaries.report import SummaryReport


class LeavePageOne(ActionFlowable):  # type: ignore[misc]
    """A new page, unless page one was too small for what stands on it, and the next has begun already."""

    def apply(self, document: BaseDocTemplate) -> None:
        """Go on to page two."""
        if document.page == 1:
            document.handle_pageBreak()


def summary_pdf(report: SummaryReport) -> bytes:
    """The summary on A4 pages, every font embedded, titled and in the report's language."""
    typeset = Typeset.in_language(report.language)
    sheet, made = paper(report, typeset), BytesIO()
    story = _story(report, typeset, HEIGHT - SIDE - sheet.bottom)
    _document(sheet, made).build(story, canvasmaker=partial(CountedCanvas, sheet))
    typeset.legible.report(f"summary {report.period.week}")
    return made.getvalue()


def _story(report: SummaryReport, typeset: Typeset, room: float) -> list[Flowable]:
    """Everything in its order; `room` is the height of page one in points."""
    top = front(report, typeset, INNER)
    chapters = [part for content in report.chapters for part in chapter(content, report.empty, typeset, INNER)]
    if report.one_page:
        return [*top, *fitted(chapters, INNER, room - height_of(top, INNER))]
    return [NextPageTemplate("later"), *top, *([LeavePageOne()] if chapters else []), *chapters]


def _document(sheet: Paper, made: BytesIO) -> BaseDocTemplate:
    report = sheet.report
    return BaseDocTemplate(
        made,
        pagesize=A4,
        pageTemplates=[
            PageTemplate("first", [_frame(sheet, HEIGHT - SIDE)], onPage=sheet.first),
            PageTemplate("later", [_frame(sheet, HEIGHT - TOP)], onPage=sheet.later),
        ],
        title=f"{report.title} · {report.programme} · {report.period.said}",
        author=report.programme,
        subject=report.period.week,
        lang=report.language,
        displayDocTitle=1,
        initialFontName=sheet.typeset.font(SMALL),
        invariant=1,
    )


def _frame(sheet: Paper, top: float) -> Frame:
    bare = {f"{side}Padding": 0 for side in ("left", "right", "top", "bottom")}
    return Frame(SIDE, sheet.bottom, INNER, top - sheet.bottom, **bare)
