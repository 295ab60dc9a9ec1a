"""What a mentor or manager decides: plan and work approved or returned, and whether it has helped."""

from dataclasses import dataclass

from handlers import conversation
from handlers.capa.asking import WORDS
from handlers.capa.effect import look_again, watch
from handlers.capa.finding import seen, site_of
from handlers.capa.moving import Given, check, check_fits, may, move, moved
from handlers.capa.states import BY_NAME
from handlers.capa.telling import show_in_thread, tell_owner
from handlers.capa.terms import agree_on_days, begin_again, terms_of
from handlers.dialog import Dialog, Talk
from handlers.form import Form
from handlers.questions import Text
from handlers.router import BUYER, Router
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage.tables.capas import Capa, CapaState

routes = Router()


@routes.button("capa.approve", BUYER, site=site_of)
def approve(turn: Turn, argument: str) -> None:
    """Approve the plan: the site can begin."""
    capa = seen(turn, argument)
    move(turn, capa, "approve_plan")
    agree_on_days(turn.session, capa)
    _tell_both(turn, capa, _("The plan of CAPA {number} is approved. The site is told.", number=ticket(capa.id)))


@routes.button("capa.verify", BUYER, site=site_of)
def verify(turn: Turn, argument: str) -> None:
    """The work is done: watch whether it has helped, or close it where its severity asks no more."""
    capa = seen(turn, argument)
    check_fits(turn, capa, BY_NAME["verify"])
    if terms_of(turn.session, turn.settings, capa).effect:
        move(turn, capa, "verify")
        watch(turn, capa)
        text = _(
            "CAPA {number} is checked. On {day} we see whether it has helped.",
            number=ticket(capa.id),
            day=capa.check_on or capa.due_on,
        )
    else:
        move(turn, capa, "accept")
        text = _("CAPA {number} is closed.", number=ticket(capa.id))
    _tell_both(turn, capa, text)


@routes.button("capa.effective", BUYER, site=site_of)
def effective(turn: Turn, argument: str) -> None:
    """Somebody says that it has helped."""
    capa = seen(turn, argument)
    check(turn, capa, BY_NAME["effective"])
    if look_again(turn, capa):
        day = capa.check_on or capa.due_on
        _tell_both(turn, capa, _("Good. CAPA {number} is looked at again on {day}.", number=ticket(capa.id), day=day))
        return
    move(turn, capa, "effective")
    _tell_both(turn, capa, _("CAPA {number} is closed.", number=ticket(capa.id)))


@routes.button("capa.return", BUYER, site=site_of)
def give_back(turn: Turn, argument: str) -> None:
    """Ask for the reason why plan or work goes back."""
    _ask_why(turn, argument, lambda capa: _returning(capa))


@routes.button("capa.again", BUYER, site=site_of)
def again(turn: Turn, argument: str) -> None:
    """Ask what shows that it has not helped."""
    _ask_why(turn, argument, lambda capa: _failing(turn, capa))


def _ask_why(turn: Turn, argument: str, which) -> None:  # type: ignore[no-untyped-def]
    capa = seen(turn, argument)
    name = which(capa)
    check_fits(turn, capa, BY_NAME[name])
    if not may(turn, capa, name, Given("a reason")):
        move(turn, capa, name, Given("a reason"))
    asked = {"capa": capa.id, "version": capa.version, "move": name}
    conversation.start(turn, "capa_return", asked, modal=turn.capabilities.modals)


def _returning(capa: Capa) -> str:
    return "return_evidence" if capa.state is CapaState.EVIDENCE_SUBMITTED else "return_plan"


def _failing(turn: Turn, capa: Capa) -> str:
    return "replan" if terms_of(turn.session, turn.settings, capa).plan else "rework"


TITLES: dict[str, tuple[Phrase, Phrase]] = {
    "return_plan": (_("Return the plan"), _("What should be different in the plan?")),
    "return_evidence": (_("Return the work"), _("What is still missing?")),
    "replan": (_("It has not helped"), _("What shows that it has not helped?")),
    "rework": (_("It has not helped"), _("What shows that it has not helped?")),
}


@routes.dialog("capa_return", _("Returning a plan or work"))
def why_back(talk: Talk) -> Dialog[None]:
    """The reason, in words that the site reads."""
    name = talk.argument["move"]
    title, question = TITLES[name]
    why = Text("why", question, limit=WORDS, hint=_("The site reads these words."))
    given = yield from Form("return", title, [why], _("Return it"))
    talk.do(GiveBack(talk.argument["capa"], talk.argument["version"], name, given["why"]))


@dataclass(frozen=True)
class GiveBack:
    """A plan or work that goes back to the site, with the reason."""

    capa_id: int
    version: int
    name: str
    why: str

    def perform(self, turn: Turn) -> None:
        """Send it back: something is owed again, by new days where the old ones are too near."""
        capa = moved(turn, self.capa_id, self.name, self.version, Given(self.why))
        if capa is None:
            return
        begin_again(turn.session, turn.settings, capa, turn.now)
        _tell_both(turn, capa, _("It goes back. The site is told, with your words."))


def _tell_both(turn: Turn, capa: Capa, text: Phrase) -> None:
    """Both sides read the same: in the thread, and on the owner's phone."""
    show_in_thread(turn, capa)
    tell_owner(turn, capa)
    turn.toast(text)
