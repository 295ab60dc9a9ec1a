"""The question for a figure's amount, with the way to the answers that are no measurement."""

from dataclasses import dataclass

from handlers.dialog import Dialog, Talk
from handlers.metrics.periods import said
from handlers.metrics.rules import DueFigure
from handlers.quantity import Measured, Quantity
from handlers.questions import Option
from locales.text import Amount, _
from locales.units import unit

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
        example=Amount(metric.example, metric.base_unit),
    )
    return (
        yield from FigureQuestion(
            key,
            prompt,
            others=others,
            units=[known for symbol in metric.units if (known := unit(symbol))],
            version=metric.version,
            minimum=metric.minimum,
            maximum=metric.maximum,
            whole=metric.whole,
            mark=talk.person.decimal_mark,
            why=talk.read.metric_text(figure.metric, "why"),
            how=talk.read.metric_text(figure.metric, "how"),
        )
    )
