"""Tables of the PDF: headings repeat on every page, rows are striped, figures align at the end."""

from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, Spacer

from bot.render.bars import Box
from bot.render.bookmark import marked
from bot.render.paragraph import Lines
from bot.render.rows import PADDING, Cell, Plain, Rows, row_of
from bot.render.spark import spark
from bot.render.typeset import CELL, COLUMN, HEADING, NOTE, Align, Typeset
from handlers.status.card import Trend
from handlers.summaries.report import Column, Table

ROOM = 90.0
"""A title is not left at the foot of a page: it needs the height of the heading row and a few rows below it."""
SAMPLE = 40
"""So many rows tell how long the words of a column are."""
TREND_SHARE, TREND_HEIGHT = 1.6, 20.0


def titled_table(content: Table, empty: str, typeset: Typeset, width: float, level: int = 0) -> list[Flowable]:
    """The title with its note and the table; the sentence `empty` where there are no rows."""
    title = typeset.legible.line(content.title)
    story = [Spacer(0, 14), *marked(title, ROOM, level=level), Lines(title, HEADING, typeset)]
    story += [Lines(content.note, NOTE, typeset)] if content.note else []
    if not content.rows:
        return [*story, Spacer(0, 3), Lines(empty, NOTE, typeset)]
    return [*story, Spacer(0, 5), table(content, typeset, width)]


def table(content: Table, typeset: Typeset, width: float) -> Rows:
    """The table at a width in points.

    Its first column stands where a line begins, at the right in a language that runs from there.
    """
    turn = -1 if typeset.rtl else 1
    columns = [*content.columns, *([Column(content.trend_title, share=TREND_SHARE)] if content.trends else [])][::turn]
    widths = _widths(content, columns, width, typeset)
    heads = [Lines(column.title, COLUMN, typeset, column.align) for column in columns]
    known: dict[tuple[str, int], Plain] = {}
    rows = []
    for number, texts in enumerate(content.rows):
        shown: list[str | Trend | None] = [*texts, *(content.trends[number : number + 1])][::turn]
        cells = [
            _cell(one, place, columns[place].align, widths[place], typeset, known)
            if isinstance(one, str)
            else _bars(one, widths[place], typeset)
            for place, one in enumerate(shown)
        ]
        rows.append(row_of(number, cells, widths))
    return Rows(heads, rows, widths, typeset)


def _bars(trend: Trend | None, width: float, typeset: Typeset) -> Cell:
    """The last periods of a row's figure, as the cards in chat show them."""
    if trend is None:
        return Plain("")
    drawing = Drawing(width - 2 * PADDING, TREND_HEIGHT, initialFontName=typeset.font(CELL))
    drawing.add(spark(Box(0, 1, drawing.width, TREND_HEIGHT - 2), trend))
    return drawing


def _cell(
    text: str, place: int, align: Align, width: float, typeset: Typeset, known: dict[tuple[str, int], Plain]
) -> Cell:
    """A plain text where it fits on one line; what is said in a column again and again is measured once."""
    found = known.get((text, place))
    if found is not None:
        return found
    line, room = typeset.legible.text(text), width - 2 * PADDING
    if "\n" in line or not typeset.is_plain(line):
        return Lines(line, CELL, typeset, align)
    anchor = typeset.anchor(align)
    if anchor == "left" and len(line) * CELL.size <= room:
        # No letter is wider than it is high, so this fits without being measured.
        made = Plain(line)
    else:
        taken = typeset.width(line, CELL)
        if taken > room:
            return Lines(line, CELL, typeset, align)
        made = Plain(line, PADDING + (room - taken) * {"left": 0, "middle": 0.5, "right": 1}[anchor])
    known[text, place] = made
    return made


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
