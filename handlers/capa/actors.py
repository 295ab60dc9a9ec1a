"""Who somebody is for a CAPA, and who decides on it by the rights of the programme."""

from handlers.capa.states import Actor, Move
from handlers.capa.terms import tier_of
from handlers.programme.capa_terms import Matter
from handlers.turn import Turn
from storage import capas, people, programme
from storage.tables.capas import Capa, CapaStep
from storage.tables.people import Duty, Person, Role

STANDS_IN = (Duty.SITE_MANAGER, Duty.DEPUTY)


def actors(turn: Turn, capa: Capa, person: Person, move: Move) -> set[Actor]:
    """What a person is for this move. A manager of the programme may stand in for a mentor, never the other way."""
    if person.role is Role.SUPPLIER:
        is_theirs = move.name == "do_step" and bool(own_steps(turn, capa, person))
        return {Actor.OWNER} if is_theirs or is_owner(turn, capa, person) else set()
    if all(site.id != capa.site_id for site in programme.sites_of(turn.session, person)):
        return set()
    decides = person.role is Role.MANAGER or decider(turn, capa, matter_of(turn, capa, move)) == "mentor"
    return {Actor.MENTOR, Actor.DECIDER} if decides else {Actor.MENTOR}


def is_owner(turn: Turn, capa: Capa, person: Person) -> bool:
    """Whether this is the owner, or a site manager or deputy of the site, who may stand in."""
    stand_in = programme.staff(turn.session, capa.site_id, *STANDS_IN)
    return person.id == capa.owner_id or any(one.id == person.id for one in stand_in)


def own_steps(turn: Turn, capa: Capa, person: Person) -> list[CapaStep]:
    """The steps that a person has to do."""
    return [step for step in capas.steps(turn.session, capa.id) if step.owner_id == person.id]


def matter_of(turn: Turn, capa: Capa, move: Move) -> Matter:
    """What is decided by a move."""
    if move.name in ("approve_plan", "return_plan"):
        return "plan"
    if move.name == "decide_extension":
        return "extension_again" if capas.extensions_given(turn.session, capa.id) else "extension"
    return "evidence"


def decider(turn: Turn, capa: Capa, matter: Matter) -> str:
    """Who decides on a matter: "mentor" or "manager"."""
    return turn.settings.capa_decider(matter, capa.severity, tier_of(turn.session, capa))


def managers(turn: Turn) -> list[Person]:
    """The managers of the programme."""
    return people.with_role(turn.session, Role.MANAGER)


def owner_of(turn: Turn, capa: Capa) -> Person | None:
    """Who has the CAPA to do; a draft may have nobody."""
    return people.by_id(turn.session, capa.owner_id) if capa.owner_id is not None else None
