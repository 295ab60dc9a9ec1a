"""The plan of a zero tolerance case: the mentor writes down what was agreed with the site, by talking."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers import conversation
from handlers.capa.asking import WORDS, TextOr
from handlers.capa.finding import seen, site_of
from handlers.capa.moving import check_fits, fitting
from handlers.capa.plan import MOST_STEPS, Plan, Step, SubmitPlan
from handlers.capa.refusals import by_need
from handlers.capa.states import BY_NAME, Need
from handlers.capa.terms import is_zero_tolerance
from handlers.dialog import Dialog, Fact, Talk
from handlers.form import Form
from handlers.questions import Choice, Day, Question, Text
from handlers.router import BUYER, Router
from handlers.turn import Refused, Turn
from locales.text import _, p_

routes = Router()


@routes.button("capa.joint", BUYER, site=site_of)
def begin(turn: Turn, argument: str) -> None:
    """Begin to write the plan down, once people have spoken."""
    capa = seen(turn, argument)
    if not is_zero_tolerance(capa):
        raise Refused(_("The site makes this plan itself."))
    check_fits(turn, capa, BY_NAME["submit_plan"])
    if capa.contained_at is None:
        raise Refused(_("Please speak with the site first, and write down what was agreed."))
    if capa.owner_id is None:
        raise Refused(by_need(Need.OWNER, capa))
    asked = {"capa": capa.id, "version": capa.version}
    conversation.start(turn, "capa_joint", asked, modal=turn.capabilities.modals)


@routes.dialog("capa_joint", _("Writing down a plan"))
def write_down(talk: Talk) -> Dialog[None]:
    """Cause, actions, steps line by line, who sees to them and by when, in one form."""
    people = yield from Fact("people", list[tuple[int, str]], lambda: _staff(talk))
    names = [(str(one), p_("a person in a list", "{name}", name=name)) for one, name in people]
    today = talk.began.date()
    questions: list[Question[Any]] = [
        Text("cause", _("What made it possible?"), limit=WORDS),
        Text("corrective", _("What will be changed so that it cannot happen again?"), limit=WORDS),
        TextOr("preventive", _("Elsewhere at the site"), none=_("Nowhere else")),
        Text("steps", _("Steps"), limit=2000, hint=_("One on each line.")),
        Choice("owner", _("Who sees to them?"), names),
        Day("due", _("By when?"), earliest=today),
    ]
    given = yield from Form("plan", _("Write down the plan"), questions, _("Hand it in"))
    talk.do(WriteDown(talk.argument["capa"], talk.argument["version"], given))


def _staff(talk: Talk) -> list[tuple[int, str]]:
    return [(one.id, one.name) for one in talk.read.staff(talk.read.capa(talk.argument["capa"]).site_id)]


@dataclass(frozen=True)
class WriteDown:
    """A plan as a mentor has written it down with the site."""

    capa_id: int
    version: int
    given: dict[str, Any]

    def perform(self, turn: Turn) -> None:
        """Hand it in: somebody else approves it."""
        if fitting(turn, self.capa_id, "submit_plan", self.version) is None:
            return
        due: date = self.given["due"]
        lines = [line.strip() for line in str(self.given["steps"]).splitlines() if line.strip()]
        steps = tuple(Step(line[:200], int(self.given["owner"]), due) for line in lines[:MOST_STEPS])
        cause = str(self.given["cause"])
        plan = Plan((cause,), cause, self.given["corrective"], self.given["preventive"], steps)
        SubmitPlan(self.capa_id, plan).perform(turn)
