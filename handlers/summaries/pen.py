"""Puts what a summary says into the reader's language."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.metrics.periods import short
from handlers.reader import Reader
from handlers.showing import Shower
from handlers.summaries import report
from handlers.summaries.axis import steps
from handlers.summaries.chart import Chart, Legend, Limit, Point, Tick
from handlers.summaries.sheet import Cell, Coded, Draft, Sheet
from locales.text import Amount, Country, Month, Phrase, Raw, Short, Value, _, p_


@dataclass(frozen=True)
class Pen:
    """Writes for one reader; what is said again and again, as a number or a month, is put into words once."""

    read: Reader
    shower: Shower
    kept: dict[Any, str] = field(default_factory=dict)

    def plain(self, phrase: Phrase) -> str:
        """A sentence without markup."""
        return self.shower.plain(phrase)

    def code(self, text: str) -> Raw:
        """A code such as "2026-W47" in a sentence: it keeps its direction where words run from right to left."""
        is_rtl = self.shower.texts.direction(self.shower.languages[0]) == "rtl"
        return Raw(f"\u2066{text}\u2069" if is_rtl else text)

    def cell(self, cell: Cell) -> str:
        """A cell of a table."""
        if cell is None:
            return ""
        if isinstance(cell, str):
            return str.__str__(cell)
        if isinstance(cell, Coded) and not cell.code:
            return self.plain(cell.said)
        key = (type(cell), (cell.code, cell.said.context, cell.said.id) if isinstance(cell, Coded) else cell)
        if key not in self.kept:
            value = Short(cell) if isinstance(cell, (date, Month)) else cell
            self.kept[key] = self.plain(value.said if isinstance(value, Coded) else _("{value}", value=value))
        return self.kept[key]

    def chapter(self, draft: Draft) -> report.Chapter:
        """A chapter in words. A table without rows is left out: the sentences say that there is nothing."""
        return report.Chapter(
            draft.key,
            self.plain(draft.title),
            tuple(self.plain(line) for line in draft.lines),
            tuple(draft.charts),
            tuple(self.table(sheet) for sheet in draft.sheets if sheet.rows and not sheet.hidden),
        )

    def table(self, sheet: Sheet) -> report.Table:
        """A table in words: the columns that have a title."""
        shown = [place for place, column in enumerate(sheet.columns) if column.title is not None]
        columns = tuple(
            report.Column(self.plain(one.title), "end" if one.end else "start", one.share)
            for one in sheet.columns
            if one.title is not None
        )
        rows = tuple(tuple(self.cell(row[place]) for place in shown) for row in sheet.rows)
        return report.Table(
            self.plain(sheet.title),
            columns,
            rows,
            self.plain(sheet.note) if sheet.note else "",
            tuple(sheet.trends),
            self.plain(_("Last periods")) if sheet.trends else "",
        )

    def bars(
        self,
        title: Phrase,
        unit: Phrase,
        points: Iterable[tuple[str, Decimal | int | None]],
        *,
        beyond: Callable[[Decimal], bool] = lambda _value: False,
        limit: tuple[Decimal, Phrase] | None = None,
    ) -> Chart:
        """A chart with a bar for each period, or for each label that is no period."""
        said = [(label, None if value is None else Decimal(value)) for label, value in points]
        marks = steps([*(value for _label, value in said), limit[0] if limit else None])
        return Chart(
            self.plain(title),
            self.plain(unit),
            tuple(
                Point(label, value, "" if value is None else self.cell(value), beyond=bool(value and beyond(value)))
                for label, value in said
            ),
            tuple(Tick(one, self.cell(one)) for one in marks),
            Limit(limit[0], self.plain(limit[1])) if limit else None,
            Legend(missing=self.plain(_("Missing"))),
            self.shower.languages[0],
        )

    def month(self, period: str) -> str:
        """A period as a label."""
        return self.plain(_("{month}", month=short(period)))


def metric_cell(read: Reader, key: str) -> Coded:
    """A metric by its key and name."""
    return Coded(key, read.metric_text(key, "name"))


def period_cell(period: str) -> Coded:
    """A period as it is kept and as it is said."""
    return Coded(period, _("{month}", month=short(period)))


def country_cell(code: str) -> Coded:
    """A country by its code and name."""
    return Coded(code, _("{value}", value=Country(code)))


def amount(value: Decimal, unit: str) -> Amount:
    """A value that can be shown with its unit."""
    return Amount(value, unit)


def listed(names: Sequence[Value], most: int) -> tuple[Value, ...]:
    """The first names of a list, and how many more there are."""
    rest = len(names) - most
    return tuple(names[:most]) + ((p_("the rest of a list", "{count} more", count=Raw(str(rest))),) if rest > 0 else ())
