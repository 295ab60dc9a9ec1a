"""The chapter on limits that were broken: how many by month, and those of the week with their last periods."""

from collections.abc import Sequence
from decimal import Decimal

from handlers.metrics.ledger import Known
from handlers.metrics.rules import percent_over
from handlers.status.card import Trend
from handlers.status.past import Past
from handlers.status.trend import TrendWriter
from handlers.status.window import window
from handlers.summaries.chart import Chart
from handlers.summaries.pen import Pen, metric_cell, period_cell
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.turn import Turn
from locales.text import Amount, Phrase, _, n_, p_
from storage import submissions, totals
from storage.tables.figures import Breach, BreachState

MOST_TRENDS = 24
"""So many rows get their bars: one a line on two pages, the worst first."""

STATES: dict[BreachState, Phrase] = {
    BreachState.OPEN: p_("a broken limit", "not taken up"),
    BreachState.TAKEN_UP: p_("a broken limit", "taken up"),
    BreachState.SETTLED: p_("a broken limit", "corrected"),
}
RULES: dict[str, Phrase] = {
    "limit": p_("a kind of limit", "for a period"),
    "rolling": p_("a kind of limit", "for twelve months"),
    "drift": p_("a kind of limit", "steady change"),
}
COMPUTED = Coded("computed", p_("how a figure is known", "computed"))
ESTIMATED = Coded("estimated", p_("how a figure is known", "estimated"))
MEASURED = Coded("measured", p_("how a figure is known", "measured"))
MISSING = Coded("missing", p_("how a figure is known", "missing"))
DIRECTIONS: dict[str, Phrase] = {
    "lower": p_("direction of a metric", "lower is better"),
    "higher": p_("direction of a metric", "higher is better"),
    "neutral": p_("direction of a metric", "neither"),
}


def found(turn: Turn, scope: Scope) -> list[Breach]:
    """The breaches of the week, the worst first, and with them those of before that nobody has taken up."""
    week = [row for row in submissions.breaches(turn.session, scope.since, scope.until) if row.site_id in scope.by_id]
    rows = {row.id: row for row in (*week, *(row for site in scope.sites for row in site.breaches))}
    return sorted(rows.values(), key=lambda row: (row.state is BreachState.SETTLED, -_share(row), row.id))


def is_new(scope: Scope, row: Breach) -> bool:
    """Whether a breach was found in this week."""
    return scope.since <= row.at < scope.until


def draft(turn: Turn, scope: Scope, pen: Pen, rows: Sequence[Breach]) -> Draft:
    """The chapter."""
    new = sum(is_new(scope, row) for row in rows)
    waiting = sum(row.state is BreachState.OPEN for row in rows)
    lines = [
        n_("{count} limit was broken this week.", "{count} limits were broken this week.", new),
        n_(
            "{count} broken limit has not been taken up by anybody.",
            "{count} broken limits have not been taken up by anybody.",
            waiting,
        ),
    ]
    return Draft("breaches", _("Limits broken"), lines, [_sheet(turn, scope, pen, rows)])


def chart(turn: Turn, scope: Scope, pen: Pen, months: Sequence[str]) -> Chart:
    """How many limits were broken in each of these months."""
    broken = totals.broken(turn.session, scope.ids, months)
    return pen.bars(
        _("Limits broken, by the month of the figure"),
        _("How many, without those that a correction settled"),
        [(pen.month(month), broken.get(month, 0)) for month in months],
    )


def _sheet(turn: Turn, scope: Scope, pen: Pen, rows: Sequence[Breach]) -> Sheet:
    trends = _trends(turn, scope, pen, rows[:MOST_TRENDS])
    return Sheet(
        "breaches",
        _("Broken limits: new ones, and those that nobody has taken up"),
        (
            Column("number"),
            Column("site", _("Site"), 1.7),
            Column("country"),
            Column("metric", _("Figure"), 1.5),
            Column("period", _("Month"), 1.1),
            Column("value", _("Value"), 1.2, end=True),
            Column("unit"),
            Column("mark", _("How we know"), 1),
            Column("limit", _("Limit"), 1.2, end=True),
            Column("rule"),
            Column("direction", _("Direction"), 1.1),
            Column("state", _("State"), 1.1),
            Column("found"),
        ),
        [_row(turn, scope, row, trends.get(row.id)) for row in rows],
        trends=[trends.get(row.id, (None, False))[0] for row in rows] if rows else (),
    )


def _row(turn: Turn, scope: Scope, row: Breach, known: tuple[Trend | None, bool] | None) -> tuple[Cell, ...]:
    metric = turn.read.metric(row.metric)
    unit = "%" if row.rule == "drift" else metric.base_unit
    return (
        row.id,
        scope.site(row.site_id).name,
        scope.site(row.site_id).country,
        metric_cell(turn.read, row.metric),
        period_cell(row.period),
        Amount(row.value, unit),
        unit,
        mark(metric.derived, estimated=bool(known and known[1])),
        Amount(row.threshold, unit),
        Coded(row.rule, RULES.get(row.rule, RULES["limit"])),
        Coded(metric.direction, DIRECTIONS[metric.direction]),
        Coded(row.state.value, STATES[row.state]),
        row.at.date(),
    )


def mark(derived: bool, *, estimated: bool) -> Coded:
    """How a figure came about."""
    if derived:
        return COMPUTED
    return ESTIMATED if estimated else MEASURED


def _trends(turn: Turn, scope: Scope, pen: Pen, rows: Sequence[Breach]) -> dict[int, tuple[Trend | None, bool]]:
    """The last periods of these figures with the look of the cards in chat, and whether the figure is an estimate."""
    sent = [row for row in rows if not turn.read.metric(row.metric).derived]
    periods = sorted({period for row in sent for period in window(row.period)})
    held: dict[tuple[int, str], dict[str, Known]] = {}
    for one in totals.held(turn.session, {row.site_id for row in sent}, periods, {row.metric for row in sent}):
        known = Known(one.period, one.value, one.unit, one.estimated)
        held.setdefault((one.site_id, one.metric), {})[one.period] = known
    writer = TrendWriter(pen.read, pen.shower)
    return {row.id: _trend(turn, scope, writer, row, held.get((row.site_id, row.metric), {})) for row in sent}


def _trend(
    turn: Turn, scope: Scope, writer: TrendWriter, row: Breach, figures: dict[str, Known]
) -> tuple[Trend | None, bool]:
    facts = scope.by_id[row.site_id]
    past = Past(facts.site, facts.supplier, turn.read.metric(row.metric), figures, row.period)
    estimated = row.period in figures and figures[row.period].estimated
    return (writer.trend(past) if figures else None), estimated


def _share(row: Breach) -> Decimal:
    """How far beyond its limit a value is, so that the worst can come first; beyond nought counts most."""
    percent = percent_over(row.value, row.threshold)
    return Decimal(10**6) if percent is None else Decimal(percent)
