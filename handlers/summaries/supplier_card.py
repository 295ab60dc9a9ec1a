"""One page about a supplier for a review meeting: how it stands, what goes well, what is open, what to talk about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.bridge.words import CATEGORIES
from handlers.capa.terms import SEVERITIES
from handlers.message import Attachment
from handlers.metrics.periods import said as period_said
from handlers.router import ANYONE, Router, number
from handlers.status.look import Look, look_at
from handlers.status.past import Past
from handlers.status.suppliers import site_of_supplier
from handlers.summaries import breaches, burden, running
from handlers.summaries.bottlenecks import problems
from handlers.summaries.capas import due_on, is_overdue, waits_for
from handlers.summaries.missing import rate_of
from handlers.summaries.pen import Pen, listed, period_cell
from handlers.summaries.report import Line, Period, Section, SummaryReport, Tile, report_values
from handlers.summaries.scope import Scope, scope_of
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet, data, fingerprint
from handlers.summaries.waiting import waiting
from handlers.summaries.week import week_of
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Amount, Moment, Phrase, _, n_
from storage import programme, suppliers, training
from storage.tables.capas import Capa
from storage.tables.people import Role
from storage.tables.programme import Site, Supplier

routes = Router()
LINES = 3
"""So many lines has a box of the card."""
MOST_ACTIONS, MOST_FIGURES = 3, 15
"""So many rows are handed over; of them the page shows as many as it has room for."""
FINDING = 60
"""So many letters of a finding are shown."""


@routes.button("supplier.card", ANYONE, site=site_of_supplier)
def show(turn: Turn, supplier_id: str) -> None:
    """The card as a PDF; people of a site get it about their own sites alone."""
    supplier = programme.supplier(turn.session, number(supplier_id) or 0)
    own = {site.id for site in programme.sites_of(turn.session, turn.me)}
    sites = [site for site in suppliers.sites(turn.session, supplier.id) if site.id in own]
    report = SupplierCard.of(turn, supplier, sites).report()
    turn.say(_("Here is the page about {supplier}, for your next meeting.", supplier=supplier.name))
    name = f"{supplier.key}-{report.period.last.isoformat()}.pdf"
    turn.attach(Attachment(name, draw="summary", values=report_values(report)))
    turn.note("supplier card shown", "supplier", supplier.id)


@dataclass(frozen=True)
class SupplierCard:
    """Writes the card of a supplier about some of its sites, for one reader."""

    turn: Turn
    supplier: Supplier
    scope: Scope
    pen: Pen
    looks: tuple[Look, ...]

    @classmethod
    def of(cls, turn: Turn, supplier: Supplier, sites: Sequence[Site]) -> "SupplierCard":
        """The card for whoever caused the turn."""
        scope = scope_of(turn, turn.me, week_of(turn.now, turn.settings.zone), sites)
        looks = tuple(look_at(turn, turn.me, facts) for facts in scope.sites)
        return cls(turn, supplier, scope, Pen(turn.read, turn.shower(turn.me)), looks)

    def report(self) -> SummaryReport:
        """The card, every sentence in the reader's language."""
        plain, today = self.pen.plain, self.scope.today
        boxes = (
            self._box(_("What goes well"), list(self._well())),
            self._box(_("What is open"), list(self._open())),
            self._box(_("To talk about"), list(self._talk())),
        )
        drafts = [Draft("card", _("Figures"), sheets=(self._actions(), self._figures()))]
        return SummaryReport(
            language=self.pen.shower.languages[0],
            programme=self.turn.settings.name,
            title=self.supplier.name,
            period=Period(str(self.scope.week), self.scope.week.first, today, plain(self._about())),
            made_at=self.turn.now,
            headline=(),
            tiles=self._tiles(),
            changed=boxes[0],
            needs_you=boxes[1],
            stuck=boxes[2],
            empty=plain(_("Nothing at the moment.")),
            page_label=plain(_("Page {page} of {pages}")),
            footer=(plain(self._footer(drafts)),),
            chapters=tuple(replace(self.pen.chapter(draft), title="") for draft in drafts),
            one_page=True,
        )

    def _about(self) -> Phrase:
        names = listed([one.site.name for one in self.scope.sites], 4)
        return _("Tier {tier}. Sites: {sites}. {day}", tier=self.supplier.tier, sites=names, day=self.scope.today)

    def _footer(self, drafts: list[Draft]) -> Phrase:
        return _(
            "{supplier}. Made {moment}. Data fingerprint {digest}",
            supplier=self.supplier.name,
            moment=Moment(self.turn.now, str(self.turn.settings.zone)),
            digest=fingerprint(data(drafts)),
        )

    def _tiles(self) -> tuple[Tile, ...]:
        rate, plain = rate_of(self.scope.sites), self.pen.plain
        late = [row for row in self._capas() if is_overdue(self.scope, row)]
        load = burden.gather(self.turn, self.scope).get(self.supplier.id, burden.Load())
        broken = sum(len(one.breaches) for one in self.scope.sites)
        percent = rate.percent if rate.percent is not None else 100
        given = _("{given} of {asked} due", given=rate.given, asked=rate.asked)
        open_ = _("of {count} open", count=len(self._capas()))
        return (
            Tile(plain(_("Figures in")), self.pen.cell(Amount(Decimal(percent), "%")), plain(given), percent < 50),
            Tile(plain(_("Limits broken")), self.pen.cell(broken), plain(_("not taken up yet")), broken > 0),
            Tile(plain(_("CAPAs overdue")), self.pen.cell(len(late)), plain(open_), bool(late)),
            Tile(plain(_("Minutes asked")), self.pen.cell(load.minutes), plain(_("in 30 days, estimated"))),
        )

    def _capas(self) -> list[Capa]:
        rows = [row for site in self.scope.sites for row in site.capas]
        return sorted(rows, key=lambda row: (not is_overdue(self.scope, row), due_on(row), row.id))

    def _well(self) -> Iterator[Phrase]:
        """Targets reached, better terms in reach, courses passed."""
        reached = [past for look in self.looks for past in look.pasts if self._reaches(look, past)]
        if reached:
            names = listed([self._name(past) for past in reached], 4)
            yield _("Targets reached: {names}.", names=names)
        for one in running.runs(self.turn, self.scope):
            yield _("Every target was met for {periods} periods running.", periods=one.periods)
        passed = training.passed(self.turn.session, list(self.scope.staff))
        if passed:
            yield n_("{count} course has been passed.", "{count} courses have been passed.", len(passed))

    def _open(self) -> Iterator[Phrase]:
        """Broken limits, and what is missing."""
        for row in breaches.found(self.turn, self.scope):
            unit = "%" if row.rule == "drift" else self.turn.read.metric(row.metric).base_unit
            yield _(
                "{metric} of {site} in {month}: {value}, the limit is {limit}.",
                metric=self.turn.read.metric_text(row.metric, "name"),
                site=self.scope.site(row.site_id).name,
                month=period_said(row.period),
                value=Amount(row.value, unit),
                limit=Amount(row.threshold, unit),
            )
        for one in self.scope.sites:
            if one.missing:
                names = listed([self.turn.read.metric_text(metric, "name") for metric, _period in one.missing], 4)
                yield _("Missing from {site}: {names}.", site=one.site.name, names=names)

    def _talk(self) -> Iterator[Phrase]:
        """For the buyer's side what waits for a decision; for both the open problems."""
        if self.scope.reader.role is not Role.SUPPLIER:
            yield from (one.said for one in waiting(self.turn, self.scope) if one.kind != "breach")
        for row in problems(self.scope):
            yield _(
                "Problem {number} of {site}: {kind}, open since {day}.",
                number=ticket(row.id),
                site=self.scope.site(row.site_id).name,
                kind=CATEGORIES[row.category],
                day=row.at.astimezone(self.turn.settings.zone).date(),
            )

    def _box(self, title: Phrase, lines: list[Phrase]) -> Section:
        shown = lines[: LINES - 1] if len(lines) > LINES else lines
        left = len(lines) - len(shown)
        more = [n_("And {count} more.", "And {count} more.", left)] if left else []
        return Section(self.pen.plain(title), tuple(Line(self.pen.plain(one)) for one in (*shown, *more)))

    def _figures(self) -> Sheet:
        """The last figure of each metric with its marks and its last periods, what is beyond its limit first."""
        rows = [(look, past) for look in self.looks for past in look.pasts]
        rows.sort(key=lambda one: (not self._is_beyond(*one), one[1].metric.derived))
        shown = rows[:MOST_FIGURES]
        columns = (
            Column("metric", _("Figure"), 1.8),
            Column("site", _("Site") if len(self.scope.sites) > 1 else None, 1.6),
            Column("period", _("Month"), 1.1),
            Column("value", _("Value"), 1.2, end=True),
            Column("mark", _("How we know"), 1),
            Column("target", _("Target"), 1.1, end=True),
            Column("limit", _("Limit"), 1.1, end=True),
        )
        body = [self._figure(look, past) for look, past in shown]
        return Sheet(
            "card-figures",
            _("Figures, those beyond their limit first"),
            columns,
            body,
            trends=[look.writer.trend(past) for look, past in shown],
        )

    def _figure(self, look: Look, past: Past) -> tuple[Cell, ...]:
        last, metric = past.last, Coded(past.metric.key, self._name(past))
        known = last if last is not None and not past.is_missing else None
        period = known.period if known else past.until
        marks = look.writer.marks(past, period)
        return (
            metric,
            past.site.name,
            period_cell(period),
            past.amount(known.value) if known else None,
            breaches.mark(past.metric.derived, estimated=known.estimated) if known else breaches.MISSING,
            Amount(marks.target.threshold, marks.target.unit) if marks.target else None,
            Amount(marks.limit.threshold, marks.limit.unit) if marks.limit else None,
        )

    def _actions(self) -> Sheet:
        columns = (
            Column("number", _("No."), 0.5, end=True),
            Column("site", _("Site"), 1.6),
            Column("finding", _("Finding"), 3),
            Column("severity", _("Severity"), 1),
            Column("owner", _("Owner"), 1.2),
            Column("owes", _("Waits for"), 1),
            Column("due", _("Due"), 1.6),
        )
        rows = [
            (
                row.id,
                self.scope.site(row.site_id).name,
                _shortened(row.finding),
                Coded(row.severity, SEVERITIES[row.severity]),
                self.scope.name(row.owner_id),
                waits_for(row),
                due_on(row),
            )
            for row in self._capas()[:MOST_ACTIONS]
        ]
        return Sheet("card-capas", _("Open corrective actions, those overdue first"), columns, rows)

    def _name(self, past: Past) -> Phrase:
        return self.turn.read.metric_text(past.metric.key, "name")

    def _reaches(self, look: Look, past: Past) -> bool:
        last = past.last
        return last is not None and not past.is_missing and look.writer.marks(past, last.period).reached(last.value)

    def _is_beyond(self, look: Look, past: Past) -> bool:
        last = past.last
        return last is not None and look.writer.marks(past, last.period).broken(last.value)


def _shortened(finding: str) -> str:
    """The beginning of a finding."""
    return finding if len(finding) <= FINDING else f"{finding[: FINDING - 1].rstrip()}…"
