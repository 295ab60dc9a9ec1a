"""Sending figures: one or all that are due, typed as people type, read back once, confirmed, with a receipt."""

from collections.abc import Sequence

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button
from handlers.metrics.due import due_now
from handlers.metrics.entry import Entry, entry
from handlers.metrics.line import entry_from_line
from handlers.metrics.periods import said
from handlers.metrics.readback import read_back, receipt
from handlers.metrics.record import ForgetCustom, RecordEntry
from handlers.metrics.rules import DueFigure
from handlers.questions import Choice, Confirm
from handlers.router import SUPPLIER, Router, action
from handlers.turn import Turn
from locales.text import Phrase, _

routes = Router()
SHOWN_AT_ONCE = 8
ALL = "all"
MOST_CHANGES = 30


@routes.command("figures", SUPPLIER, menu=_("Send figures"))
def figures(turn: Turn, _argument: str) -> None:
    """Begin to send figures."""
    conversation.start(turn, "submit")


@routes.dialog("submit", _("Sending figures"))
def submit(talk: Talk) -> Dialog[None]:
    """Which figures, each with its amount or another answer; one read-back for all; receipt."""
    due = yield from Fact("due", list[DueFigure], lambda: due_now(talk))
    if talk.argument:
        entries = [_at_once(talk, (yield from entry_from_line(talk)))]
    elif not due:
        talk.say(_("All figures are in. Thank you."))
        return
    else:
        entries = yield from _entered(talk, due)
    told = {one.figure.key for one in entries if one.told}
    entries = [one for one in entries if not one.told]
    if told and not entries:
        return
    if not entries:
        talk.say(_("Nothing was sent. You can start again at any time."))
    elif (yield from _agreed(talk, entries, told)):
        sent = told | {one.figure.key for one in entries}
        left = sum(figure.key not in sent for figure in due)
        for one in entries:
            talk.do(RecordEntry(one))
        talk.say(receipt(talk, entries, left))
        if left:
            talk.offer(Button(_("Send the next figure"), action("go", "figures"), "primary"))
        elif talk.read.is_compared(talk.person):
            talk.offer(Button(_("How you compare"), action("go", "compare")))
        talk.offer(Button(_("Correct it or add a paper"), action("go", "sent")))
    elif entries:
        if any(one.amount and one.amount.mark for one in entries):
            talk.do(ForgetCustom())
        talk.say(_("Not sent. You can start again at any time."))


def _entered(talk: Talk, due: Sequence[DueFigure]) -> Dialog[list[Entry]]:
    """What is said of the figures that were chosen; those that were left out are not among them."""
    shown = {figure.key: figure for figure in due[:SHOWN_AT_ONCE]}
    several = len({figure.site_id for figure in due}) > 1
    options = [(key, label(talk, figure, several)) for key, figure in shown.items()]
    if len(shown) > 1:
        options.append((ALL, _("All of these, one after another")))
    chosen = yield from Choice(
        "figure", _("Which figure do you want to send? Still open: {count}.", count=len(due)), options
    )
    entries = []
    figures = list(shown.values()) if chosen == ALL else [shown[chosen]]
    for place, figure in enumerate(figures, 1):
        made = yield from entry(talk, figure, figure.key)
        if made is None:
            continue
        entries.append(_at_once(talk, made))
        if made.told and len(figures) > 1 and (place < len(figures) or not all(one.told for one in entries)):
            yield from Choice(f"{figure.key}/after", _("The other figures can wait."), [("on", _("Go on with them"))])
    return entries


def _at_once(talk: Talk, made: Entry) -> Entry:
    """What was entered; if it is grave, it is stored and told without waiting for the rest."""
    if made.told:
        talk.do(RecordEntry(made))
    return made


def label(talk: Talk, figure: DueFigure, several: bool) -> Phrase:
    """A figure on a button; with its site if there are several."""
    name, period = talk.read.metric_text(figure.metric, "name"), said(figure.period)
    if several:
        return _("{metric}, {month}, {site}", metric=name, month=period, site=talk.read.site(figure.site_id).name)
    return _("{metric}, {month}", metric=name, month=period)


def _agreed(talk: Talk, entries: list[Entry], told: set[str]) -> Dialog[bool]:
    """Whether all is right as it was read back; of several, each can be changed first.

    A change changes `entries`; one that is told at once goes over to `told`.
    """
    yes, no = _("Yes, send it"), _("No, do not send")
    if len(entries) == 1:
        return (yield from Confirm(f"{entries[0].figure.key}/send", read_back(talk, entries), yes=yes, no=no))
    for attempt in range(MOST_CHANGES):
        changes = [(str(place), _change(talk, one)) for place, one in enumerate(entries)]
        asked = ReadBack(f"agree/{attempt}", read_back(talk, entries), [("yes", yes), *changes, ("no", no)])
        answer = yield from asked
        if answer in ("yes", "no"):
            return answer == "yes"
        place = int(answer)
        made = yield from entry(talk, entries[place].figure, f"{entries[place].figure.key}/{attempt}")
        if made is not None and _at_once(talk, made).told:
            told.add(made.figure.key)
        entries[place : place + 1] = [made] if made and not made.told else []
        if not entries:
            return False
    return False


def _change(talk: Talk, one: Entry) -> Phrase:
    return _("Change: {answer}", answer=talk.read.metric_text(one.figure.metric, "name"))


class ReadBack(Choice):
    """A choice below a read-back; its revision carries the read-back, so what was agreed to is what is done."""

    def parts_of_revision(self) -> Sequence[str]:
        return [*super().parts_of_revision(), self.prompt.key() if isinstance(self.prompt, Phrase) else self.prompt]
