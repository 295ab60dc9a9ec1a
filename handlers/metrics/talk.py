"""Sending figures: choose what is due, type it as people type, see it read back, confirm, get a receipt."""

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button
from handlers.metrics.record import RecordSubmission
from handlers.metrics.rules import DueFigure, due_figures
from handlers.quantity import Measured, Quantity
from handlers.questions import Choice, Confirm
from handlers.router import SUPPLIER, Router, action
from handlers.turn import Turn
from locales.text import Amount, Month, Phrase, Value, _
from locales.units import unit
from storage.tables.programme import Site

routes = Router()
MONTHS_ASKED = 1
SHOWN_AT_ONCE = 8


@routes.command("figures", SUPPLIER, menu=_("Send figures"))
def figures(turn: Turn, _argument: str) -> None:
    """Begin to send figures."""
    conversation.start(turn, "submit")


@routes.dialog("submit", _("Sending figures"))
def submit(talk: Talk) -> Dialog[None]:
    """One figure: which, how much, right so, receipt."""
    due = yield from Fact("due", list[DueFigure], lambda: _due(talk))
    if not due:
        talk.say(_("All figures are in. Thank you."))
        return
    shown = {figure.key: figure for figure in due[:SHOWN_AT_ONCE]}
    several = len({figure.site_id for figure in due}) > 1
    options = [(key, _label(talk, figure, several)) for key, figure in shown.items()]
    figure = shown[(yield from Choice("figure", _ask_which(len(due)), options))]
    site, metric = talk.read.site(figure.site_id), talk.read.metric(figure.metric)
    amount = yield from _how_much(talk, figure, site)
    confirmed = yield from Confirm(
        f"{figure.key}/send", _read_back(talk, figure, site, amount), yes=_("Yes, send it"), no=_("No, do not send")
    )
    if confirmed:
        talk.do(RecordSubmission(figure.site_id, figure.metric, figure.period, metric.version, amount))
        talk.say(_receipt(talk, figure, site, amount, left=len(due) - 1))
        if len(due) > 1:
            talk.offer(Button(_("Send the next figure"), action("go", "figures"), "primary"))
    else:
        talk.say(_("Not sent. You can start again at any time."))


def _due(talk: Talk) -> list[DueFigure]:
    """What the person's sites still owe, as of the start of the talk."""
    sites = talk.read.sites(talk.person)
    today = talk.began.astimezone(talk.read.zone(sites[0])).date() if sites else talk.began.date()
    asked = [(site.id, talk.read.metrics_of(site)) for site in sites]
    nothing = due_figures(asked, today, MONTHS_ASKED, ())
    given = talk.read.given([site.id for site in sites], sorted({figure.period for figure in nothing}))
    return due_figures(asked, today, MONTHS_ASKED, given)


def _ask_which(count: int) -> Phrase:
    return _("Which figure do you want to send? Still open: {count}.", count=count)


def _label(talk: Talk, figure: DueFigure, several: bool) -> Phrase:
    name, month = talk.read.metric_text(figure.metric, "name"), Month.parse(figure.period)
    if several:
        return _("{metric}, {month}, {site}", metric=name, month=month, site=talk.read.site(figure.site_id).name)
    return _("{metric}, {month}", metric=name, month=month)


def _how_much(talk: Talk, figure: DueFigure, site: Site) -> Dialog[Measured]:
    metric = talk.read.metric(figure.metric)
    prompt = _(
        "<b>{site}</b>, {month}\n{question}\nFor example: {example}",
        site=site.name,
        month=Month.parse(figure.period),
        question=talk.read.metric_text(figure.metric, "question"),
        example=Amount(metric.example, metric.base_unit),
    )
    amount = yield from Quantity(
        f"{figure.key}/amount",
        prompt,
        units=[known for symbol in metric.units if (known := unit(symbol))],
        version=metric.version,
        minimum=metric.minimum,
        maximum=metric.maximum,
        whole=metric.whole,
        why=talk.read.metric_text(figure.metric, "why"),
        how=talk.read.metric_text(figure.metric, "how"),
    )
    return amount


def _read_back(talk: Talk, figure: DueFigure, site: Site, amount: Measured) -> Phrase:
    """The figure in the person's format and, where it differs, in the base unit."""
    said: dict[str, Value] = {
        "metric": talk.read.metric_text(figure.metric, "name"),
        "site": site.name,
        "month": Month.parse(figure.period),
        "amount": Amount(amount.value, amount.unit),
    }
    if amount.unit == amount.base_unit:
        return _("{metric} of {site} in {month}: <b>{amount}</b>. Is that right?", **said)
    base = Amount(amount.base_value, amount.base_unit)
    return _("{metric} of {site} in {month}: <b>{amount}</b>, that is {base}. Is that right?", base=base, **said)


def _receipt(talk: Talk, figure: DueFigure, site: Site, amount: Measured, left: int) -> Phrase:
    said: dict[str, Value] = {
        "metric": talk.read.metric_text(figure.metric, "name"),
        "site": site.name,
        "month": Month.parse(figure.period),
        "amount": Amount(amount.base_value, amount.base_unit),
        "left": left,
    }
    return _("Stored: {metric} of {site} in {month}, {amount}. Thank you. Still open: {left}.", **said)
