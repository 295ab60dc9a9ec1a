"""The picture of a change: the figure as it is, as it would be, and the target as a line."""

from collections.abc import Sequence
from decimal import Decimal

from handlers.message import Attachment
from handlers.showing import Shower
from handlers.summaries.axis import steps
from handlers.summaries.chart import Chart, Legend, Limit, Point, Tick, chart_values
from handlers.whatif.outcome import Outcome, Scenario
from handlers.whatif.words import amount
from locales.text import Phrase, _, p_


def picture(scenario: Scenario, outcomes: Sequence[Outcome], shower: Shower) -> Attachment:
    """The chart of the first figure that has a target, else of the first."""
    one = next((one for one in outcomes if one.target is not None), outcomes[0])
    now, then = one.effect.now.value, one.effect.then.value
    assert now is not None and then is not None  # noqa: S101  (an effect has both values)
    metric, plain = one.metric, shower.plain
    unit = scenario.read.metric_text(metric.key, "basis") if metric.basis else metric.base_unit
    chart = Chart(
        title=plain(scenario.read.metric_text(metric.key, "name")),
        unit=plain(unit),
        points=(_point(one, _("Now"), now, shower), _point(one, _("What if"), then, shower)),
        ticks=tuple(Tick(tick, plain(_("{number}", number=tick))) for tick in steps([now, then, one.target])),
        limit=Limit(one.target, plain(_("Target"))) if one.target is not None else None,
        legend=Legend(estimated=plain(_("Estimated"))),
        language=shower.languages[0],
    )
    return Attachment(f"{scenario.site.key}-what-if.png", draw="chart", values=chart_values(chart))


def _point(one: Outcome, label: Phrase, value: Decimal, shower: Shower) -> Point:
    shown = shower.plain(p_("an amount alone", "{amount}", amount=amount(one, value)))
    return Point(shower.plain(label), value, shown, mark="estimated" if one.estimated else "measured")
