"""Whether somebody sleeps: what people write to each other at night arrives without a sound."""

from handlers.turn import Turn
from storage import programme
from storage.tables.people import Person


def is_night(turn: Turn, person: Person) -> bool:
    """Whether it is outside the allowed hours where the person lives."""
    sites = programme.sites_of(turn.session, person)
    if not sites:
        return False
    hour = turn.now.astimezone(turn.read.zone(sites[0])).time()
    return not turn.settings.opens <= hour < turn.settings.closes
