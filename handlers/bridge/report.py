"""How somebody of a site brings a problem, an idea or a call for help to their mentor, with their name or without."""

from handlers import conversation
from handlers.bridge.asking import nameless_agreed, site_of
from handlers.bridge.concerns import likely
from handlers.bridge.filing import FileTicket
from handlers.bridge.words import OF_KIND
from handlers.dialog import Dialog, Fact, Talk
from handlers.grave.talk import offered, telling
from handlers.grave.words import DOOR
from handlers.message import FileRef, Said, Speech
from handlers.questions import Choice, Photo, Text, Unclear, speech_key
from handlers.router import SUPPLIER, Router
from handlers.turn import Turn
from locales.text import Phrase, _
from storage.tables.tickets import TicketKind, Urgency

routes = Router()
NAMELESS, NOTHING, GRAVE = "nameless", "nothing", "grave"

WHICH: dict[TicketKind, Phrase] = {
    TicketKind.OBSTACLE: _("What kind of problem is it?"),
    TicketKind.IDEA: _("What is your idea about?"),
    TicketKind.HELP: _("What do you need help with?"),
}
TELL: dict[TicketKind, Phrase] = {
    TicketKind.OBSTACLE: _("Please describe the problem in your own words. Your mentor will read it."),
    TicketKind.IDEA: _("Please tell your idea in your own words. Your mentor will read it."),
    TicketKind.HELP: _("What would you like to know? Write it in your own words, and your mentor answers you here."),
}


@routes.command("obstacle", SUPPLIER, menu=_("Report a problem"))
def begin_obstacle(turn: Turn, _argument: str) -> None:
    """Begin to report an obstacle."""
    conversation.start(turn, "obstacle")


@routes.command("idea", SUPPLIER, menu=_("Send an idea"))
def begin_idea(turn: Turn, _argument: str) -> None:
    """Begin to send an idea."""
    conversation.start(turn, "idea")


@routes.command("helpme", SUPPLIER, menu=_("Ask my mentor"))
def begin_help(turn: Turn, _argument: str) -> None:
    """Begin to call for help."""
    conversation.start(turn, "helpme")


@routes.dialog("obstacle", _("Reporting a problem"))
def obstacle(talk: Talk) -> Dialog[None]:
    """An obstacle, from its kind to its number."""
    yield from reporting(talk, TicketKind.OBSTACLE)


@routes.dialog("idea", _("Sending an idea"))
def idea(talk: Talk) -> Dialog[None]:
    """An idea, from what it is about to its number."""
    yield from reporting(talk, TicketKind.IDEA)


@routes.dialog("helpme", _("Asking your mentor"))
def helpme(talk: Talk) -> Dialog[None]:
    """A call for help, from what it is about to its number."""
    yield from reporting(talk, TicketKind.HELP)


def reporting(talk: Talk, kind: TicketKind) -> Dialog[None]:
    """Where, what kind, in which words, about what, with which files; then it is sent as it was read back."""
    site_id = yield from site_of(talk)
    categories = list(OF_KIND[kind].items())
    can_hide = yield from Fact("can hide", bool, lambda: talk.read.can_hide)
    hide: list[tuple[str, Speech]] = [(NAMELESS, _("Without my name"))] if can_hide else []
    door: list[tuple[str, Speech]] = [(GRAVE, DOOR)] if kind is TicketKind.OBSTACLE else []
    category = yield from Choice("kind", WHICH[kind], [*categories, *door, *hide])
    if category == GRAVE:
        yield from telling(talk, site_id)
        return
    nameless = category == NAMELESS
    if nameless:
        if not (yield from nameless_agreed(talk, site_id)):
            return
        category = yield from Choice("kind again", WHICH[kind], categories)
    words = yield from OwnWords("words", TELL[kind], files=not nameless)
    if (yield from offered(talk, site_id, words, nameless=nameless)):
        return
    about = yield from concern(talk, site_id, nameless=nameless)
    asking = Picture if nameless else Photo
    files = yield from asking("photos", _files_question(nameless), none=_("No photo"))
    yield from sending(talk, FileTicket(kind, site_id, category, words, about, tuple(files), nameless))


def concern(talk: Talk, site_id: int, *, nameless: bool) -> Dialog[str]:
    """Which CAPA, figure or lesson it is about, "" for none; asked only if there is a likely one."""
    found = yield from Fact("likely", list[str], lambda: likely(talk, site_id, nameless=nameless))
    if not found:
        return ""
    options: list[tuple[str, Speech]] = [(one, talk.read.concern_text(one)) for one in found]
    chosen = yield from Choice("about", _("Is it about one of these?"), [*options, (NOTHING, _("No, none of these"))])
    return "" if chosen == NOTHING else chosen


def sending(talk: Talk, ticket: FileTicket) -> Dialog[None]:
    """Read back, and sent with the urgency that is chosen; or not at all."""
    words = ticket.words or _("(no words, only files)")
    read_back = _("I will send this to your mentor:\n<i>{words}</i>\nShall I send it?", words=words)
    if ticket.nameless:
        read_back = _(
            "I will send this to your mentor without your name:\n<i>{words}</i>\nShall I send it?", words=words
        )
    wish = yield from Send("send", read_back, urgent=ticket.kind is not TicketKind.IDEA)
    if wish == NOTHING:
        talk.say(_("Not sent. You can start again at any time."))
    else:
        talk.do(ticket.with_urgency(Urgency(wish)))


class Send(Choice):
    """Whether something is sent as it was read back, and how urgent it is."""

    def __init__(self, key: str, read_back: Speech, *, urgent: bool) -> None:
        ways: list[tuple[str, Speech]] = [(Urgency.NORMAL.value, _("Yes, send it"))]
        if urgent:
            ways += [
                (Urgency.HIGH.value, _("Yes, and it is urgent")),
                (Urgency.LOW.value, _("Yes, but it can wait")),
            ]
        super().__init__(key, read_back, [*ways, (NOTHING, _("No, do not send"))])

    def parts_of_revision(self) -> list[str]:
        return [*super().parts_of_revision(), speech_key(self.prompt)]


class OwnWords(Text):
    """Words of the person's own, or a voice note or photo in their place, which then answers the question for files."""

    def __init__(self, key: str, prompt: Speech, *, files: bool) -> None:
        super().__init__(key, prompt)
        self.files = files

    def parse(self, said: Said, language: str) -> str:
        if self.files and said.files and not said.text.strip():
            return ""
        return super().parse(said, language)


class Picture(Photo):
    """Photos only: a voice or a document can tell who sent it."""

    def parse(self, said: Said, language: str) -> list[FileRef]:
        if any(file.kind != "photo" for file in said.files):
            raise Unclear(_("Without your name I take photos only. Please send a photo, or press the button."))
        return super().parse(said, language)


def _files_question(nameless: bool) -> Phrase:
    if nameless:
        return _("Would you like to send a photo of it? Please check that nobody can be seen in it.")
    return _("Would you like to send a photo of it?")
