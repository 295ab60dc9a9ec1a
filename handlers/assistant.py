"""Answers one turn: finds who is meant by what came in, and what is done about it."""

from handlers import controls, conversation
from handlers.access import admit, permit
from handlers.bridge import blue, edits, relay
from handlers.message import Changed, Commanded, Happened, Pressed, Removed, Said, Submitted
from handlers.metrics.line import start_from_line
from handlers.phones.talk import who_speaks
from handlers.router import Kind
from handlers.turn import Refused, Turn
from locales.direction import bare
from locales.text import _
from storage import people
from storage.tables.talks import DialogRow


def respond(turn: Turn) -> None:
    """Do what came in asks for; what is to be said goes into the outbox. A refusal is said kindly, a bug is raised."""
    turn.person = people.by_account(turn.session, turn.heard.address.channel, turn.heard.sender, lock=True)
    _reach(turn)
    try:
        _act(turn)
    except Refused as refused:
        _say_no(turn, refused)
    turn.finish()


def _reach(turn: Turn) -> None:
    """Note where and when somebody was last met; a word from a person who had blocked us opens their chat again."""
    if turn.person is None or not turn.heard.private or isinstance(turn.heard.content, Happened):
        return
    at = turn.heard.address
    people.connect(turn.session, turn.person, at.channel, turn.heard.sender, at.conversation, turn.now)


def _act(turn: Turn) -> None:
    match turn.heard.content:
        case Pressed(action=action):
            _press(turn, action)
        case Submitted(action=action, values=values):
            admit(turn)
            conversation.submit(turn, action, values)
        case Commanded(name=name, argument=argument):
            _command(turn, name, bare(argument))
        case Said() as said:
            _hear(turn, said)
        case Changed() as changed:
            _change(turn, changed)
        case Removed():
            if _takes_part(turn):
                edits.removed(turn)
        case Happened(what=what):
            if turn.house.router.find("event", what):
                run(turn, "event", what, "")


def _press(turn: Turn, action: str) -> None:
    if action.startswith("r:"):
        _r, name, argument = [*action.split(":", 2), ""][:3]
        run(turn, "button", name, argument)
    else:
        admit(turn)
        controls.press(turn, action)


def _command(turn: Turn, name: str, argument: str) -> None:
    """A command is answered in private only: in a group others would read the answer."""
    if turn.heard.private:
        known = turn.house.router.find("command", name) is not None
        if not (known and who_speaks(turn, name)):
            run(turn, "command", name if known else "help", argument if known else "")


def run(turn: Turn, kind: Kind, name: str, argument: str) -> None:
    """Run the route of this name, if this person may."""
    route = turn.house.router.find(kind, name)
    if route is None:
        raise Refused(conversation.GONE)
    permit(turn, route, argument)
    open_row = _open_row(turn)
    route.function(turn, argument)
    if open_row is not None and name == "help":
        conversation.resume(turn, open_row)


def _hear(turn: Turn, said: Said) -> None:
    """Words: an answer in a thread, to the open question, a command without its prefix, or something new."""
    if _takes_part(turn) and relay.answer_in_thread(turn, said):
        return
    if not turn.heard.private:
        if _takes_part(turn):
            relay.write_beside(turn)
        return
    open_row = _open_row(turn)
    word, _space, rest = said.text.strip().partition(" ")
    word = word.lower().removeprefix(turn.capabilities.command_prefix)
    if open_row is not None:
        _answer_or_leave(turn, open_row, said, word)
    elif turn.house.router.find("command", word):
        if not who_speaks(turn, word):
            run(turn, "command", word, rest)
    elif _takes_part(turn) and start_from_line(turn, said.text):
        return
    elif not _takes_part(turn) or not (relay.go_on_talking(turn, said) or blue.ask_what(turn, said)):
        run(turn, "command", "unknown", said.text[:100])


def _answer_or_leave(turn: Turn, row: DialogRow, said: Said, word: str) -> None:
    if word in ("cancel", "back", "help"):
        run(turn, "command", word, "")
    elif not blue.add_words(turn, row, said):
        conversation.answer(turn, row, said)


def _open_row(turn: Turn) -> DialogRow | None:
    return conversation.current(turn) if _takes_part(turn) else None


def _takes_part(turn: Turn) -> bool:
    return turn.person is not None and turn.person.active


def _change(turn: Turn, changed: Changed) -> None:
    if not (_takes_part(turn) and edits.edited(turn, changed)):
        _explain_edit(turn)


def _explain_edit(turn: Turn) -> None:
    """An edited message changes nothing that was taken in; while a question is open, say how to change an answer."""
    row = _open_row(turn) if turn.heard.private else None
    if row is not None:
        turn.say(_("I do not read edited messages. Press Back to change your last answer, or write it again."))
        conversation.resume(turn, row)


def _say_no(turn: Turn, refused: Refused) -> None:
    turn.parts.clear()
    turn.buttons.clear()
    if isinstance(turn.heard.content, Pressed):
        turn.toast(refused.text, alert=True)
    else:
        turn.say(refused.text)
