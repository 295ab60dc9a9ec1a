"""The work: steps that are done, each with its photos, and the whole handed in to be checked."""

from dataclasses import dataclass

from handlers import conversation
from handlers.capa.actors import decider
from handlers.capa.asking import WORDS, TextOr, several_files
from handlers.capa.buttons import step_button
from handlers.capa.files import fetch
from handlers.capa.finding import meant, part, site_of
from handlers.capa.moving import Given, check_fits, fitting, move
from handlers.capa.refusals import by_need
from handlers.capa.states import BY_NAME, Need
from handlers.capa.telling import ask_deciders, show_in_thread
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button, FileRef
from handlers.questions import Text
from handlers.router import SUPPLIER, Router, action
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import Words, _
from storage import capas
from storage.tables.capas import Capa, CapaStep

routes = Router()


@routes.button("capa.step", SUPPLIER, site=site_of)
def begin_step(turn: Turn, argument: str) -> None:
    """Begin to say that a step is done; whoever has the step to do may say so too."""
    capa = meant(turn, argument)
    step = _step(turn, capa, part(argument) or 0)
    if step is None or step.done_at is not None:
        raise Refused(_("This step is done already, or the plan has changed."))
    check_fits(turn, capa, BY_NAME["do_step"])
    conversation.start(turn, "capa_step", {"capa": capa.id, "step": step.id})


def _step(turn: Turn, capa: Capa, step_id: int) -> CapaStep | None:
    step = capas.step(turn.session, step_id)
    return step if step is not None and step.capa_id == capa.id and not step.dropped else None


@routes.dialog("capa_step", _("A step that is done"))
def do_step(talk: Talk) -> Dialog[None]:
    """With photos, or without."""
    steps = [one for one in talk.read.capa_steps(talk.argument["capa"]) if one.id == talk.argument["step"]]
    text = yield from Fact("text", str, lambda: steps[0].text if steps else "")
    prompt = _("<i>{step}</i>\nPlease send a photo or a PDF that shows it.", step=Words(text))
    files = yield from several_files("photos", prompt, _("I have none"))
    talk.do(DoStep(talk.argument["capa"], talk.argument["step"], tuple(files)))


@dataclass(frozen=True)
class DoStep:
    """A step that is done."""

    capa_id: int
    step_id: int
    files: tuple[FileRef, ...]

    def perform(self, turn: Turn) -> None:
        """Store it, and say what is left."""
        capa = fitting(turn, self.capa_id, "do_step")
        step = _step(turn, capa, self.step_id) if capa is not None else None
        if capa is None or step is None:
            return
        if step.done_at is None:
            step.done_at, step.done_by_id = turn.now, turn.me.id
            turn.session.add(step)
            move(turn, capa, "do_step", Given(detail={"place": step.place, "files": len(self.files)}))
        fetch(turn, capa, self.files, step.id)
        show_in_thread(turn, capa)
        _say_left(turn, capa)


def _say_left(turn: Turn, capa: Capa) -> None:
    left = [one for one in capas.steps(turn.session, capa.id) if one.done_at is None]
    if left:
        turn.say(
            _("Thank you. Next is step {place}: {text}", place=ticket(left[0].place), text=left[0].text),
            buttons=[[step_button(left[0])]],
        )
    else:
        hand_in = Button(_("Hand in the work"), action("capa.done", capa.id), "primary")
        turn.say(_("Thank you. All steps are done. Now you can hand in the work."), buttons=[[hand_in]])


@routes.button("capa.done", SUPPLIER, site=site_of)
def begin_handing_in(turn: Turn, argument: str) -> None:
    """Begin to hand in the work, once all steps are done."""
    capa = meant(turn, argument)
    check_fits(turn, capa, BY_NAME["submit_evidence"])
    if any(one.done_at is None for one in capas.steps(turn.session, capa.id)):
        raise Refused(by_need(Need.STEPS_DONE, capa))
    conversation.start(turn, "capa_done", {"capa": capa.id})


@routes.dialog("capa_done", _("Handing in the work"))
def hand_in(talk: Talk) -> Dialog[None]:
    """Photos or papers, and a few words; at least one of the two, unless the steps have brought files already."""
    capa_id = talk.argument["capa"]
    have = yield from Fact("have", int, lambda: talk.read.capa_files(capa_id))
    files = yield from several_files("files", _("Please send photos or PDFs that show the work."), _("I have none"))
    prompt = _("Would you like to add a few words for your mentor?")
    if files or have:
        words = yield from TextOr("words", prompt, none=_("No, hand it in"))
    else:
        words = yield from Text("words", _("How can your mentor see that it is done? Please write it."), limit=WORDS)
    talk.do(HandIn(capa_id, words, tuple(files)))


@dataclass(frozen=True)
class HandIn:
    """The work as it is handed in."""

    capa_id: int
    words: str
    files: tuple[FileRef, ...]

    def perform(self, turn: Turn) -> None:
        """Have whoever decides look at it; nothing is owed until then."""
        capa = fitting(turn, self.capa_id, "submit_evidence")
        if capa is None:
            return
        have = turn.read.capa_files(capa.id) + len(self.files)
        move(turn, capa, "submit_evidence", Given(self.words, {"files": have}))
        fetch(turn, capa, self.files)
        ask_deciders(turn, capa, decider(turn, capa, "evidence"), (), checking_buttons(capa))
        number = ticket(capa.id)
        turn.say(_("Thank you. The work on CAPA {number} is handed in. You read here what comes of it.", number=number))


def checking_buttons(capa: Capa) -> list[tuple[Button, ...]]:
    """It is done, or back it goes, by whoever holds that right."""
    about = f"{capa.id}.{capa.version}"
    done = Button(_("It is done"), action("capa.verify", about), "primary")
    return [(done, Button(_("Return it"), action("capa.return", about)))]
