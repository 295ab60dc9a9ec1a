"""The figures that are read first: in large letters, side by side, each above what it is held against."""

from reportlab.platypus import Table, TableStyle

from bot.render.bars import BEYOND
from bot.render.paragraph import Lines
from bot.render.typeset import INK, NIGHT, QUIET, RULE, SMALL, Role, Typeset
from handlers.summaries.report import Tile

LABEL = Role(8.5, 11, NIGHT, bold=True)
VALUE = Role(20, 24, INK, bold=True)
LOUD = Role(20, 24, BEYOND, bold=True)
BELOW = Role(8, 10.5, QUIET)


def tiles(contents: tuple[Tile, ...], typeset: Typeset, width: float) -> Table:
    """The tiles in one row; in a language that runs from right to left the first stands at the right."""
    turn = -1 if typeset.rtl else 1
    cells = [
        [
            Lines(one.label, LABEL, typeset),
            Lines(one.value, LOUD if one.loud else VALUE, typeset),
            Lines(one.note, BELOW, typeset),
        ]
        for one in contents[::turn]
    ]
    style = [
        typeset.cell_font(SMALL),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 9),
        ("RIGHTPADDING", (0, 0), (-1, -1), 9),
        ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ("BOX", (0, 0), (-1, -1), 0.5, RULE),
        ("INNERGRID", (0, 0), (-1, -1), 0.5, RULE),
    ]
    return Table([cells], colWidths=[width / len(cells)] * len(cells), style=TableStyle(style))
