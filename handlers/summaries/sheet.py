"""The tables of a summary, made once for both of their readers: words on the page, codes and plain numbers as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from handlers.dialog import digest
from handlers.message import Attachment
from handlers.status.card import Trend
from handlers.summaries.chart import Chart
from locales.text import Amount, Month, Phrase, Raw


@dataclass(frozen=True)
class Coded:
    """A word of ours: its code stands in the CSV, the phrase on the page. Without a code it is for the page alone."""

    code: str
    said: Phrase


Cell = str | int | Decimal | date | Month | Amount | Coded | None
"""What a cell holds; None stays empty. Plain `str` is a name or people's words."""


@dataclass(frozen=True)
class Column:
    """`key` heads the column of the CSV, `title` that of the page; without a title it is not on the page.

    `share` is its part of the page's width; figures stand at the `end`.
    """

    key: str
    title: Phrase | None = None
    share: float = 1
    end: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table by its `key`, which names the file. `trends`, one for each row, are shown on the page alone.

    One that is `hidden` is in the CSV and not on the page, one without a key on the page and not in the CSV: what its
    rows say is in another sheet, in a shape that a program can read.
    """

    key: str
    title: Phrase
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    note: Phrase | None = None
    trends: Sequence[Trend | None] = ()
    hidden: bool = False


@dataclass(frozen=True)
class Draft:
    """A chapter before it is put into words: sentences first, then charts and tables.

    One in which there is nothing to say is left out of the report; its sheets are data nevertheless.
    """

    key: str
    title: Phrase
    lines: Sequence[Phrase] = ()
    sheets: Sequence[Sheet] = ()
    charts: Sequence[Chart] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it would be on the page but its title."""
        return not self.lines and not self.charts and not any(sheet.rows and not sheet.hidden for sheet in self.sheets)


def header(sheet: Sheet) -> list[str]:
    """The first line of the CSV."""
    return [column.key for column in sheet.columns]


def plain_rows(sheet: Sheet) -> list[list[Any]]:
    """The rows of the CSV: codes, numbers without units, ISO dates."""
    return [[plain_cell(cell) for cell in row] for row in sheet.rows]


def plain_cell(cell: Cell) -> str | int:
    """A cell without words of any language."""
    match cell:
        case None:
            return ""
        case Coded(code=code):
            return code
        case Amount(value=value):
            return format(value, "f")
        case Decimal():
            return format(cell, "f")
        case date():
            return cell.isoformat()
        case Month():
            return str(cell)
        case Raw() | str():
            return str.__str__(cell)
    return cell


def data(drafts: Sequence[Draft]) -> list[Sheet]:
    """The sheets of all chapters that have a key: they are the data behind the report."""
    return [sheet for draft in drafts for sheet in draft.sheets if sheet.key]


def fingerprint(sheets: Sequence[Sheet]) -> str:
    """Twelve hexadecimal characters that change with any figure, and are the same for readers of any language."""
    held = [(sheet.key, header(sheet), plain_rows(sheet)) for sheet in sheets]
    return sha256(digest(*held).encode()).hexdigest()[:12]


def csv_of(sheet: Sheet, week: str) -> Attachment:
    """The sheet as a CSV file, to be written by the worker."""
    values = {"header": header(sheet), "rows": plain_rows(sheet)}
    return Attachment(f"{week}-{sheet.key}.csv", draw="csv", values=values)
