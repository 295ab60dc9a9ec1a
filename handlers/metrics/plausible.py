"""Looks at an amount before it is read back: a likely slip is offered its repair, an unusual value keeps its reason."""

from dataclasses import replace
from decimal import Decimal

from courses.model import Metric
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Speech
from handlers.metrics.amount import amount_question
from handlers.metrics.evened import month_for, of_a_month, soft_limit, told_of
from handlers.metrics.meter import can_be_metered
from handlers.metrics.periods import first_day, length_of, period_of
from handlers.metrics.rules import DueFigure
from handlers.metrics.slips.figure import Companion, Figure, Nature, Past
from handlers.metrics.slips.suspect import suspect
from handlers.metrics.slips.suspicion import Suspicion
from handlers.metrics.suspicion import question
from handlers.quantity import Measured
from handlers.questions import Choice, Text
from locales.money import MONEY
from locales.text import Amount, _

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
    """What speaks against a value. Periods of all lengths are looked at as months, so that any past will do."""
    metric, period = talk.read.metric(figure.metric), figure.period
    if metric.base_unit == MONEY:
        # Its past may be in other currencies.
        return None
    past = [Past(month, one) for month, one in _history(talk, figure, metric).items()]
    metrics = talk.read.library.metrics
    soft = [soft_limit(one, metric, metrics[one.per] if one.per else None) for one in metric.soft]
    known = talk.read.meter(figure.site_id, figure.metric, first_day(period))
    asked = Figure(
        of_a_month(value, metric, period),
        month_for(period),
        Nature(metric.nature),
        metric.whole and length_of(period) == "month",
        soft,
        metered=can_be_metered(metric),
        last_index=known[1].index_value if known and length_of(period) == "month" else None,
    )
    others = {*COMPANIONS, *(one.per for one in soft if one.per)} - {figure.metric}
    found = suspect(asked, past, companions={one: _companion(talk, figure, metrics[one]) for one in others})
    return found and told_of(found, value, metric, period)


def _companion(talk: Talk, figure: DueFigure, metric: Metric) -> Companion:
    now = talk.read.latest(figure.site_id, metric.key, figure.period)
    held = of_a_month(now.base_value, metric, now.period) if now else None
    return Companion(held, _history(talk, figure, metric))


def _history(talk: Talk, figure: DueFigure, metric: Metric) -> dict[str, Decimal]:
    """The figures before this one as months, oldest first: those of its own length, and those of single months."""
    found: dict[str, Decimal] = {}
    for before in sorted({figure.period, period_of("month", first_day(figure.period))}):
        for row in talk.read.history(figure.site_id, metric.key, before, PERIODS_BACK):
            found[month_for(row.period)] = of_a_month(row.base_value, metric, row.period)
    return dict(sorted(found.items()))
