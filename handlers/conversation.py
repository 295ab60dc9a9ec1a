"""Holds dialogs with people: starts them, feeds them what was answered, shows the open question, goes on or ends."""

from collections.abc import Sequence
from typing import Any

from handlers import albums, veil
from handlers.answers import keep, recorded
from handlers.dialog import Answer, Command, Standing, Step, Talk, replay
from handlers.form import Form
from handlers.heading import heading
from handlers.message import Address, Button, FileRef, Message, Open, Said
from handlers.quantity import Quantity
from handlers.questions import Option, Photo, Question, Unclear
from handlers.router import number
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import dialogs
from storage.tables.talks import DialogRow, DialogState

MOST_KEPT = 60
GONE = _("This button is no longer in use.")


def start(turn: Turn, name: str, argument: dict[str, Any] | None = None, *, modal: bool = False) -> None:
    """Begin a dialog where the turn takes place; an open one is put aside and offered again afterwards."""
    place = turn.place or turn.heard.address
    if not modal:
        _make_room(turn, place, name)
    row = DialogRow(
        name=name,
        argument=argument or {},
        channel=place.channel,
        conversation=place.conversation,
        thread=place.thread,
        person_id=turn.me.id,
        began_at=turn.now,
        touched_at=turn.now,
        modal=modal,
    )
    turn.session.add(row)
    turn.session.flush()
    go_on(turn, row, replayed(turn, row, starting=True))


def _make_room(turn: Turn, place: Address, name: str) -> None:
    """Park the dialog that is open here; the same one begun anew takes the place of the old."""
    open_row = current(turn)
    if open_row is None:
        return
    open_row.state = DialogState.CANCELLED if open_row.name == name else DialogState.PARKED
    retire(turn, open_row)
    turn.session.add(open_row)
    turn.session.flush()


def current(turn: Turn) -> DialogRow | None:
    """The dialog that waits for an answer in this place."""
    at = turn.place or turn.heard.address
    return dialogs.open_at(turn.session, at.channel, at.conversation, at.thread, turn.me.id)


def answer(turn: Turn, row: DialogRow, said: Said) -> None:
    """Take what was said as the answer to the open question, or say what was unclear and ask again."""
    said = albums.marked(said, turn.heard.album)
    if _joins_album(turn, row, said):
        return
    standing = replayed(turn, row)
    question = standing.question
    if not isinstance(question, Question) or _outdated(row, standing):
        go_on(turn, row, standing, changed=not isinstance(question, Form))
        return
    try:
        value = question.parse(said, turn.languages(turn.me)[0])
    except Unclear as unclear:
        if isinstance(question, Quantity) and not unclear.options:
            _keep_refused(turn, row, question, said)
        turn.say(unclear.text)
        ask(turn, row, standing, unclear.options)
        return
    feed(turn, row, question, value, said.files)


def _keep_refused(turn: Turn, row: DialogRow, question: Quantity, said: Said) -> None:
    """A number that was not taken stands in the trail; other words are not a value and are not kept."""
    if any(letter.isdigit() for letter in said.text):
        turn.note("value refused", "dialog", row.id, question=question.key, typed=said.text[:MOST_KEPT])


def _joins_album(turn: Turn, row: DialogRow, said: Said) -> bool:
    """True if these files belong to the album that the last answer began: they are added, and nothing is asked anew."""
    kept, album = recorded(turn, row), turn.heard.album
    longer = albums.extended(kept, album, said.files) if album else None
    if longer is None:
        return False
    keep(turn, row, longer)
    standing = replayed(turn, row)
    if _outdated(row, standing):
        retire(turn, row)
        go_on(turn, row, standing)
    return True


def submit(turn: Turn, token: str, values: dict[str, str]) -> None:
    """Take a modal that was handed in; what is wrong is shown in it, and it stays open."""
    _f, row_id, revision = [*token.split(":", 2), "", ""][:3]
    row = dialogs.by_id(turn.session, number(row_id), turn.me.id)
    if row is None or row.state is not DialogState.OPEN:
        raise Refused(_("This is closed."))
    turn.place = Address(row.channel, row.conversation, row.thread)
    standing = replayed(turn, row)
    form = standing.question
    if not isinstance(form, Form):
        raise Refused(GONE)
    if form.revision() != revision:
        turn.refuse_form({form.questions[0].key: _("This form has changed meanwhile. Please open it again.")})
        return
    parsed, errors = form.parse(values, turn.languages(turn.me)[0])
    if errors:
        turn.refuse_form(errors)
        return
    feed(turn, row, form, parsed)


def resume(turn: Turn, row: DialogRow) -> None:
    """Ask the open question of a dialog again."""
    unpark(turn, row)
    go_on(turn, row, replayed(turn, row))


def unpark(turn: Turn, row: DialogRow) -> None:
    """Make a parked dialog the open one of its place; the one that was open is put aside."""
    if row.state is DialogState.PARKED:
        open_row = current(turn)
        if open_row is not None:
            open_row.state = DialogState.PARKED
            turn.session.add(open_row)
        row.state = DialogState.OPEN


def feed(turn: Turn, row: DialogRow, step: Step[Any], value: Any, files: Sequence[FileRef] = ()) -> None:
    """Record a new answer and go on from it.

    `files` came along with it: if photos are what is asked for next, they are the answer to that.
    """
    retire(turn, row)
    standing = replayed(turn, row, new=Answer(step.key, step.revision(), step.dump(value)))
    following = standing.question
    if files and isinstance(following, Photo) and not isinstance(step, Photo):
        new = Answer(following.key, following.revision(), following.dump(list(files)))
        standing = replayed(turn, row, standing.answers, new)
    go_on(turn, row, standing)


def go_on(turn: Turn, row: DialogRow, standing: Standing, *, changed: bool = False) -> None:
    """Keep where the dialog stands; ask what is open, or end it and offer what was put aside."""
    keep(turn, row, standing.answers)
    if standing.changed or changed:
        turn.parts.insert(0, _("The question has changed since you saw it. Please answer it again."))
    if standing.question is not None:
        ask(turn, row, standing)
        return
    row.state, row.asked_key, row.asked_revision, row.asked_in = DialogState.DONE, "", "", ""
    turn.session.add(row)
    if row.veiled:
        veil.forget(turn, row)
    turn.session.flush()
    if not row.modal and not turn.hushed:
        offer_parked(turn)


def ask(turn: Turn, row: DialogRow, standing: Standing, options: Sequence[Option] = ()) -> None:
    """Show the open question; `options` take the place of its own buttons."""
    question = standing.question
    assert question is not None  # noqa: S101  (the caller looked)
    keep(turn, row, standing.answers)
    row.asked_key, row.asked_revision, row.asked_in = question.key, question.revision(), turn.reply_key()
    turn.session.add(row)
    if isinstance(question, Form):
        _show_form(turn, row, question)
    elif isinstance(question, Question):
        turn.say(*heading(turn, row), question.prompt, buttons=_keyboard(turn, row, question, options))


def _show_form(turn: Turn, row: DialogRow, form: Form) -> None:
    action = f"f:{row.id}:{form.revision()}"
    fallback = Message((form.title,), ((Button(_("Open the form"), action),),))
    if turn.heard.trigger:
        turn.open(Open(form.modal(action), turn.heard.trigger, fallback))
    else:
        turn.say(*fallback.parts, buttons=fallback.buttons)


def _keyboard(turn: Turn, row: DialogRow, question: Question[Any], options: Sequence[Option]) -> list[list[Button]]:
    """The question's buttons, then why and how, then back and cancel: always a way back and out."""
    place = f"{row.id}:{question.revision()}"
    asked = [[option] for option in options] or question.rows()
    rows = [[Button(one.label, f"a:{place}:{one.value}", one.style) for one in line] for line in asked]
    helps = [(_("Why do you ask?"), "w", question.why), (_("How do I measure it?"), "h", question.how)]
    rows += [[Button(label, f"{what}:{place}") for label, what, text in helps if text]]
    controls = [Button(_("Cancel"), f"c:{place}")]
    if any(revision and value is not None for _key, revision, value in recorded(turn, row)):
        controls.insert(0, Button(_("Back"), f"b:{place}"))
    return [line for line in [*rows, controls] if line]


def offer_parked(turn: Turn) -> None:
    """Offer to go on with the dialog that was put aside last in this place."""
    at = turn.place or turn.heard.address
    row = dialogs.parked_at(turn.session, at.channel, at.conversation, at.thread, turn.me.id)
    if row is None or row.name not in turn.house.router.dialogs:
        return
    title: Phrase = turn.house.router.dialogs[row.name].title
    go_on, drop = Button(_("Go on"), f"p:{row.id}", "primary"), Button(_("Drop it"), f"c:{row.id}")
    turn.say(_("You were in the middle of this: {title}. Go on with it?", title=title), buttons=[[go_on, drop]])


def replayed(
    turn: Turn,
    row: DialogRow,
    kept: list[Answer] | None = None,
    new: Answer | None = None,
    *,
    starting: bool = False,
) -> Standing:
    """Where the dialog stands; what it says on the way goes into the turn's answer."""
    turn.veiled = turn.veiled or row.veiled
    talk = Talk(
        person=turn.me,
        began=row.began_at,
        argument=row.argument,
        capabilities=turn.house.channels[row.channel],
        language=turn.languages(turn.me)[0],
        read=turn.read,
        perform=lambda command: _perform(turn, talk, command),
    )
    function = turn.house.router.dialogs[row.name].function
    standing = replay(function, talk, recorded(turn, row) if kept is None else kept, new, starting=starting)
    _hand_over(turn, talk)
    return standing


def _perform(turn: Turn, talk: Talk, command: Command) -> None:
    """Do what a dialog wants done; what it says itself follows what was said before."""
    _hand_over(turn, talk)
    command.perform(turn)


def _hand_over(turn: Turn, talk: Talk) -> None:
    turn.say(*talk.said, buttons=[[button] for button in talk.offered])
    turn.attach(*talk.attached)
    talk.said, talk.attached, talk.offered = [], [], []


def _outdated(row: DialogRow, standing: Standing) -> bool:
    """Whether the open question is no longer the one that the person was shown."""
    asked = (row.asked_key, row.asked_revision)
    return standing.question is not None and asked != (standing.question.key, standing.question.revision())


def retire(turn: Turn, row: DialogRow) -> None:
    """Take the buttons off the question that has been settled."""
    if row.asked_in and not row.modal:
        turn.retired.append(row.asked_in)
