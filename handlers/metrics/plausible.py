"""Looks at an amount before it is read back: a likely slip is offered its repair, an unusual value keeps its reason."""

from dataclasses import replace
from decimal import Decimal

from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Speech
from handlers.metrics.amount import amount_question
from handlers.metrics.meter import can_be_metered
from handlers.metrics.periods import first_day, length_of
from handlers.metrics.rules import DueFigure
from handlers.metrics.slips.figure import Companion, Figure, Nature, Past, SoftLimit
from handlers.metrics.slips.suspect import suspect
from handlers.metrics.slips.suspicion import Suspicion
from handlers.metrics.suspicion import question
from handlers.quantity import Measured
from handlers.questions import Choice, Text
from locales.text import Amount, _
from storage.tables.figures import Submission

PERIODS_BACK = 36
MOST_ATTEMPTS = 20
WORDS = 500
COMPANIONS = ("output", "headcount")


def checked(talk: Talk, figure: DueFigure, key: str, amount: Measured) -> Dialog[tuple[Measured, str]]:
    """The amount that is meant, and the person's reason where it is unusual."""
    for attempt in range(MOST_ATTEMPTS):
        here = f"{key}/look/{attempt}"
        found = yield from _looked_at(talk, figure, here, amount)
        if found is None:
            return amount, ""
        repairs: list[tuple[str, Speech]] = [
            (f"repair/{place}", _("It is {amount}", amount=Amount(one, amount.base_unit)))
            for place, one in enumerate(found.repairs)
        ]
        answers = [*repairs, ("right", _("My number is right")), ("again", _("Type it again"))]
        answer = yield from Choice(f"{here}/meant", question(found, talk.read.metric(figure.metric)), answers)
        if answer.startswith("repair/"):
            meant = found.repairs[int(answer.removeprefix("repair/"))]
            return replace(amount, value=meant, unit=amount.base_unit, base_value=meant), ""
        if answer == "right":
            why = yield from Text(
                f"{here}/why", _("Thank you. What is the reason? One sentence is enough."), limit=WORDS
            )
            return amount, why
        amount = (yield from amount_question(talk, figure, f"{here}/amount", others=False)) or amount
    return amount, ""


def _looked_at(talk: Talk, figure: DueFigure, key: str, amount: Measured) -> Fact[Suspicion | None]:
    return Fact(f"{key}/found", Suspicion | None, lambda: _suspicion(talk, figure, amount.base_value))


def _suspicion(talk: Talk, figure: DueFigure, value: Decimal) -> Suspicion | None:
    if length_of(figure.period) != "month":
        return None
    metric = talk.read.metric(figure.metric)
    past = [Past(row.period, row.base_value) for row in _history(talk, figure, figure.metric)]
    soft = [SoftLimit(one.per, one.low, one.high) for one in metric.soft]
    known = talk.read.meter(figure.site_id, figure.metric, first_day(figure.period))
    asked = Figure(
        value,
        figure.period,
        Nature(metric.nature),
        metric.whole,
        soft,
        metered=can_be_metered(metric),
        last_index=known[1].index_value if known else None,
    )
    others = {*COMPANIONS, *(one.per for one in soft if one.per)} - {figure.metric}
    return suspect(asked, past, companions={one: _companion(talk, figure, one) for one in others})


def _companion(talk: Talk, figure: DueFigure, metric: str) -> Companion:
    now = talk.read.latest(figure.site_id, metric, figure.period)
    past = {row.period: row.base_value for row in _history(talk, figure, metric)}
    return Companion(now.base_value if now else None, past)


def _history(talk: Talk, figure: DueFigure, metric: str) -> list[Submission]:
    return talk.read.history(figure.site_id, metric, figure.period, PERIODS_BACK)
