"""The picture of where a site stands: the three marks of its group from the best to the last, and its own value."""

from decimal import Decimal

from handlers.benchmarks.words import Standing
from handlers.message import Attachment
from handlers.metrics.periods import said
from handlers.showing import Shower
from handlers.summaries.axis import steps
from handlers.summaries.chart import Chart, Legend, Point, Tick, chart_values
from locales.text import Amount, Phrase, _, p_


def picture(standing: Standing, shower: Shower) -> Attachment:
    """The chart, to be drawn off the turn, in the reader's language."""
    metric, group = standing.metric, standing.group
    marks = [group.lower, group.middle, group.upper]
    if metric.direction == "higher":
        marks.reverse()
    own = standing.compared.member
    labels = (_("Best quarter"), _("Middle"), _("Last quarter"))
    points = [_point(standing, label, mark, shower) for label, mark in zip(labels, marks, strict=True)]
    mine = Point(
        shower.plain(_("Your site")),
        own.value,
        shower.plain(_said(standing.own)),
        mark="estimated" if own.estimated else "measured",
    )
    basis = standing.read.metric_text(metric.key, "basis") if metric.basis else _said_unit(metric.base_unit)
    chart = Chart(
        title=shower.plain(_title(standing)),
        unit=shower.plain(basis),
        points=(*points, mine),
        ticks=tuple(Tick(one, shower.plain(_("{number}", number=one))) for one in steps([*marks, own.value])),
        legend=Legend(estimated=shower.plain(_("Estimated"))),
        language=shower.languages[0],
    )
    return Attachment(f"{metric.key}-{standing.compared.round.period}.png", draw="chart", values=chart_values(chart))


def _point(standing: Standing, label: Phrase, mark: Decimal, shower: Shower) -> Point:
    about = p_("a rounded amount", "~{amount}", amount=standing.amount(mark))
    return Point(shower.plain(label), mark, shower.plain(about))


def _said(amount: Amount) -> Phrase:
    return p_("an amount alone", "{amount}", amount=amount)


def _said_unit(unit: str) -> Phrase | str:
    return "" if unit == "1" else unit


def _title(standing: Standing) -> Phrase:
    name, month = standing.read.metric_text(standing.metric.key, "name"), said(standing.compared.round.period)
    return _("{metric}, {month}", metric=name, month=month)
