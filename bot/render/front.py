"""The top of page one: the title band, the headline and the three boxes."""

from reportlab.lib.colors import Color, HexColor
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from bot.render.bookmark import marked
from bot.render.charts import LOW, charts
from bot.render.lead import said
from bot.render.paragraph import Lines
from bot.render.tiles import tiles
from bot.render.typeset import HEADING, HEADLINE, NIGHT, NOTE, OVERLINE, RULE, SMALL, TITLE, WASH, Typeset
from handlers.summaries.report import Section, SummaryReport

# Different in lightness too, so that the three boxes stay apart in grey print.
CHANGED, NEEDS_YOU, STUCK = HexColor(0x7FB2D9), HexColor(0x9C3311), HexColor(0xD9A400)

EDGE = 4.0
ROOM = 70.0
"""The title of a box is not left at the foot of a page without a line below it."""


def front(report: SummaryReport, typeset: Typeset, width: float) -> list[Flowable]:
    """Everything that comes before the chapters."""
    story: list[Flowable] = [_band(report, typeset, width), Spacer(0, 12)]
    story += [Lines(line, HEADLINE, typeset) for line in report.headline]
    story += [Spacer(0, 8), tiles(report.tiles, typeset, width)] if report.tiles else []
    for section, colour in ((report.changed, CHANGED), (report.needs_you, NEEDS_YOU), (report.stuck, STUCK)):
        story += [
            Spacer(0, 12),
            *marked(typeset.legible.line(section.title), ROOM),
            _box(section, report.empty, colour, typeset, width),
        ]
    story += [Spacer(0, 6), Lines(report.legend, NOTE, typeset)] if report.legend else []
    return [*story, *charts(report.charts, typeset, width, height=LOW)]


def _band(report: SummaryReport, typeset: Typeset, width: float) -> Table:
    lines = [
        [Lines(report.programme, OVERLINE, typeset)],
        [Lines(report.title, TITLE, typeset)],
        [Lines(report.period.said, OVERLINE, typeset)],
    ]
    style = [
        typeset.cell_font(SMALL),
        ("BACKGROUND", (0, 0), (-1, -1), NIGHT),
        ("LEFTPADDING", (0, 0), (-1, -1), 16),
        ("RIGHTPADDING", (0, 0), (-1, -1), 16),
        ("TOPPADDING", (0, 0), (-1, 0), 14),
        ("TOPPADDING", (0, 1), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -2), 1),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 15),
    ]
    return Table(lines, colWidths=[width], splitInRow=1, style=TableStyle(style))


def _box(section: Section, empty: str, colour: Color, typeset: Typeset, width: float) -> Table:
    """The title and one row for each line, with a coloured edge; over several pages the title repeats."""
    body = [said(line, typeset) for line in section.lines] or [Lines(empty, NOTE, typeset)]
    edge, words = (1, 0) if typeset.rtl else (0, 1)
    rows = [[row, ""] if typeset.rtl else ["", row] for row in (Lines(section.title, HEADING, typeset), *body)]
    style = [
        ("BACKGROUND", (edge, 0), (edge, -1), colour),
        ("BACKGROUND", (words, 0), (words, -1), WASH),
        typeset.cell_font(SMALL),
        ("LEFTPADDING", (words, 0), (words, -1), 12),
        ("RIGHTPADDING", (words, 0), (words, -1), 12),
        ("TOPPADDING", (0, 0), (-1, 0), 7),
        ("TOPPADDING", (0, 1), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -2), 3.5),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 9),
        ("LINEABOVE", (words, 2), (words, -1), 0.4, RULE),
    ]
    widths = [width - EDGE, EDGE] if typeset.rtl else [EDGE, width - EDGE]
    return Table(rows, colWidths=widths, repeatRows=1, splitInRow=1, style=TableStyle(style))
