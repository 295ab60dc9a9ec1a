"""The chapter on what is missing: the share that is in by month, by country and tier, and who owes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handlers.metrics.cadence import owed_with
from handlers.metrics.periods import first_day, last_day
from handlers.status.facts import SiteFacts
from handlers.summaries.chart import Chart
from handlers.summaries.pen import Pen, country_cell, metric_cell, period_cell
from handlers.summaries.scope import Scope
from handlers.summaries.sheet import Cell, Coded, Column, Draft, Sheet
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import absences, totals

SILENT = 2
"""A site that has sent nothing for so many months is silent."""


@dataclass(frozen=True)
class Rate:
    """How many figures were asked, and how many of them are in."""

    asked: int
    given: int

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.asked + other.asked, self.given + other.given)

    @property
    def percent(self) -> int | None:
        """The share in whole per cent, rounded down; None where nothing was asked."""
        return self.given * 100 // self.asked if self.asked else None


def rate_of(sites: Iterable[SiteFacts]) -> Rate:
    """The rate of some sites for the last periods that are over."""
    return sum((Rate(len(one.asked), len(one.asked) - len(one.missing)) for one in sites), Rate(0, 0))


def rates(turn: Turn, scope: Scope) -> dict[str, Rate]:
    """The rate of each of the last twelve months: what was due with it, by what is asked of each site today.

    A site counts from the first month of which it has sent anything.
    """
    first = totals.first_periods(turn.session, scope.ids)
    asked = {month: _asked(turn, scope, month, first) for month in scope.months}
    periods = sorted({period for counts in asked.values() for _tier, _metric, period in counts})
    in_: dict[tuple[str, str, str], int] = {}
    for one in totals.sums(turn.session, scope.ids, periods):
        key = (one.tier, one.metric, one.period)
        in_[key] = in_.get(key, 0) + one.figures
    excused = _excused(turn, scope, periods)
    found = {}
    for month, counts in asked.items():
        rate = Rate(0, 0)
        for key, count in counts.items():
            owed = max(count - excused.get(key, 0), 0)
            rate += Rate(owed, min(in_.get(key, 0), owed))
        found[month] = rate
    return found


def _asked(turn: Turn, scope: Scope, month: str, first: Mapping[int, str]) -> dict[tuple[str, str, str], int]:
    """How many sites owed each figure with a month, by tier, metric and period."""
    counts: dict[tuple[str, str, str], int] = {}
    owed: dict[str, list[tuple[str, str]]] = {}
    for one in scope.sites:
        begun = first.get(one.site.id)
        if begun is None or first_day(begun) > last_day(month):
            continue
        tier = one.supplier.tier
        if tier not in owed:
            owed[tier] = owed_with(one.lengths, month)
        for metric, period in owed[tier]:
            counts[tier, metric, period] = counts.get((tier, metric, period), 0) + 1
    return counts


def _excused(turn: Turn, scope: Scope, periods: Sequence[str]) -> dict[tuple[str, str, str], int]:
    counts: dict[tuple[str, str, str], int] = {}
    for site_id, metric, period in absences.excused(turn.session, scope.ids, periods, scope.today):
        key = (scope.by_id[site_id].supplier.tier, metric, period)
        counts[key] = counts.get(key, 0) + 1
    return counts


def silent(turn: Turn, scope: Scope) -> list[tuple[SiteFacts, str | None]]:
    """The sites that owe everything of the last months: each with the last month they sent something for, if any."""
    last = totals.last_periods(turn.session, scope.ids)
    recent = scope.months[-SILENT:]
    found = [(one, last.get(one.site.id)) for one in scope.sites if one.asked and len(one.missing) == len(one.asked)]
    return [(one, period) for one, period in found if period is None or last_day(period) < first_day(recent[0])]


def draft(turn: Turn, scope: Scope) -> Draft:
    """The chapter."""
    whole = rate_of(scope.sites)
    owing = [one for one in scope.sites if one.missing]
    lines: list[Phrase] = [
        _(
            "Of {asked} figures asked for the last periods, {given} are in ({percent} %). {missing} are missing.",
            asked=whole.asked,
            given=whole.given,
            percent=whole.percent or 0,
            missing=whole.asked - whole.given,
        ),
        n_("{count} site owes something.", "{count} sites owe something.", len(owing)),
    ]
    sheets = [_places(scope), *_owed(turn, owing)]
    return Draft("missing", _("Missing figures and submission rate"), lines, sheets)


def chart(pen: Pen, by_month: Mapping[str, Rate]) -> Chart:
    """The share that is in, month by month."""
    return pen.bars(
        _("Figures in, by month"),
        _("Per cent of what was asked"),
        [(pen.month(month), rate.percent) for month, rate in by_month.items()],
    )


def begun(by_month: Mapping[str, Rate]) -> dict[str, Rate]:
    """The months from the first on in which anything was asked; without any, the last alone."""
    asked = [month for month, rate in by_month.items() if rate.asked]
    first = asked[0] if asked else max(by_month)
    return {month: rate for month, rate in by_month.items() if month >= first}


def _places(scope: Scope) -> Sheet:
    """The rate by country and tier."""
    places: dict[tuple[str, str], list[SiteFacts]] = {}
    for one in scope.sites:
        places.setdefault((one.site.country, one.supplier.tier), []).append(one)
    rows: list[tuple[Cell, ...]] = []
    for (country, tier), some in sorted(places.items()):
        rate = rate_of(some)
        rows.append(
            (country_cell(country), tier, len(some), rate.asked, rate.given, rate.asked - rate.given, rate.percent)
        )
    return Sheet(
        "rates",
        _("By country and tier"),
        (
            Column("country", _("Country"), 1.5),
            Column("tier", _("Tier"), 1),
            Column("sites", _("Sites"), end=True),
            Column("asked", _("Asked"), end=True),
            Column("given", _("In"), end=True),
            Column("missing", _("Missing"), end=True),
            Column("percent", _("Per cent in"), end=True),
        ),
        rows,
    )


def _owed(turn: Turn, owing: Sequence[SiteFacts]) -> list[Sheet]:
    """A line for each site that owes something, and for the CSV one for each figure."""
    ranked = sorted(owing, key=lambda one: (-len(one.missing), one.site.name))
    shown: list[tuple[Cell, ...]] = []
    for one in ranked:
        shown.append(
            (
                one.site.name,
                country_cell(one.site.country),
                one.supplier.tier,
                len(one.missing),
                len(one.asked),
                _names(turn, list(dict.fromkeys(metric for metric, _period in one.missing))),
            )
        )
    plain: list[tuple[Cell, ...]] = [
        (one.site.name, one.site.country, one.supplier.tier, metric_cell(turn.read, metric), period_cell(period))
        for one in ranked
        for metric, period in one.missing
    ]
    figures = tuple(Column(name) for name in ("site", "country", "tier", "metric", "period"))
    columns = (
        Column("site", _("Site"), 2),
        Column("country", _("Country"), 1.2),
        Column("tier", _("Tier"), 0.8),
        Column("missing", _("Missing"), 0.8, end=True),
        Column("asked", _("Asked"), 0.8, end=True),
        Column("metrics", _("Figures"), 4),
    )
    return [
        Sheet("", _("Who owes figures"), columns, shown),
        Sheet("missing", _("Missing figures"), figures, plain, hidden=True),
    ]


def _names(turn: Turn, metrics: Sequence[str]) -> Coded:
    return Coded("+".join(metrics), _("{names}", names=tuple(turn.read.metric_text(key, "name") for key in metrics)))
