"""What a mentor or manager does around the work: begins a draft, gives it to somebody, links, cancels, opens again."""

from dataclasses import dataclass
from typing import Any

from handlers import conversation
from handlers.capa.asking import WORDS
from handlers.capa.finding import meant, part, seen, site_of
from handlers.capa.moving import Given, check_fits, fitting, move, moved, record
from handlers.capa.opening import tell_opened
from handlers.capa.states import BY_NAME
from handlers.capa.telling import show_in_thread, tell_owner
from handlers.capa.terms import begin, begin_again, local_day, terms_of
from handlers.dialog import Dialog, Fact, Talk
from handlers.form import Form
from handlers.message import Said
from handlers.questions import Choice, Question, Text, Unclear
from handlers.router import BUYER, Router, number
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import capas, programme
from storage.tables.capas import Capa

routes = Router()
READ_BY_SITE = _("The site reads these words.")


@routes.button("capa.request", BUYER, site=site_of)
def request(turn: Turn, argument: str) -> None:
    """Let a draft begin: its days count from now."""
    capa = seen(turn, argument)
    terms, site = terms_of(turn.session, turn.settings, capa), programme.site(turn.session, capa.site_id)
    name = "request" if terms.plan else "start"
    check_fits(turn, capa, BY_NAME[name])
    if capa.owner_id is not None:
        begin(turn.session, capa, terms, site, local_day(site, turn.now))
    move(turn, capa, name)
    show_in_thread(turn, capa)
    tell_opened(turn, capa)
    turn.toast(_("CAPA {number} has begun. The site is told in its working hours.", number=ticket(capa.id)))


@routes.button("capa.owner", BUYER, site=site_of)
def owner(turn: Turn, argument: str) -> None:
    """Ask who of the site has it to do from now on."""
    _ask(turn, argument, "change_owner", "capa_owner")


@routes.button("capa.cancel", BUYER, site=site_of)
def cancel(turn: Turn, argument: str) -> None:
    """Ask why it is cancelled."""
    _ask(turn, argument, "cancel", "capa_cancel")


@routes.button("capa.reopen", BUYER, site=site_of)
def reopen(turn: Turn, argument: str) -> None:
    """Ask why it is opened again, and whether a new plan is needed."""
    _ask(turn, argument, "reopen_work", "capa_reopen")


@routes.button("capa.link", BUYER, site=site_of)
def link(turn: Turn, argument: str) -> None:
    """Link to the CAPA that was suggested, or ask which one is meant."""
    earlier = part(argument)
    if earlier is None:
        _ask(turn, argument, "link", "capa_link")
        return
    capa = meant(turn, argument)
    check_fits(turn, capa, BY_NAME["link"])
    _link(turn, capa, earlier)


def _ask(turn: Turn, argument: str, name: str, dialog: str) -> None:
    capa = seen(turn, argument)
    check_fits(turn, capa, BY_NAME[name])
    conversation.start(turn, dialog, {"capa": capa.id, "version": capa.version}, modal=turn.capabilities.modals)


@routes.dialog("capa_owner", _("Changing the owner of a CAPA"))
def ask_owner(talk: Talk) -> Dialog[None]:
    """Somebody of the site."""
    people = yield from Fact("people", list[tuple[int, str]], lambda: _staff(talk))
    if not people:
        talk.say(_("Nobody at this site has joined yet. Please invite somebody first."))
        return
    names = [(str(one), p_("a person in a list", "{name}", name=name)) for one, name in people]
    given = yield from Form("owner", _("Change the owner"), [Choice("owner", _("Owner"), names)], _("Give it to them"))
    talk.do(ChangeOwner(talk.argument["capa"], talk.argument["version"], int(given["owner"])))


def _staff(talk: Talk) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in talk.read.staff(talk.read.capa(talk.argument["capa"]).site_id)]


@dataclass(frozen=True)
class ChangeOwner:
    """Another owner."""

    capa_id: int
    version: int
    owner_id: int

    def perform(self, turn: Turn) -> None:
        """Give it to them, and tell them as whoever had it was told."""
        capa = fitting(turn, self.capa_id, "change_owner", self.version)
        if capa is None:
            return
        tell = capa.owner_id != self.owner_id
        capa.owner_id = self.owner_id
        record(turn, capa, "change_owner", Given(detail={"owner": self.owner_id}))
        show_in_thread(turn, capa)
        if tell and capa.state is not BY_NAME["request"].states[0]:
            tell_owner(turn, capa)
        turn.say(_("CAPA {number} has another owner. They are told.", number=ticket(capa.id)))


@routes.dialog("capa_cancel", _("Cancelling a CAPA"))
def ask_why(talk: Talk) -> Dialog[None]:
    """The reason, in words that the site reads."""
    why = Text("why", _("Why is it cancelled?"), limit=WORDS, hint=READ_BY_SITE)
    given = yield from Form("cancel", _("Cancel a CAPA"), [why], _("Cancel it"))
    talk.do(Settle(talk.argument["capa"], talk.argument["version"], "cancel", given["why"]))


@routes.dialog("capa_reopen", _("Opening a CAPA again"))
def ask_reopening(talk: Talk) -> Dialog[None]:
    """The reason, and what comes next."""
    ways: list[tuple[str, Phrase]] = [
        ("reopen_plan", _("A new plan")),
        ("reopen_work", _("More work on the plan as it is")),
    ]
    questions: list[Question[Any]] = [
        Text("why", _("Why is it opened again?"), limit=WORDS, hint=READ_BY_SITE),
        Choice("way", _("What is needed?"), ways),
    ]
    given = yield from Form("reopen", _("Open a CAPA again"), questions, _("Open it again"))
    talk.do(Settle(talk.argument["capa"], talk.argument["version"], given["way"], given["why"]))


@dataclass(frozen=True)
class Settle:
    """A CAPA cancelled or opened again, with the reason."""

    capa_id: int
    version: int
    name: str
    why: str

    def perform(self, turn: Turn) -> None:
        """Do it, and tell both sides."""
        capa = moved(turn, self.capa_id, self.name, self.version, Given(self.why))
        if capa is None:
            return
        if self.name != "cancel":
            begin_again(turn.session, turn.settings, capa, turn.now)
        show_in_thread(turn, capa)
        tell_owner(turn, capa)
        done = _("CAPA {number} is cancelled. The site is told, with your words.", number=ticket(capa.id))
        again = _("CAPA {number} is open again. The site is told, with your words.", number=ticket(capa.id))
        turn.say(done if self.name == "cancel" else again)


class Number(Question[int]):
    """The number of a CAPA."""

    kind = int

    def parse(self, said: Said, language: str) -> int:
        found = number(said.text.strip().removeprefix("#"))
        if found is None:
            raise Unclear(_("Please write its number, for example {example}.", example=ticket(12)))
        return found


@routes.dialog("capa_link", _("Linking a CAPA to an earlier one"))
def ask_number(talk: Talk) -> Dialog[None]:
    """The number of the earlier one."""
    given = yield from Form(
        "link", _("Link to an earlier CAPA"), [Number("number", _("Number of the earlier CAPA"))], _("Link it")
    )
    talk.do(Link(talk.argument["capa"], talk.argument["version"], given["number"]))


@dataclass(frozen=True)
class Link:
    """That something has come up before."""

    capa_id: int
    version: int
    earlier_id: int

    def perform(self, turn: Turn) -> None:
        """Link the two, if both are of the same site."""
        capa = fitting(turn, self.capa_id, "link", self.version)
        if capa is not None:
            _link(turn, capa, self.earlier_id)


def _link(turn: Turn, capa: Capa, earlier_id: int) -> None:
    earlier = capas.capa(turn.session, earlier_id)
    if earlier is None or earlier.site_id != capa.site_id or earlier.id >= capa.id:
        turn.say(_("This site has no earlier CAPA with the number {number}.", number=ticket(earlier_id)))
        return
    capa.earlier_id = earlier.id
    record(turn, capa, "link", Given(detail={"to": earlier.id}))
    show_in_thread(turn, capa)
    turn.say(_("CAPA {number} is linked to CAPA {earlier}.", number=ticket(capa.id), earlier=ticket(earlier.id)))
