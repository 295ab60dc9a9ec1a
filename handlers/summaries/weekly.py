"""The weekly summary: what changed, what needs somebody, who is stuck, and the figures behind it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from handlers.bridge.words import CATEGORIES
from handlers.dialog import digest
from handlers.metrics.periods import said as period_said
from handlers.reader import Reader
from handlers.showing import Shower
from handlers.summaries.facts import WeekFacts
from handlers.summaries.report import Column, Period, Section, SummaryReport, Table
from handlers.summaries.week import Week
from handlers.tickets import ticket
from locales.text import Amount, Phrase, _, n_
from storage.tables.figures import Breach


@dataclass(frozen=True)
class Writer:
    """Writes the summary of a week for one reader."""

    facts: WeekFacts
    week: Week
    read: Reader
    shower: Shower
    made_at: datetime

    def report(self) -> SummaryReport:
        """The report, every sentence in the reader's language."""
        facts, plain = self.facts, self.shower.plain
        tables = (self._figures(), self._breaches(), self._capas(), self._obstacles())
        return SummaryReport(
            language=self.shower.languages[0],
            programme=self.read.settings.name,
            title=plain(_("Weekly summary")),
            period=Period(str(self.week), self.week.first, self.week.last, plain(self._said_period())),
            made_at=self.made_at,
            headline=tuple(plain(line) for line in self.headline()),
            changed=Section(plain(_("What changed")), self._lines([self._breach_line(one) for one in facts.breaches])),
            needs_you=Section(plain(_("What needs you")), self._lines(self._overdue_lines())),
            stuck=Section(plain(_("Who is stuck")), self._lines(self._stuck_lines())),
            empty=plain(_("Nothing this week.")),
            page_label=plain(_("Page {page} of {pages}")),
            footer=(plain(self._said_period()), plain(_("Data fingerprint {digest}", digest=_fingerprint(tables)))),
            tables=tables,
        )

    def headline(self) -> list[Phrase]:
        """The three lines that come first, in chat as in the PDF."""
        facts = self.facts
        sites = len({row.site_id for row in facts.figures})
        return [
            n_(
                "{count} figure received, from sites: {sites}.",
                "{count} figures received, from sites: {sites}.",
                len(facts.figures),
                sites=sites,
            ),
            n_("{count} figure above its limit.", "{count} figures above their limits.", len(facts.breaches)),
            _(
                "Corrective actions open: {open}, overdue: {overdue}. Lessons finished: {lessons}. "
                "Open problems: {obstacles}.",
                open=len(facts.open),
                overdue=len(facts.overdue),
                lessons=len(facts.lessons),
                obstacles=len(facts.open_obstacles),
            ),
        ]

    def _said_period(self) -> Phrase:
        return _("Week {week}: {first} to {last}", week=str(self.week), first=self.week.first, last=self.week.last)

    def _lines(self, phrases: list[Phrase]) -> tuple[str, ...]:
        return tuple(self.shower.plain(one) for one in phrases[:8])

    def _breach_line(self, row: Breach) -> Phrase:
        unit = self.read.metric(row.metric).base_unit
        return _(
            "{site}: {metric} in {month} is {value}, the limit is {limit}.",
            site=self.facts.sites[row.site_id].name,
            metric=self.read.metric_text(row.metric, "name"),
            month=period_said(row.period),
            value=Amount(row.value, unit),
            limit=Amount(row.threshold, unit),
        )

    def _overdue_lines(self) -> list[Phrase]:
        return [
            _(
                "CAPA {number} of {site} is overdue since {day}. Owner: {owner}.",
                number=ticket(row.id),
                site=self.facts.sites[row.site_id].name,
                day=row.owed_on or row.due_on,
                owner=self.facts.owner_of(row),
            )
            for row in self.facts.overdue
        ]

    def _stuck_lines(self) -> list[Phrase]:
        return [
            _(
                "{site}: problem {number}, {kind}, open since {day}.",
                site=self.facts.sites[row.site_id].name,
                number=ticket(row.id),
                kind=CATEGORIES[row.category],
                day=row.at.astimezone(self.read.settings.zone).date(),
            )
            for row in self.facts.open_obstacles
        ]

    def _table(self, title: Phrase, columns: list[Column], rows: list[tuple[Phrase | str, ...]]) -> Table:
        plain = self.shower.plain
        return Table(plain(title), tuple(columns), tuple(tuple(plain(cell) for cell in row) for row in rows))

    def _column(self, title: Phrase, share: float = 1, *, figures: bool = False) -> Column:
        return Column(self.shower.plain(title), "end" if figures else "start", share)

    def _figures(self) -> Table:
        columns = [
            self._column(_("Site"), 2),
            self._column(_("Figure"), 2),
            self._column(_("Month"), 1.3),
            self._column(_("Value"), 1.3, figures=True),
        ]
        rows: list[tuple[Phrase | str, ...]] = [
            (
                self.facts.sites[row.site_id].name,
                self.read.metric_text(row.metric, "name"),
                _("{month}", month=period_said(row.period)),
                _("{amount}", amount=Amount(row.base_value, row.base_unit)),
            )
            for row in self.facts.figures
        ]
        return self._table(_("Figures received"), columns, rows)

    def _breaches(self) -> Table:
        columns = [
            self._column(_("Site"), 2),
            self._column(_("Figure"), 2),
            self._column(_("Month"), 1.3),
            self._column(_("Value"), 1.3, figures=True),
            self._column(_("Limit"), 1.3, figures=True),
        ]
        rows: list[tuple[Phrase | str, ...]] = [
            (
                self.facts.sites[row.site_id].name,
                self.read.metric_text(row.metric, "name"),
                _("{month}", month=period_said(row.period)),
                _("{amount}", amount=Amount(row.value, self.read.metric(row.metric).base_unit)),
                _("{amount}", amount=Amount(row.threshold, self.read.metric(row.metric).base_unit)),
            )
            for row in self.facts.breaches
        ]
        return self._table(_("Above the limit"), columns, rows)

    def _capas(self) -> Table:
        columns = [
            self._column(_("Number"), 0.7, figures=True),
            self._column(_("Site"), 2),
            self._column(_("Finding"), 3),
            self._column(_("Owner"), 1.5),
            self._column(_("Due date"), 1.5),
        ]
        rows: list[tuple[Phrase | str, ...]] = [
            (
                str(row.id),
                self.facts.sites[row.site_id].name,
                row.finding,
                self.facts.owner_of(row),
                _("{day}", day=row.owed_on or row.due_on),
            )
            for row in self.facts.open
        ]
        return self._table(_("Open corrective actions"), columns, rows)

    def _obstacles(self) -> Table:
        columns = [
            self._column(_("Number"), 0.7, figures=True),
            self._column(_("Site"), 2),
            self._column(_("Kind"), 2),
            self._column(_("Reported on"), 1.5),
        ]
        rows: list[tuple[Phrase | str, ...]] = [
            (
                str(row.id),
                self.facts.sites[row.site_id].name,
                CATEGORIES[row.category],
                _("{day}", day=row.at.astimezone(self.read.settings.zone).date()),
            )
            for row in self.facts.open_obstacles
        ]
        return self._table(_("Open problems"), columns, rows)


def _fingerprint(tables: tuple[Table, ...]) -> str:
    """Twelve hexadecimal characters that change with any figure of the report."""
    return sha256(digest(*(repr(table) for table in tables)).encode()).hexdigest()[:12]
