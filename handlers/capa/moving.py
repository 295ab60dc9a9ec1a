"""Makes the moves of `states.py`: checks who, when and what is needed, then changes the CAPA and writes its history."""

from dataclasses import dataclass, field
from typing import Any

from handlers.capa import refusals
from handlers.capa.actors import actors, owner_of
from handlers.capa.finding import check_version
from handlers.capa.states import BY_NAME, Actor, Move, Need
from handlers.capa.terms import is_zero_tolerance, lift, owe, terms_of
from handlers.turn import Refused, Turn
from locales.text import _
from storage import capas, programme
from storage.tables.capas import SETTLED, Capa, CapaState, ExtensionState


@dataclass(frozen=True)
class Given:
    """What comes along with a move: words for the other side, and values that the history shows."""

    note: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    by_figures: bool = False


NOTHING = Given()


def move(turn: Turn, capa: Capa, name: str, given: Given = NOTHING) -> None:
    """Make a move; raises `Refused` with the reason if it is not allowed."""
    chosen = BY_NAME[name]
    check(turn, capa, chosen, given)
    if chosen.to is not None:
        _arrive(turn, capa, chosen.to)
    record(turn, capa, name, given)


def check(turn: Turn, capa: Capa, chosen: Move, given: Given = NOTHING) -> None:
    """Return if this move may be made now; else raise `Refused`: by state first, then by who, then by what it needs."""
    check_fits(turn, capa, chosen, by_figures=given.by_figures)
    for need in chosen.needs:
        if _lacks(turn, capa, need, given):
            raise Refused(refusals.by_need(need, capa))


def check_fits(turn: Turn, capa: Capa, chosen: Move, *, by_figures: bool = False) -> None:
    """Return if it is the time for this move and the person's to make; else raise `Refused`."""
    if capa.state not in chosen.states:
        raise Refused(refusals.by_state(capa))
    who = {Actor.FIGURES} if by_figures else actors(turn, capa, turn.me, chosen)
    if not who & set(who_may(capa, chosen)):
        owner = owner_of(turn, capa)
        raise Refused(refusals.by_actor(who_may(capa, chosen), owner.name if owner else "…"))


def fitting(turn: Turn, capa_id: int, name: str, version: int | None = None) -> Capa | None:
    """The CAPA if this move fits it still, at the end of a talk that may have taken long; else the reason is said."""
    capa = capas.capa(turn.session, capa_id)
    try:
        if capa is None:
            raise Refused(_("This no longer exists."))
        check_fits(turn, capa, BY_NAME[name])
        if version is not None:
            check_version(turn, capa, version)
    except Refused as refused:
        turn.say(refused.text)
        return None
    return capa


def moved(turn: Turn, capa_id: int, name: str, version: int, given: Given) -> Capa | None:
    """The CAPA after this move, at the end of a talk; None if it may not be made, and the reason is said."""
    capa = fitting(turn, capa_id, name, version)
    if capa is None:
        return None
    try:
        move(turn, capa, name, given)
    except Refused as refused:
        turn.say(refused.text)
        return None
    return capa


def may(turn: Turn, capa: Capa, name: str, given: Given = NOTHING) -> bool:
    """Whether this move could be made now by whoever is here."""
    try:
        check(turn, capa, BY_NAME[name], given)
    except Refused:
        return False
    return True


def record(turn: Turn, capa: Capa, what: str, given: Given = NOTHING) -> None:
    """Count a change, set what is owed by it, and write it into the history and the trail: one event a version."""
    owe(capa)
    capa.version += 1
    turn.session.add(capa)
    person_id = None if given.by_figures or turn.person is None else turn.person.id
    capas.note(turn.session, capa, what, turn.now, person_id, given.note, given.detail)
    turn.session.flush()
    turn.note(f"capa {what}", "capa", capa.id, state=capa.state.value)


def who_may(capa: Capa, chosen: Move) -> tuple[Actor, ...]:
    """In a zero tolerance case the mentor does with the site, by talking, what an owner does alone in chat."""
    if is_zero_tolerance(capa) and Actor.OWNER in chosen.who and chosen.name in ("submit_plan", "contain"):
        return (Actor.MENTOR,)
    return chosen.who


def _arrive(turn: Turn, capa: Capa, state: CapaState) -> None:
    """Change the state and what goes with it: who handed in, who verified, when it was closed."""
    if state in (CapaState.PLAN_SUBMITTED, CapaState.EVIDENCE_SUBMITTED):
        capa.submitted_by_id, capa.submitted_at = turn.me.id, turn.now
    if capa.state is CapaState.EVIDENCE_SUBMITTED and state in (CapaState.WATCHING, CapaState.CLOSED):
        capa.verified_by_id, capa.verified_at = turn.me.id, turn.now
    lift(turn.session, capa, programme.site(turn.session, capa.site_id), turn.now)
    more = capas.asked_extension(turn.session, capa.id)
    if more is not None:
        more.state = ExtensionState.DROPPED
        turn.session.add(more)
    capa.closed_at = turn.now if state in SETTLED else None
    capa.state = state


def _lacks(turn: Turn, capa: Capa, need: Need, given: Given) -> bool:
    """Whether what a move needs is missing."""
    terms = terms_of(turn.session, turn.settings, capa)
    match need:
        case Need.OWNER:
            return capa.owner_id is None
        case Need.REASON:
            return not given.by_figures and not given.note.strip()
        case Need.CONTAINMENT:
            return (capa.contain_on is not None or is_zero_tolerance(capa)) and capa.contained_at is None
        case Need.PLAN:
            return not (capa.cause and capa.corrective and capas.steps(turn.session, capa.id))
        case Need.STEPS_DONE:
            return any(step.done_at is None for step in capas.steps(turn.session, capa.id))
        case Need.EVIDENCE:
            return not given.note.strip() and not given.detail.get("files")
        case Need.ANOTHER:
            return not given.by_figures and turn.me.id in (capa.owner_id, capa.submitted_by_id)
        case Need.PLANNED:
            return not terms.plan
        case Need.UNPLANNED:
            return bool(terms.plan)
        case Need.WATCHED:
            return not terms.effect
        case Need.UNWATCHED:
            return bool(terms.effect)
