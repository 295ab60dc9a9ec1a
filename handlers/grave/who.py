"""Who is told of something grave: the person named for it in the programme's settings, and their deputy."""

from dataclasses import dataclass

from sqlmodel import Session

from handlers.programme.help import Guardian
from handlers.programme.settings import ProgrammeSettings
from storage import people
from storage.tables.people import Person, Role


@dataclass(frozen=True)
class Named:
    """The two who may read it, and how reporters reach the first; empty where the programme does not say."""

    person: Person | None
    deputy: Person | None
    phone: str = ""
    email: str = ""
    hours: str = ""


def guardian_for(guardians: tuple[Guardian, ...], category: str, country: str) -> Guardian | None:
    """The one named most narrowly: for this category and country, for the category, for the country, for all."""
    fitting = [
        one
        for one in guardians
        if (not one.categories or category in one.categories) and (not one.countries or country in one.countries)
    ]
    return max(fitting, key=lambda one: (bool(one.categories), bool(one.countries)), default=None)


def named(session: Session, settings: ProgrammeSettings, category: str, country: str) -> Named:
    """Who it is now; without settings the first two managers. Who has left is passed over for their deputy."""
    found = guardian_for(settings.safety.guardians, category, country)
    if found is None:
        first, second, *_rest = [*people.with_role(session, Role.MANAGER), None, None]
        return Named(first, second, email=settings.contact)
    there = [people.by_key(session, key) for key in (found.person, found.deputy)]
    person, deputy, *_none = [*(one for one in there if one is not None and one.active), None, None]
    return Named(person, deputy, found.phone, found.email, found.hours)
