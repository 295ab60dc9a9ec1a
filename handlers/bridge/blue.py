"""Words out of the blue: kept, and sent on with one tap as what they are."""

from dataclasses import asdict

from pydantic import TypeAdapter

from handlers import conversation
from handlers.access import has_accepted
from handlers.bridge.asking import nameless_agreed, site_of
from handlers.bridge.filing import FileTicket
from handlers.bridge.quotes import shortened
from handlers.bridge.report import sending
from handlers.dialog import Dialog, Fact, Talk
from handlers.grave.naming import category_of
from handlers.grave.talk import offered
from handlers.message import Button, FileRef, Said, Speech
from handlers.questions import Choice
from handlers.router import Router, action
from handlers.turn import Turn
from locales.text import _
from storage.tables.people import Role
from storage.tables.talks import DialogRow
from storage.tables.tickets import TicketKind

routes = Router()
FILES: TypeAdapter[tuple[FileRef, ...]] = TypeAdapter(tuple[FileRef, ...])
SHORTEST = 8
NAMELESS, FIGURE, DROP = "nameless", "figure", "drop"


def ask_what(turn: Turn, said: Said) -> bool:
    """True if these words may be meant for the mentor: then the person is asked what they are, and nothing is lost."""
    if turn.me.role is not Role.SUPPLIER or not has_accepted(turn) or len(said.text.strip()) < SHORTEST:
        return False
    if not turn.read.sites(turn.me):
        return False
    files = [asdict(file) for file in said.files]
    conversation.start(turn, "words", {"words": said.text.strip(), "files": files})
    return True


def add_words(turn: Turn, row: DialogRow, said: Said) -> bool:
    """True if these words go on with those that the person is just asked about: both are sent together."""
    if row.name != "words" or len(said.text.strip()) < SHORTEST:
        return False
    files = [*row.argument["files"], *(asdict(file) for file in said.files)]
    row.argument = {"words": f"{row.argument['words']}\n{said.text.strip()}", "files": files}
    turn.session.add(row)
    conversation.retire(turn, row)
    conversation.resume(turn, row)
    return True


@routes.dialog("words", _("What you wrote"))
def words(talk: Talk) -> Dialog[None]:
    """What the words are; a problem, an idea or a question goes to the mentor at once."""
    written, files = talk.argument["words"], FILES.validate_python(talk.argument["files"])
    if category_of(written):
        site_id = yield from site_of(talk)
        if (yield from offered(talk, site_id, written, files)):
            return
    can_hide = yield from Fact("can hide", bool, lambda: talk.read.can_hide)
    options: list[tuple[str, Speech]] = [
        (TicketKind.OBSTACLE.value, _("A problem: send it to my mentor")),
        (TicketKind.IDEA.value, _("An idea: send it to my mentor")),
        (TicketKind.HELP.value, _("A question: send it to my mentor")),
        *([(NAMELESS, _("A problem, to be sent without my name"))] if can_hide and not files else []),
        (FIGURE, _("A figure")),
        (DROP, _("Nothing, forget it")),
    ]
    asked = _("You wrote:\n<i>{words}</i>\nWhat is it? I send it on with one tap.", words=shortened(written))
    what = yield from Choice("what", asked, options)
    if what == FIGURE:
        talk.say(_("Then please choose the figure first."))
        talk.offer(Button(_("Send figures"), action("go", "figures")))
    elif what == DROP:
        talk.say(_("Forgotten."))
    else:
        yield from _sent(talk, what, written, files)


def _sent(talk: Talk, what: str, written: str, files: tuple[FileRef, ...]) -> Dialog[None]:
    """Sent as it was written; without a name only once the person knows what that means."""
    site_id = yield from site_of(talk)
    if what != NAMELESS:
        talk.do(FileTicket(TicketKind(what), site_id, "other", written, files=files))
    elif (yield from nameless_agreed(talk, site_id)):
        yield from sending(talk, FileTicket(TicketKind.OBSTACLE, site_id, "other", written, nameless=True))
