"""The question for a figure's amount, with the way to the answers that are no measurement."""

from dataclasses import dataclass
from decimal import Decimal

from courses.model import Metric
from handlers.dialog import Dialog, Fact, Talk
from handlers.metrics.cadence import in_proportion
from handlers.metrics.periods import MONTHS, length_of, said
from handlers.metrics.rules import DueFigure
from handlers.metrics.slips.figure import plain
from handlers.quantity import Measured, Quantity
from handlers.questions import Option
from locales.money import MONEY, currency_of
from locales.text import Amount, Phrase, _, p_
from locales.units import unit
from storage.tables.programme import Site

OTHER = "other"


@dataclass(frozen=True)
class Estimate:
    """How an estimated figure came about: a grade from A (a meter or a bill) to D (a guess), and the method."""

    grade: str
    method: str


class FigureQuestion(Quantity):
    """An amount, or None for somebody who has another answer than an amount."""

    kind = Measured | None

    def __init__(self, *arguments: object, others: bool, **more: object) -> None:
        super().__init__(*arguments, **more)  # type: ignore[arg-type]
        self.others = others

    def rows(self) -> list[list[Option]]:
        return [*super().rows(), *([[Option(_("Another answer"), OTHER)]] if self.others else [])]

    def pick(self, value: str) -> Measured | None:  # type: ignore[override]
        return None if value == OTHER and self.others else super().pick(value)


def amount_question(talk: Talk, figure: DueFigure, key: str, *, others: bool) -> Dialog[Measured | None]:
    """The amount as it was typed, in the metric's units and within its hard limits."""
    metric, site = talk.read.metric(figure.metric), talk.read.site(figure.site_id)
    prompt = _(
        "<b>{site}</b>, {month}\n{question}\nFor example: {example}",
        site=site.name,
        month=said(figure.period),
        question=talk.read.metric_text(figure.metric, "question"),
        example=Amount(plain(metric.example * in_proportion(metric, figure.period)), usual_unit(metric, site)),
    )
    if (whole := _of_the_whole(metric, figure.period)) is not None:
        prompt = p_("two lines", "{first}\n{second}", first=prompt, second=whole)
    # The metric's own limits are in the key: where they change, what was read by them is read anew.
    stated = f"{key}/limits/{metric.minimum}/{metric.maximum}"
    low, high = yield from Fact(stated, tuple[Decimal, Decimal], lambda: _hard_limits(talk, figure, metric))
    return (
        yield from FigureQuestion(
            key,
            prompt,
            others=others,
            units=[known for symbol in metric.units if (known := unit(symbol))],
            version=metric.version,
            minimum=low,
            maximum=high,
            whole=metric.whole,
            mark=talk.person.decimal_mark,
            why=talk.read.metric_text(figure.metric, "why"),
            how=talk.read.metric_text(figure.metric, "how"),
        )
    )


def _of_the_whole(metric: Metric, period: str) -> Phrase | None:
    """What to send for a period that is longer than the question says; None if it says it."""
    months = MONTHS[length_of(period)]
    if months == MONTHS[metric.period]:
        return None
    if metric.over_time == "mean":
        return _("Here it is asked for all {count} months together: please send their average.", count=months)
    return _("Here it is asked for all {count} months together: please send their sum.", count=months)


def usual_unit(metric: Metric, site: Site) -> str:
    """The metric's base unit; for money, which has none, the currency of the site's country."""
    return currency_of(site.country) if metric.base_unit == MONEY else metric.base_unit


def _hard_limits(talk: Talk, figure: DueFigure, metric: Metric) -> tuple[Decimal, Decimal]:
    """The least and the most that is taken: the metric's own limits, and those by other figures that are in already."""
    times = in_proportion(metric, figure.period)
    low, high = metric.minimum * times, metric.maximum * times
    for bound in metric.within:
        other = talk.read.latest(figure.site_id, bound.per, figure.period)
        if other is not None and bound.high is not None:
            high = min(high, bound.high * other.base_value)
        if other is not None and bound.low is not None:
            low = max(low, bound.low * other.base_value)
    return low, high
