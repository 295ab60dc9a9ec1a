"""The buttons of dialogs: answers, back, cancel, change, why and how. An old button never answers the open question."""

from handlers import veil
from handlers.answers import keep, recorded
from handlers.conversation import (
    GONE,
    ask,
    feed,
    go_on,
    offer_parked,
    replayed,
    resume,
    retire,
    unpark,
)
from handlers.message import Address, Button
from handlers.questions import Question, Unclear
from handlers.router import number
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import dialogs, people
from storage.tables.talks import DialogRow, DialogState


def press(turn: Turn, token: str) -> None:
    """Act on a button of a dialog. A button of an earlier question never answers the open one."""
    what, row_id, revision, value = [*token.split(":", 3), "", "", ""][:4]
    row = dialogs.by_id(turn.session, number(row_id), turn.me.id)
    if row is None:
        raise Refused(_whose(turn, number(row_id)))
    turn.place = Address(row.channel, row.conversation, row.thread)
    if what == "a":
        _pressed(turn, row, revision, value)
    elif row.state not in (DialogState.OPEN, DialogState.PARKED):
        raise Refused(_("This is closed."))
    else:
        _control(turn, row, what, revision)


def _whose(turn: Turn, dialog_id: int | None) -> Phrase:
    """Why a button does nothing: on a shared phone it may be that of another."""
    owner = dialogs.owner(turn.session, dialog_id)
    at = turn.heard
    for person in people.sharers(turn.session, at.address.channel, at.sender):
        if person.id == owner:
            return _("This is for {name}. Write /switch if you are {name}.", name=person.name)
    return GONE


def _control(turn: Turn, row: DialogRow, what: str, revision: str) -> None:
    match what:
        case "b":
            back(turn, row)
        case "c":
            cancel(turn, row)
        case "p" | "f":
            resume(turn, row)
        case "w" | "h":
            aside(turn, row, what)
        case "e":
            _change(turn, row, revision)
        case _:
            raise Refused(GONE)


def _pressed(turn: Turn, row: DialogRow, revision: str, value: str) -> None:
    live = row.state in (DialogState.OPEN, DialogState.PARKED)
    standing = replayed(turn, row) if live else None
    question = standing.question if standing else None
    if standing and isinstance(question, Question) and question.revision() == revision:
        unpark(turn, row)
        try:
            picked = question.pick(value)
        except Unclear as unclear:
            turn.say(unclear.text)
            ask(turn, row, standing, unclear.options)
            return
        feed(turn, row, question, picked)
    elif standing and row.asked_revision == revision:
        go_on(turn, row, standing, changed=True)
    else:
        _tell_earlier(turn, row, revision, live)


def _tell_earlier(turn: Turn, row: DialogRow, revision: str, live: bool) -> None:
    """Say what was answered to the question of an old button, and offer to change it while the dialog lasts."""
    place = _place_of(turn, row, revision)
    if place is None:
        raise Refused(GONE if live else _("This is closed."))
    kept = recorded(turn, row)
    question = replayed(turn, row, kept[:place]).question
    if not isinstance(question, Question) or question.revision() != revision:
        raise Refused(GONE)
    told = question.tell(question.load(kept[place].value))
    if live:
        change = Button(_("Change it"), f"e:{row.id}:{revision}")
        turn.say(_("You already answered this: {answer}.", answer=told), buttons=[[change]])
    else:
        turn.say(_("This is finished. You answered: {answer}.", answer=told))


def _change(turn: Turn, row: DialogRow, revision: str) -> None:
    place = _place_of(turn, row, revision)
    if place is None:
        raise Refused(GONE)
    retire(turn, row)
    keep(turn, row, recorded(turn, row)[:place])
    resume(turn, row)


def back(turn: Turn, row: DialogRow) -> None:
    """Drop the last answer and ask that question again."""
    kept = recorded(turn, row)
    asked = [place for place, one in enumerate(kept) if one.revision and one.value is not None]
    if not asked:
        turn.say(_("This is the first question."))
    retire(turn, row)
    keep(turn, row, kept[: asked[-1]] if asked else [])
    resume(turn, row)


def cancel(turn: Turn, row: DialogRow) -> None:
    """End a dialog without its deed."""
    turn.veiled = turn.veiled or row.veiled
    row.state, row.touched_at = DialogState.CANCELLED, turn.now
    turn.session.add(row)
    retire(turn, row)
    if row.veiled:
        veil.forget(turn, row)
    turn.say(_("Stopped. Nothing was sent."))
    turn.session.flush()
    offer_parked(turn)


def aside(turn: Turn, row: DialogRow, what: str) -> None:
    """Say why something is asked ("w") or how to measure it ("h"), then ask again."""
    standing = replayed(turn, row)
    question = standing.question
    if isinstance(question, Question):
        told = question.why if what == "w" else question.how
        if told:
            turn.say(told)
    go_on(turn, row, standing)


def _place_of(turn: Turn, row: DialogRow, revision: str) -> int | None:
    """Where in the answers the question of this revision stands."""
    return next((place for place, one in enumerate(recorded(turn, row)) if one.revision == revision), None)
