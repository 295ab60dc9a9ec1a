"""Whom the ladder of a CAPA names: its rungs, and the people behind the words owner, site manager and so on."""

from collections.abc import Collection

from handlers.capa.terms import tier_of
from handlers.turn import Turn
from storage import people, programme
from storage.ladders import Rung
from storage.tables.capas import Capa
from storage.tables.people import Duty, Role


def capa_rungs(turn: Turn, capa: Capa) -> tuple[Rung, ...]:
    """The rungs of the ladder that holds for a CAPA."""
    return turn.settings.capa_ladder(capa.severity, tier_of(turn.session, capa)).rungs()


def people_told(turn: Turn, capa: Capa, who: Collection[str]) -> set[int]:
    """The ids of the people whom these words mean for a CAPA."""
    return {person_id for one in who for person_id in _named(turn, capa, one)}


def _named(turn: Turn, capa: Capa, who: str) -> list[int]:
    match who:
        case "owner":
            return [capa.owner_id] if capa.owner_id is not None else []
        case "site_manager":
            return [one.id for one in programme.staff(turn.session, capa.site_id, Duty.SITE_MANAGER)]
        case "mentor":
            mentor = programme.site(turn.session, capa.site_id).mentor_id
            return [mentor] if mentor is not None else []
        case "manager":
            return [one.id for one in people.with_role(turn.session, Role.MANAGER)]
    found = [people.by_key(turn.session, key) for key in turn.settings.committee_keys]
    return [one.id for one in found if one is not None]
