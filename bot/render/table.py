"""Tables of the PDF: headings repeat on every page, rows are striped, figures align at the end."""

from typing import Any

from reportlab.platypus import Flowable, LongTable, Spacer, TableStyle

from bot.render.bookmark import marked
from bot.render.paragraph import Lines
from bot.render.typeset import CELL, COLUMN, HEADING, INK, NIGHT, NOTE, RULE, WASH, WHITE, Align, Typeset
from handlers.summaries.report import Table

PADDING = 5.0
ROOM = 90.0
"""A title is not left at the foot of a page: it needs the height of the heading row and a few rows below it."""

_SIDES = {"left": "LEFT", "middle": "CENTER", "right": "RIGHT"}


def titled_table(content: Table, empty: str, typeset: Typeset, width: float) -> list[Flowable]:
    """The title with its note and the table; the sentence `empty` where there are no rows."""
    title = typeset.legible.line(content.title)
    story = [Spacer(0, 20), *marked(title, ROOM), Lines(title, HEADING, typeset)]
    story += [Lines(content.note, NOTE, typeset)] if content.note else []
    return [*story, Spacer(0, 5), table(content, typeset, width) if content.rows else Lines(empty, NOTE, typeset)]


def table(content: Table, typeset: Typeset, width: float) -> LongTable:
    """The table at a width in points. It breaks between rows, and within a row that is taller than a page.

    Its first column stands where a line begins, at the right in a language that runs from there.
    """
    turn = -1 if typeset.rtl else 1
    widths, columns = _widths(content, width)[::turn], content.columns[::turn]
    heads = [Lines(column.title, COLUMN, typeset, column.align) for column in columns]
    aligns: list[Align] = [column.align for column in columns]
    rows = [
        [_cell(text, align, space, typeset) for text, align, space in zip(row[::turn], aligns, widths, strict=True)]
        for row in content.rows
    ]
    return LongTable([heads, *rows], colWidths=widths, repeatRows=1, splitInRow=1, style=_style(aligns, typeset))


def _widths(content: Table, width: float) -> list[float]:
    shares = [max(column.share, 0.1) for column in content.columns]
    return [width * share / sum(shares) for share in shares]


def _cell(text: str, align: Align, width: float, typeset: Typeset) -> str | Lines:
    """The text itself where it fits on one line: a thousand rows of flowables would take seconds to lay out."""
    line = typeset.legible.text(text)
    if "\n" not in line and typeset.is_plain(line) and typeset.width(line, CELL) <= width - 2 * PADDING:
        return line
    return Lines(line, CELL, typeset, align)


def _style(aligns: list[Align], typeset: Typeset) -> TableStyle:
    commands: list[tuple[Any, ...]] = [
        typeset.cell_font(CELL),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("ROWBACKGROUNDS", (0, 1), (-1, -1), [WHITE, WASH]),
        ("LINEBELOW", (0, 0), (-1, 0), 1, NIGHT),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, RULE),
    ]
    commands += [
        ("ALIGN", (column, 1), (column, -1), _SIDES[typeset.anchor(align)]) for column, align in enumerate(aligns)
    ]
    return TableStyle(commands)
