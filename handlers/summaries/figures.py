"""The chapter on the figures themselves: each metric over all sites, with direction, target and how it is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from courses.model import Metric
from courses.units import MONEY
from handlers.status.facts import Figure, SiteFacts
from handlers.status.marks import Marks, marks_of
from handlers.status.rules import change
from handlers.summaries.breaches import DIRECTIONS, mark
from handlers.summaries.pen import metric_cell, period_cell
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.turn import Turn
from locales.text import Amount, _, n_, p_
from storage import totals
from storage.totals import Held, Sum

SiteFigure = tuple[int, str, str]


@dataclass
class Score:
    """What is known of a metric for one period over all sites."""

    asked: int = 0
    values: list[Decimal] = field(default_factory=list)
    units: set[str] = field(default_factory=set)
    estimated: int = 0
    aimed: int = 0
    reached: int = 0
    limited: int = 0
    broken: int = 0

    def add(self, row: Held | None, marks: Marks) -> None:
        """Count a figure that is asked of a site, and in if there is a row."""
        self.asked += 1
        if row is None:
            return
        self.values.append(row.value)
        self.units.add(row.unit)
        self.estimated += row.estimated
        if marks.target is not None:
            self.aimed += 1
            self.reached += marks.reached(row.value)
        if marks.limit is not None:
            self.limited += 1
            self.broken += marks.broken(row.value)


@dataclass(frozen=True)
class Figures:
    """The last figure of each site and metric, by the period for which it is asked, and what it is held against."""

    last: Mapping[SiteFigure, Held]
    marks: Mapping[SiteFigure, Marks]
    scores: Mapping[Figure, Score]
    before: Mapping[tuple[str, str], Sequence[Sum]]


def gather(turn: Turn, scope: Scope) -> Figures:
    """What holds for the last periods, in two statements."""
    asked = [(one, figure) for one in scope.sites for figure in one.asked]
    periods = sorted({period for _one, (_metric, period) in asked})
    last = {(row.site_id, row.metric, row.period): row for row in totals.held(turn.session, scope.ids, periods)}
    marks, scores = {}, dict[Figure, Score]()
    for one, (metric, period) in asked:
        key = (one.site.id, metric, period)
        marks[key] = _marks(turn, one, metric, period)
        scores.setdefault((metric, period), Score()).add(last.get(key), marks[key])
    return Figures(last, marks, scores, _before(turn, scope))


def _marks(turn: Turn, one: SiteFacts, metric: str, period: str) -> Marks:
    return marks_of(turn.settings, turn.read.metric(metric), one.site, one.supplier, period)


def _before(turn: Turn, scope: Scope) -> dict[tuple[str, str], list[Sum]]:
    """The sums of the months before the last, by metric and month."""
    found: dict[tuple[str, str], list[Sum]] = {}
    for row in totals.sums(turn.session, scope.ids, scope.months[:-1]):
        found.setdefault((row.metric, row.period), []).append(row)
    return found


def draft(turn: Turn, scope: Scope, figures: Figures, received: Sequence[Held]) -> Draft:
    """The chapter; `received` is what came in during the week."""
    estimated = sum(row.estimated for row in received)
    lines = [n_("{count} figure came in this week.", "{count} figures came in this week.", len(received))]
    if estimated:
        lines.append(n_("{count} of them is an estimate.", "{count} of them are estimates.", estimated))
    sheets = [_metrics(turn, figures), _received(turn, scope, received)]
    return Draft("figures", _("Figures"), lines, sheets)


def _metrics(turn: Turn, figures: Figures) -> Sheet:
    order = list(turn.house.library.metrics)
    is_aimed = any(score.aimed for score in figures.scores.values())
    keys = sorted(figures.scores, key=lambda figure: (order.index(figure[0]), figure[1]))
    return Sheet(
        "metrics",
        _("Each figure over all sites, for the last period that is over"),
        (
            Column("metric", _("Figure"), 2),
            Column("period", _("Period"), 1.3),
            Column("direction", _("Direction"), 1.2),
            Column("total", _("Sum of what is in"), 1.5, end=True),
            Column("unit"),
            Column("measured", _("Measured"), 0.9, end=True),
            Column("estimated", _("Estimated"), 0.9, end=True),
            Column("missing", _("Missing"), 0.9, end=True),
            Column("change", _("Per site, against the average before"), 1.6),
            Column("aimed"),
            Column("reached"),
            Column("targets", _("Targets reached") if is_aimed else None, 1, end=True),
            Column("limited"),
            Column("broken", _("Limits broken"), 0.8, end=True),
        ),
        [_row(turn, figures, key, figures.scores[key]) for key in keys],
        _("Sums are computed; one with estimates in it, or with figures missing, is not the whole."),
    )


def _row(turn: Turn, figures: Figures, key: Figure, score: Score) -> tuple[Cell, ...]:
    metric = turn.read.metric(key[0])
    unit = next(iter(score.units), metric.base_unit)
    total = sum(score.values, Decimal(0)) if len(score.units) == 1 and metric.over_time == "sum" else None
    return (
        metric_cell(turn.read, key[0]),
        period_cell(key[1]),
        Coded(metric.direction, DIRECTIONS[metric.direction]),
        Amount(total, unit) if total is not None else None,
        unit,
        len(score.values) - score.estimated,
        score.estimated,
        score.asked - len(score.values),
        _change(figures, metric, key[1], score),
        score.aimed,
        score.reached,
        Coded("", _("{reached} of {aimed}", reached=score.reached, aimed=score.aimed)) if score.aimed else None,
        score.limited,
        score.broken if score.limited else None,
    )


def _change(figures: Figures, metric: Metric, period: str, score: Score) -> Coded | None:
    """How the mean of a site has changed, so that sites which joined or are missing do not look like a change."""
    rows = [some for (key, month), some in sorted(figures.before.items()) if key == metric.key and month < period]
    if not score.values or metric.base_unit == MONEY or metric.rare:
        return None
    means = [sum((one.total for one in some), Decimal(0)) / sum(one.figures for one in some) for some in rows]
    went = change(sum(score.values, Decimal(0)) / len(score.values), means)
    if went is None:
        return None
    if went.direction == "level":
        return Coded("0", p_("change of a figure", "about the same"))
    if went.percent is None:
        return None
    sign = "" if went.direction == "up" else "-"
    word = _("{percent} % more", percent=went.percent) if not sign else _("{percent} % less", percent=went.percent)
    return Coded(f"{sign}{went.percent}", word)


def _received(turn: Turn, scope: Scope, rows: Sequence[Held]) -> Sheet:
    """What came in during the week, for the CSV: on the page it would be hundreds of lines of what is well."""
    columns = ("site", "country", "metric", "period", "value", "unit", "mark", "received")
    body: list[tuple[Cell, ...]] = [
        (
            scope.site(row.site_id).name,
            scope.site(row.site_id).country,
            metric_cell(turn.read, row.metric),
            period_cell(row.period),
            row.value,
            row.unit,
            mark(derived=False, estimated=row.estimated),
            row.at.date(),
        )
        for row in rows
    ]
    return Sheet("received", _("Figures received"), tuple(Column(one) for one in columns), body, hidden=True)
