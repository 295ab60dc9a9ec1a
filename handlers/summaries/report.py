"""The weekly summary as plain values: every sentence is ready in the reader's language, `bot/render/` only sets it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from handlers.status.card import Trend
from handlers.summaries.chart import Chart


@dataclass(frozen=True)
class Period:
    """The week reported on: `week` as in "2026-W47", both days inclusive, `said` as it stands below the title."""

    week: str
    first: date
    last: date
    said: str


@dataclass(frozen=True)
class Tile:
    """A figure that is read first: `value` in large letters, what it is above, what it is held against below."""

    label: str
    value: str
    note: str = ""
    loud: bool = False


@dataclass(frozen=True)
class Line:
    """A sentence of page one; `to` is the key of the chapter with the rest, to which it leads."""

    text: str
    to: str = ""


@dataclass(frozen=True)
class Section:
    """A box of page one. Without lines it says the report's `empty` sentence."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Column:
    """A column's heading; figures align at the `end`. `share` is its part of the width, next to the other columns'."""

    title: str
    align: Literal["start", "centre", "end"] = "start"
    share: float = 1


@dataclass(frozen=True)
class Table:
    """Rows of ready texts, one for each column; `note` stands below the title. Without rows it says `empty`.

    With `trends`, one for each row, a last column headed `trend_title` shows their bars.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    trends: tuple[Trend | None, ...] = ()
    trend_title: str = ""

    def __post_init__(self) -> None:
        """Raise ValueError if a row has more or fewer texts than there are columns, or trends do not match the rows."""
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"every row of the table {self.title!r} needs one text for each column")
        if self.trends and len(self.trends) != len(self.rows):
            raise ValueError(f"every row of the table {self.title!r} needs a trend, or None")


@dataclass(frozen=True)
class Chapter:
    """What follows page one: a title, a few sentences that say it all, then charts, then tables."""

    key: str
    title: str
    lines: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class SummaryReport:
    """What one reader gets to see of one programme and week.

    `language` is a BCP 47 tag. `made_at` is aware UTC and becomes the date of the file. All texts are plain, without
    markup. `page_label` holds `{page}` and `{pages}`, `page_of` holds `{page}` and follows a line that leads to a
    chapter. `footer` holds lines, such as the data's fingerprint. `legend` says what the marks of figures mean.
    `charts` stand at the foot of page one. One meant for `one_page` shows as many rows as it has room for.
    """

    language: str
    programme: str
    title: str
    period: Period
    made_at: datetime
    headline: tuple[str, ...]
    changed: Section
    needs_you: Section
    stuck: Section
    empty: str
    page_label: str
    footer: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    charts: tuple[Chart, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    legend: str = ""
    page_of: str = "{page}"
    one_page: bool = False


_ADAPTER = TypeAdapter(SummaryReport)


def report_values(report: SummaryReport) -> dict[str, Any]:
    """The report as JSON values, as `Attachment.values` carries them."""
    values: dict[str, Any] = _ADAPTER.dump_python(report, mode="json")
    return values


def report_from(values: dict[str, Any]) -> SummaryReport:
    """The report that these JSON values describe. Raises ValueError when they describe none."""
    return _ADAPTER.validate_python(values)
