"""One figure being entered: the amount, or one of the answers that are no measurement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from handlers.dialog import Dialog, Talk
from handlers.message import FileRef, Speech
from handlers.metrics.amount import Estimate, amount_question, usual_unit
from handlers.metrics.meter import MeterUse, by_meter, can_be_metered
from handlers.metrics.periods import said
from handlers.metrics.plausible import checked
from handlers.metrics.rules import DueFigure
from handlers.quantity import Measured
from handlers.questions import Choice, Confirm, Day, Photo, Text
from locales.text import Phrase, _, n_
from storage.tables.figures import AbsenceKind

GRADES: dict[str, Phrase] = {
    "B": _("Worked out from part of the data"),
    "C": _("Worked out from the cost"),
    "D": _("A guess"),
}
LATEST_DAYS = 92
DAYS_BY_DEFAULT = 14
WORDS = 500
MOST_ATTEMPTS = 20


@dataclass(frozen=True)
class Entry:
    """What somebody says of a figure: an amount with how it came about, or why there is none.

    `reason` is in the person's own words. `until` is a local date. What is `told` is grave and has been confirmed by
    itself: it is stored and told at once, and nothing more is asked about it.
    """

    figure: DueFigure
    metric_version: int
    amount: Measured | None = None
    estimate: Estimate | None = None
    absence: AbsenceKind | None = None
    until: date | None = None
    reason: str = ""
    files: tuple[FileRef, ...] = ()
    meter: MeterUse | None = None
    told: bool = False


def entry(talk: Talk, figure: DueFigure, key: str) -> Dialog[Entry | None]:
    """Everything about one figure, each question under `key`; None if it is left out for now."""
    version = talk.read.metric(figure.metric).version
    amount = yield from amount_question(talk, figure, f"{key}/amount", others=True)
    if amount is None:
        other = yield from Choice(f"{key}/other", _("What would you like to answer?"), _others(talk, figure))
        match other:
            case "zero":
                amount = nothing(talk, figure)
            case "later":
                return (yield from _later(talk, figure, key, version))
            case "never":
                why = yield from Text(f"{key}/why", _("Why does it not apply to the site?"), limit=WORDS)
                return Entry(figure, version, absence=AbsenceKind.NOT_APPLICABLE, reason=why)
            case "estimate":
                return (yield from _estimated(talk, figure, key, version))
            case "meter":
                use = yield from by_meter(talk, figure, key)
                return replace((yield from measured(talk, figure, key, version, use.amount)), meter=use)
            case "skip":
                return None
            case _:
                amount = yield from amount_question(talk, figure, f"{key}/number", others=False)
    return (yield from measured(talk, figure, key, version, amount or nothing(talk, figure)))


def measured(talk: Talk, figure: DueFigure, key: str, version: int, amount: Measured) -> Dialog[Entry]:
    """An amount that was looked at: a slip is offered its repair, an unusual value keeps its reason."""
    if talk.read.metric(figure.metric).grave:
        amount = yield from grave(talk, figure, key, amount)
        return Entry(figure, version, amount, told=amount.value > 0)
    amount, reason = yield from checked(talk, figure, key, amount)
    files = yield from _evidence(talk, figure, key)
    return Entry(figure, version, amount, reason=reason, files=tuple(files))


def grave(talk: Talk, figure: DueFigure, key: str, amount: Measured) -> Dialog[Measured]:
    """How many deaths there were, once that has been confirmed in so many words; nothing is doubted or asked."""
    for attempt in range(MOST_ATTEMPTS):
        if amount.value == 0:
            break
        prompt = n_(
            "{count} person died because of work at {site} in {month}. Is that right? If so, I tell the people of the "
            "programme at once.",
            "{count} people died because of work at {site} in {month}. Is that right? If so, I tell the people of the "
            "programme at once.",
            int(amount.value),
            site=talk.read.site(figure.site_id).name,
            month=said(figure.period),
        )
        right = Confirm(f"{key}/grave/{attempt}", prompt, yes=_("Yes, that is right"), no=_("No, I typed it wrong"))
        if (yield from right):
            break
        typed = yield from amount_question(talk, figure, f"{key}/grave/{attempt}/amount", others=False)
        amount = typed or nothing(talk, figure)
    return amount


def nothing(talk: Talk, figure: DueFigure) -> Measured:
    """Nought, said on purpose."""
    unit = usual_unit(talk.read.metric(figure.metric), talk.read.site(figure.site_id))
    return Measured(Decimal(0), unit, Decimal(0), unit, "0")


def _others(talk: Talk, figure: DueFigure) -> Sequence[tuple[str, Speech]]:
    metric = talk.read.metric(figure.metric)
    answers: list[tuple[str, Speech]] = [("zero", _("It was zero"))] if metric.minimum <= 0 else []
    answers += [
        ("later", _("I do not have it yet")),
        ("never", _("It does not apply to this site")),
    ]
    if not metric.grave:
        answers.append(("estimate", _("I can only estimate it")))
    if can_be_metered(metric):
        answers.append(("meter", _("I read it off a meter")))
    return [*answers, ("skip", _("Leave it out for now")), ("number", _("Type the number after all"))]


def _later(talk: Talk, figure: DueFigure, key: str, version: int) -> Dialog[Entry]:
    today = talk.began.astimezone(talk.read.zone(talk.read.site(figure.site_id))).date()
    until = yield from Day(
        f"{key}/until",
        _("By which day will you have it? For example: {day}", day=today + timedelta(days=DAYS_BY_DEFAULT)),
        earliest=today + timedelta(days=1),
        latest=today + timedelta(days=LATEST_DAYS),
    )
    return Entry(figure, version, absence=AbsenceKind.NOT_AVAILABLE, until=until)


def _estimated(talk: Talk, figure: DueFigure, key: str, version: int) -> Dialog[Entry]:
    amount = yield from amount_question(talk, figure, f"{key}/estimate", others=False)
    grade = yield from Choice(f"{key}/grade", _("How did you estimate it?"), list(GRADES.items()))
    method = yield from Text(f"{key}/method", _("Please say in a few words how you worked it out."), limit=WORDS)
    meant, reason = yield from checked(talk, figure, key, amount or nothing(talk, figure))
    return Entry(figure, version, meant, Estimate(grade, method), reason=reason)


def _evidence(talk: Talk, figure: DueFigure, key: str) -> Dialog[list[FileRef]]:
    """The papers, where the tier asks for them."""
    if figure.metric not in talk.read.evidence_of(talk.read.site(figure.site_id)):
        return []
    papers = talk.read.metric_text(figure.metric, "evidence")
    prompt = _("Please send a photo or a PDF that shows it. {papers}", papers=papers)
    return (yield from Photo(f"{key}/evidence", prompt, none=_("I have none now")))
