"""A metric's last periods at a site, mostly twelve months, and what there is to say about the last value."""

from dataclasses import dataclass
from decimal import Decimal

from handlers.metrics.ledger import Known
from handlers.metrics.periods import said
from handlers.metrics.rules import Limit
from handlers.reader import Reader
from handlers.showing import Shower
from handlers.status.card import Remark, Trend
from handlers.status.marks import Marks, marks_of
from handlers.status.past import Past
from handlers.status.rules import Change, change
from handlers.status.since import against_baseline, computed, so_far
from handlers.summaries.chart import Point
from locales.text import Amount, Phrase, _


@dataclass(frozen=True)
class TrendWriter:
    """Writes trends for one reader."""

    read: Reader
    shower: Shower

    def trend(self, past: Past) -> Trend:
        """The row of a metric; a period before the first figure is empty, a later one without a figure is missing."""
        last, marks = past.last, self.marks(past, past.until)
        name = self.shower.plain(self.read.metric_text(past.metric.key, "name"))
        if last is None:
            return Trend(name, "", self._remarks(past, None), self._points(past), "", *_lines(marks))
        went = _went(past, last)
        shown = self.shower.plain(_shown(last.value, past))
        direction = went.direction if went else ""
        return Trend(name, shown, self._remarks(past, last), self._points(past), direction, *_lines(marks))

    def marks(self, past: Past, period: str) -> Marks:
        """What the figure of a month is held against."""
        return marks_of(self.read.settings, past.metric, past.site, past.supplier, period)

    def _points(self, past: Past) -> tuple[Point | None, ...]:
        first = min((period for period in past.periods if period in past.figures), default=past.until)
        return tuple(self._point(past, period) if period >= first else None for period in past.periods)

    def _point(self, past: Past, period: str) -> Point | None:
        row = past.figures.get(period)
        if row is None:
            return Point("", None) if period < past.until or past.is_missing else None
        beyond = self.marks(past, period).broken(row.value)
        return Point("", row.value, mark="estimated" if row.estimated else "measured", beyond=beyond)

    def _remarks(self, past: Past, last: Known | None) -> tuple[Remark, ...]:
        remarks: list[tuple[Phrase, bool]] = []
        if last is None:
            remarks.append((_("No figure yet"), False))
        else:
            remarks.append((_when(last.period, _went(past, last)), False))
            remarks += self._against(past, last)
            remarks += [(line, False) for line in (against_baseline(past), computed(past)) if line]
        if past.is_missing:
            remarks.append((_("{month} is missing", month=said(past.until)), True))
        return tuple(Remark(self.shower.plain(phrase), loud) for phrase, loud in remarks)

    def _against(self, past: Past, last: Known) -> list[tuple[Phrase, bool]]:
        """The last value against what holds for its month."""
        marks, against = self.marks(past, last.period), so_far(past)
        if marks.limit:
            limit = Amount(marks.limit.threshold, marks.limit.unit)
            if marks.broken(last.value):
                against.append((_beyond(marks.limit, limit), True))
            else:
                against.append((_("Within the limit of {limit}", limit=limit), False))
        if marks.target:
            target = Amount(marks.target.threshold, marks.target.unit)
            if marks.reached(last.value):
                against.append((_("Target of {target} reached", target=target), False))
            else:
                against.append((_("Target: {target}", target=target), False))
        return against


def _went(past: Past, last: Known) -> Change | None:
    earlier = [period for period in past.periods if period < last.period and period in past.figures]
    before = [past.figures[period].value for period in earlier]
    return change(last.value, before)


def _beyond(limit: Limit, amount: Amount) -> Phrase:
    if limit.higher_is_better:
        return _("Below the limit of {limit}", limit=amount)
    return _("Above the limit of {limit}", limit=amount)


def _when(period: str, went: Change | None) -> Phrase:
    month = said(period)
    if went is None:
        return _("{month}", month=month)
    if went.direction == "level":
        return _("{month}, near the average before that", month=month)
    if went.percent is None:
        return _("{month}, zero before that", month=month)
    if went.direction == "up":
        return _("{month}, {percent} % above the average before that", month=month, percent=went.percent)
    return _("{month}, {percent} % below the average before that", month=month, percent=went.percent)


def _shown(value: Decimal, past: Past) -> Phrase:
    return _("{amount}", amount=past.amount(value))


def _lines(marks: Marks) -> tuple[Decimal | None, Decimal | None]:
    """The limit and the target as lines of the picture."""
    return marks.limit.threshold if marks.limit else None, marks.target.threshold if marks.target else None
