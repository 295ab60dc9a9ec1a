"""Tables of the PDF: headings repeat on every page, rows are striped, figures align at the end."""

from typing import Any

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, LongTable, Spacer, TableStyle

from bot.render.bars import Box
from bot.render.bookmark import marked
from bot.render.paragraph import Lines
from bot.render.spark import spark
from bot.render.typeset import CELL, COLUMN, HEADING, INK, NIGHT, NOTE, RULE, WASH, WHITE, Align, Typeset
from handlers.status.card import Trend
from handlers.summaries.report import Column, Table

PADDING = 4.0
ROOM = 90.0
"""A title is not left at the foot of a page: it needs the height of the heading row and a few rows below it."""
CHUNK = 200
"""So many rows are laid out at once: breaking a table of thousands again and again for each page costs its square."""
TALL = 600.0
"""A row of so many points has no room below a heading on any page."""
SAMPLE = 40
"""So many rows tell how long the words of a column are."""
TREND_SHARE, TREND_HEIGHT = 1.6, 20.0

_SIDES = {"left": "LEFT", "middle": "CENTER", "right": "RIGHT"}


class Rows(LongTable):  # type: ignore[misc]
    """A table that breaks between rows, and within a row only where that is too tall for any page."""

    def split(self, width: float, height: float) -> list[Flowable]:
        """What has room in `height` and what is left; nothing if no row has."""
        self._calc(width, height)
        self.splitInRow = int(self._rowHeights[self.repeatRows] > TALL)
        parts: list[Flowable] = super().split(width, height)
        return parts


def titled_table(content: Table, empty: str, typeset: Typeset, width: float, level: int = 0) -> list[Flowable]:
    """The title with its note and the table; the sentence `empty` where there are no rows."""
    title = typeset.legible.line(content.title)
    story = [Spacer(0, 14), *marked(title, ROOM, level=level), Lines(title, HEADING, typeset)]
    story += [Lines(content.note, NOTE, typeset)] if content.note else []
    if not content.rows:
        return [*story, Spacer(0, 3), Lines(empty, NOTE, typeset)]
    return [*story, Spacer(0, 5), *tables(content, typeset, width)]


def tables(content: Table, typeset: Typeset, width: float) -> list[Rows]:
    """The table at a width in points, in chunks that follow each other without a gap, each with its heading row.

    It breaks between rows, and within a row that is taller than a page. Its first column stands where a line begins,
    at the right in a language that runs from there.
    """
    turn = -1 if typeset.rtl else 1
    columns = [*content.columns, *([Column(content.trend_title, share=TREND_SHARE)] if content.trends else [])][::turn]
    widths = _widths(content, columns, width, typeset)
    heads = [Lines(column.title, COLUMN, typeset, column.align) for column in columns]
    aligns: list[Align] = [column.align for column in columns]
    rows = _rows(content, aligns, widths, typeset)
    style = _style(aligns, typeset)
    return [
        Rows([heads, *rows[first : first + CHUNK]], colWidths=widths, repeatRows=1, style=style)
        for first in range(0, len(rows), CHUNK)
    ]


def _rows(content: Table, aligns: list[Align], widths: list[float], typeset: Typeset) -> list[list[Any]]:
    turn = -1 if typeset.rtl else 1
    known: dict[tuple[str, int], str | Lines] = {}
    spaces = list(zip(aligns, widths, strict=True))
    found: list[list[Any]] = []
    for place, texts in enumerate(content.rows):
        row: list[Any] = list(texts[::turn])
        if content.trends:
            box = _bars(content.trends[place], widths[-1 if turn > 0 else 0], typeset)
            row = [*row, box] if turn > 0 else [box, *row]
        for column, (align, space) in enumerate(spaces):
            if isinstance(row[column], str):
                row[column] = _cell(row[column], column, align, space, typeset, known)
        found.append(row)
    return found


def _bars(trend: Trend | None, width: float, typeset: Typeset) -> Drawing | str:
    """The last periods of a row's figure, as the cards in chat show them."""
    if trend is None:
        return ""
    drawing = Drawing(width - 2 * PADDING, TREND_HEIGHT, initialFontName=typeset.font(CELL))
    drawing.add(spark(Box(0, 1, drawing.width, TREND_HEIGHT - 2), trend))
    return drawing


def _widths(content: Table, columns: list[Column], width: float, typeset: Typeset) -> list[float]:
    """The widths by share, but no column narrower than its longest word, as far as there is room for all of them."""
    shares = [max(column.share, 0.1) for column in columns]
    widths = [width * share / sum(shares) for share in shares]
    turned = content.rows[:SAMPLE] if not typeset.rtl else [row[::-1] for row in content.rows[:SAMPLE]]
    first = 1 if content.trends and typeset.rtl else 0
    least = []
    for place, column in enumerate(columns):
        texts = [row[place - first] for row in turned if 0 <= place - first < len(row)]
        heads = max((typeset.width(word, COLUMN) for word in _words(column.title, typeset)), default=0.0)
        words = {word for text in texts for word in _words(text, typeset)}
        cells = max((typeset.width(word, CELL) for word in words), default=0.0)
        least.append(min(max(heads, cells) + 2 * PADDING + 0.5, width / 4))
    lacking = sum(max(need - has, 0) for need, has in zip(least, widths, strict=True))
    spare = sum(max(has - need, 0) for need, has in zip(least, widths, strict=True))
    given = min(lacking / spare, 1) if spare else 0
    scale = min(spare / lacking, 1) if lacking else 0
    return [
        has + (need - has) * scale if need > has else has - (has - need) * given
        for need, has in zip(least, widths, strict=True)
    ]


def _words(text: str, typeset: Typeset) -> list[str]:
    return typeset.legible.line(text).split(" ")


def _cell(
    text: str,
    column: int,
    align: Align,
    width: float,
    typeset: Typeset,
    known: dict[tuple[str, int], str | Lines],
) -> str | Lines:
    """The text itself where it fits on one line: a thousand rows of flowables would take seconds to lay out.

    What is said in a column again and again is measured once.
    """
    found = known.get((text, column))
    if isinstance(found, str):
        return found
    line = typeset.legible.text(text)
    if "\n" not in line and typeset.is_plain(line) and typeset.width(line, CELL) <= width - 2 * PADDING:
        known[text, column] = line
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
