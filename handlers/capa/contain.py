"""Containment: what was done at once so that it does no more harm; at zero tolerance, that people have spoken."""

from dataclasses import dataclass

from handlers import conversation
from handlers.capa.asking import WORDS, several_files
from handlers.capa.files import fetch
from handlers.capa.finding import meant, seen, site_of
from handlers.capa.moving import Given, check_fits, fitting, move, record
from handlers.capa.states import BY_NAME
from handlers.capa.telling import show_in_thread
from handlers.capa.terms import is_zero_tolerance
from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.message import Button, FileRef
from handlers.questions import Text
from handlers.router import BUYER, SUPPLIER, Router, action
from handlers.turn import Refused, Turn
from locales.text import Words, _

routes = Router()


@routes.button("capa.contain", SUPPLIER, site=site_of)
def begin(turn: Turn, argument: str) -> None:
    """Begin to say what was done at once."""
    capa = meant(turn, argument)
    check_fits(turn, capa, BY_NAME["contain"])
    conversation.start(turn, "capa_contain", {"capa": capa.id})


@routes.dialog("capa_contain", _("What was done at once"))
def contain(talk: Talk) -> Dialog[None]:
    """In words, with photos if there are any."""
    capa_id = talk.argument["capa"]
    finding = talk.read.capa(capa_id).finding
    prompt = _(
        "<i>{finding}</i>\nWhat have you done at once so that nobody is hurt and it does no more harm?",
        finding=Words(finding),
    )
    words = yield from Text("words", prompt, limit=WORDS)
    files = yield from several_files("photos", _("Would you like to send a photo of it?"), _("No photo"))
    talk.do(Contain(capa_id, words, tuple(files)))
    if talk.argument.get("then"):
        talk.offer(Button(_("Make the plan"), action("capa.plan", capa_id), "primary"))


@dataclass(frozen=True)
class Contain:
    """What was done at once, as it was said."""

    capa_id: int
    words: str
    files: tuple[FileRef, ...]

    def perform(self, turn: Turn) -> None:
        """Store it, and show it to the mentor."""
        capa = fitting(turn, self.capa_id, "contain")
        if capa is None:
            return
        capa.containment, capa.contained_at = self.words, turn.now
        move(turn, capa, "contain", Given(self.words))
        fetch(turn, capa, self.files)
        show_in_thread(turn, capa)
        turn.say(_("Thank you. Your mentor can see it."))


@routes.button("capa.contact", BUYER, site=site_of)
def contact(turn: Turn, argument: str) -> None:
    """A mentor has spoken with the site about a zero tolerance case: what was agreed at once is written down."""
    capa = seen(turn, argument)
    if not is_zero_tolerance(capa):
        raise Refused(_("This is only for zero tolerance cases."))
    check_fits(turn, capa, BY_NAME["contain"])
    asked = {"capa": capa.id, "version": capa.version}
    conversation.start(turn, "capa_contact", asked, modal=turn.capabilities.modals)


@routes.dialog("capa_contact", _("After the talk with the site"))
def after_contact(talk: Talk) -> Dialog[None]:
    """What was agreed, so that people are safe now."""
    agreed = Text("agreed", _("What was agreed, so that people are safe now?"), limit=WORDS)
    given = yield from Form("contact", _("I have spoken with them"), [agreed], _("Write it down"))
    talk.do(Contact(talk.argument["capa"], talk.argument["version"], given["agreed"]))


@dataclass(frozen=True)
class Contact:
    """That people have spoken, and what was agreed."""

    capa_id: int
    version: int
    agreed: str

    def perform(self, turn: Turn) -> None:
        """Store it; the plan can be written down from now on."""
        capa = fitting(turn, self.capa_id, "contain", self.version)
        if capa is None:
            return
        capa.containment, capa.contained_at = self.agreed, turn.now
        record(turn, capa, "contact", Given(self.agreed))
        show_in_thread(turn, capa)
        turn.say(_("Thank you. It is written down."))
