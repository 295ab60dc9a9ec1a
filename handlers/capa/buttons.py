"""The buttons below a CAPA: what this person could do with it now."""

from handlers.capa.actors import is_owner, own_steps
from handlers.capa.terms import is_zero_tolerance
from handlers.message import Button
from handlers.router import action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import capas
from storage.tables.capas import SETTLED, Capa, CapaState, CapaStep, Owed
from storage.tables.people import Person, Role

Rows = list[tuple[Button, ...]]
MOST_STEPS = 6


def buttons(turn: Turn, capa: Capa, person: Person) -> Rows:
    """Rows of buttons for this person, the likeliest first."""
    if person.role is Role.SUPPLIER:
        return _owners(turn, capa) if is_owner(turn, capa, person) else _helpers(turn, capa, person)
    return mentors(turn, capa)


def _owners(turn: Turn, capa: Capa) -> Rows:
    rows: Rows = []
    if capa.state is CapaState.IN_PROGRESS:
        rows += _steps(capas.steps(turn.session, capa.id))
        rows.append((Button(_("Hand in the work"), action("capa.done", capa.id), "primary"),))
    if capa.state is CapaState.PLAN_REQUESTED and not is_zero_tolerance(capa):
        rows.append((Button(_("Make the plan"), action("capa.plan", capa.id), "primary"),))
    if capa.owed is Owed.CONTAIN:
        rows.insert(0, (Button(_("Say what was done at once"), action("capa.contain", capa.id), "primary"),))
    if capa.blocked_since is not None:
        rows.append((Button(_("I can go on"), action("capa.unblock", capa.id)),))
    elif capa.owed is not Owed.NOTHING:
        more = Button(_("I need more time"), action("capa.moretime", capa.id))
        rows.append((more, Button(_("I am blocked"), action("capa.blocked", capa.id))))
    return [*rows, (_history(capa),)]


def _helpers(turn: Turn, capa: Capa, person: Person) -> Rows:
    """Whoever has a step to do without being the owner can say that it is done."""
    rows = _steps(own_steps(turn, capa, person)) if capa.state is CapaState.IN_PROGRESS else []
    return [*rows, (_history(capa),)]


def step_button(step: CapaStep) -> Button:
    """The button that says of a step that it is done."""
    about = f"{step.capa_id}.0.{step.id}"
    return Button(_("Step {place} is done", place=ticket(step.place)), action("capa.step", about))


def _steps(steps: list[CapaStep]) -> Rows:
    """A button for each step that is not done."""
    left = [step for step in steps if step.done_at is None]
    return [(step_button(step),) for step in left[:MOST_STEPS]]


def mentors(turn: Turn, capa: Capa) -> Rows:
    """What a mentor or manager can do: each button carries the version that was seen."""
    return [*_decisions(capa), _usual(capa)]


def _decisions(capa: Capa) -> Rows:
    match capa.state:
        case CapaState.DRAFT:
            return [_pair(capa, "request", _("Ask the site to begin"), "owner", _("Choose the owner"))]
        case CapaState.PLAN_REQUESTED if is_zero_tolerance(capa):
            return [_pair(capa, "joint", _("Write down the plan"), "contact", _("I have spoken with them"))]
        case CapaState.PLAN_SUBMITTED:
            return [_pair(capa, "approve", _("Approve the plan"), "return", _("Return it"))]
        case CapaState.EVIDENCE_SUBMITTED:
            return [_pair(capa, "verify", _("It is done"), "return", _("Return it"))]
        case CapaState.WATCHING:
            return [_pair(capa, "effective", _("It has helped"), "again", _("It has not helped"))]
        case CapaState.CLOSED | CapaState.CANCELLED:
            return [(Button(_("Open it again"), _with_version(capa, "reopen")),)]
    return []


def _usual(capa: Capa) -> tuple[Button, ...]:
    more = () if capa.state in SETTLED else (Button(p_("more buttons", "More"), action("capa.more", capa.id)),)
    return (_history(capa), *more)


def more_buttons(capa: Capa) -> Rows:
    """What is needed seldom: another owner, a link, cancelling."""
    return [
        (Button(_("Change the owner"), _with_version(capa, "owner")),),
        (Button(_("Link to an earlier CAPA"), _with_version(capa, "link")),),
        (Button(_("Cancel CAPA {number}", number=ticket(capa.id)), _with_version(capa, "cancel"), "danger"),),
    ]


def _pair(capa: Capa, first: str, label: Phrase, second: str, other: Phrase) -> tuple[Button, ...]:
    return Button(label, _with_version(capa, first), "primary"), Button(other, _with_version(capa, second))


def _with_version(capa: Capa, name: str) -> str:
    return action(f"capa.{name}", f"{capa.id}.{capa.version}")


def _history(capa: Capa) -> Button:
    return Button(_("History"), action("capa.history", capa.id))
