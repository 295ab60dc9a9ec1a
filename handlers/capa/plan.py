"""The plan: its cause by five whys, what is done against it here and elsewhere, in steps with people and days."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from handlers import conversation
from handlers.capa.actors import decider
from handlers.capa.asking import WORDS, TextOr, near_days
from handlers.capa.card import stacked
from handlers.capa.finding import meant, site_of
from handlers.capa.moving import Given, check_fits, fitting, move
from handlers.capa.states import BY_NAME
from handlers.capa.telling import ask_deciders
from handlers.capa.whys import five_whys
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button
from handlers.questions import Choice, Confirm, Text
from handlers.router import SUPPLIER, Router, action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, Words, _, p_
from storage import capas
from storage.tables.capas import Capa, CapaStep, Owed

routes = Router()
MOST_STEPS = 10
LONGEST = timedelta(days=730)


@dataclass(frozen=True)
class Step:
    """A step as it was entered; `owner` is a person's id."""

    text: str
    owner: int
    due: date


@dataclass(frozen=True)
class Plan:
    """A plan as it was read back and confirmed."""

    whys: tuple[str, ...]
    cause: str
    corrective: str
    preventive: str
    steps: tuple[Step, ...]


@routes.button("capa.plan", SUPPLIER, site=site_of)
def begin(turn: Turn, argument: str) -> None:
    """Begin to make the plan; what was done at once comes first."""
    capa = meant(turn, argument)
    check_fits(turn, capa, BY_NAME["submit_plan"])
    if capa.owed is Owed.CONTAIN:
        conversation.start(turn, "capa_contain", {"capa": capa.id, "then": "plan"})
    else:
        conversation.start(turn, "capa_plan", {"capa": capa.id})


@routes.dialog("capa_plan", _("Making a plan"))
def make_plan(talk: Talk) -> Dialog[None]:
    """Cause, action, elsewhere, steps; of a plan that was returned each part can be kept."""
    capa_id = talk.argument["capa"]
    before = yield from Fact("before", dict[str, Any], lambda: _before(talk, capa_id))
    if before["returned"]:
        talk.say(_("What should be different: <i>{words}</i>", words=Words(before["returned"])))
    whys, cause = yield from _cause(before)
    corrective = yield from _kept("corrective", _("What will you change so that it cannot happen again?"), before)
    preventive = yield from _elsewhere(before)
    steps = yield from _steps(talk, before)
    plan = Plan(tuple(whys), cause, corrective, preventive, tuple(steps))
    if (yield from Confirm("send", _read_back(talk, plan), yes=_("Yes, send it"), no=_("No, do not send"))):
        talk.do(SubmitPlan(capa_id, plan))
    else:
        talk.say(_("Not sent. You can start again at any time."))


def _before(talk: Talk, capa_id: int) -> dict[str, Any]:
    """The plan as it was handed in before, and who could do steps."""
    capa = talk.read.capa(capa_id)
    steps = [[one.text, one.owner_id, one.due_on.isoformat()] for one in talk.read.capa_steps(capa.id)]
    site = talk.read.site(capa.site_id)
    return {
        "finding": capa.finding,
        "returned": talk.read.capa_returned(capa_id),
        "whys": list(capa.whys),
        "cause": capa.cause,
        "corrective": capa.corrective,
        "preventive": capa.preventive,
        "steps": [one for one in steps if one[1] is not None],
        "staff": [[person.id, person.name] for person in talk.read.staff(capa.site_id)],
        "today": talk.began.astimezone(talk.read.zone(site)).date().isoformat(),
        "due": capa.due_on.isoformat(),
    }


def _cause(before: dict[str, Any]) -> Dialog[tuple[list[str], str]]:
    if before["cause"] and (yield from _keeps("cause", _("Cause: <i>{words}</i>", words=Words(before["cause"])))):
        return before["whys"], before["cause"]
    whys = yield from five_whys(before["finding"])
    return whys, whys[-1]


def _kept(key: str, prompt: Phrase, before: dict[str, Any]) -> Dialog[str]:
    if before[key] and (yield from _keeps(key, _("You had planned: <i>{words}</i>", words=Words(before[key])))):
        return str(before[key])
    return (yield from Text(key, prompt, limit=WORDS))


def _keeps(key: str, shown: Phrase) -> Dialog[bool]:
    wish = yield from Choice(f"{key}/keep", shown, [("keep", _("Keep it")), ("change", _("Change it"))], columns=2)
    return wish == "keep"


def _elsewhere(before: dict[str, Any]) -> Dialog[str]:
    if before["preventive"]:
        return (yield from _kept("preventive", _("Where else could it happen, and what will you do there?"), before))
    prompt = _("Could the same happen elsewhere at your site? What will you do there?")
    return (yield from TextOr("preventive", prompt, none=_("Nowhere else")))


def _steps(talk: Talk, before: dict[str, Any]) -> Dialog[list[Step]]:
    """The steps one by one, or those of the plan before."""
    old = [Step(text, owner, date.fromisoformat(due)) for text, owner, due in before["steps"]]
    today = date.fromisoformat(before["today"])
    if old and min(one.due for one in old) >= today:
        listed = stacked([_step_line(before, place, one) for place, one in enumerate(old, 1)])
        if (yield from _keeps("steps", listed)):
            return old
    steps: list[Step] = []
    while len(steps) < MOST_STEPS:
        steps.append((yield from _step(len(steps) + 1, before, today)))
        if not (yield from _another(len(steps))):
            break
    return steps


def _step(place: int, before: dict[str, Any], today: date) -> Dialog[Step]:
    """What, who, by when."""
    prompt = _("Step {place}: what has to be done first?", place=ticket(place))
    if place > 1:
        prompt = _("Step {place}: what has to be done then?", place=ticket(place))
    text = yield from Text(f"step/{place}", prompt, limit=200)
    people = [(str(one), p_("a person in a list", "{name}", name=name)) for one, name in before["staff"]]
    owner = people[0][0]
    if len(people) > 1:
        owner = yield from Choice(f"step/{place}/owner", _("Who does it?"), people)
    due = date.fromisoformat(before["due"])
    latest = max(due, today + timedelta(days=1))
    day = yield from near_days(f"step/{place}/due", _("By when? Choose a day or write one."), today, latest)
    return Step(text, int(owner), day)


def _another(count: int) -> Dialog[bool]:
    if count >= MOST_STEPS:
        return False
    options = [("no", _("That is all")), ("yes", _("One more step"))]
    return (yield from Choice(f"step/{count}/more", _("Is there another step?"), options, columns=2)) == "yes"


def _read_back(talk: Talk, plan: Plan) -> Phrase:
    names = {"staff": [[one.owner, talk.read.person(one.owner).name] for one in plan.steps]}
    lines = [
        _("Your plan:\nCause: <i>{words}</i>", words=Words(plan.cause)),
        _("Against the cause: <i>{words}</i>", words=Words(plan.corrective)),
    ]
    lines += [_("Elsewhere: <i>{words}</i>", words=Words(plan.preventive))] if plan.preventive else []
    lines += [_step_line(names, place, step) for place, step in enumerate(plan.steps, 1)]
    return stacked([*lines, _("Shall I send it to your mentor?")])


def _step_line(before: dict[str, Any], place: int, step: Step) -> Phrase:
    name = next((name for one, name in before["staff"] if one == step.owner), "…")
    return _("{place}. {text} ({owner}, by {day})", place=ticket(place), text=step.text, owner=name, day=step.due)


@dataclass(frozen=True)
class SubmitPlan:
    """A plan that the site hands in, or that a mentor has written down with the site."""

    capa_id: int
    plan: Plan

    def perform(self, turn: Turn) -> None:
        """Put it in the place of the one before, and have whoever decides look at it."""
        capa = fitting(turn, self.capa_id, "submit_plan")
        if capa is None:
            return
        keep_plan(turn, capa, self.plan)
        detail: dict[str, Any] = {"cause": capa.cause, "corrective": capa.corrective, "preventive": capa.preventive}
        detail |= {"steps": [one.text for one in self.plan.steps]}
        move(turn, capa, "submit_plan", Given(detail=detail))
        ask_deciders(turn, capa, decider(turn, capa, "plan"), (), decision_buttons(capa))
        turn.say(
            _(
                "Thank you. The plan of CAPA {number} is handed in. You read here what comes of it.",
                number=ticket(capa.id),
            )
        )


def decision_buttons(capa: Capa) -> list[tuple[Button, ...]]:
    """Approve or return, by whoever holds that right."""
    about = f"{capa.id}.{capa.version}"
    approve = Button(_("Approve the plan"), action("capa.approve", about), "primary")
    return [(approve, Button(_("Return it"), action("capa.return", about)))]


def keep_plan(turn: Turn, capa: Capa, plan: Plan) -> None:
    """Store a plan; the steps of the one before are dropped, and stay for what belongs to them."""
    capa.whys, capa.cause = list(plan.whys), plan.cause
    capa.corrective, capa.preventive = plan.corrective, plan.preventive
    for old in capas.steps(turn.session, capa.id):
        old.dropped = True
        turn.session.add(old)
    for place, step in enumerate(plan.steps, 1):
        turn.session.add(CapaStep(capa_id=capa.id, place=place, text=step.text, owner_id=step.owner, due_on=step.due))
    turn.session.add(capa)
    turn.session.flush()
