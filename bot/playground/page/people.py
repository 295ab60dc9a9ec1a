"""The people of the programme as the page offers them: who, where, in which language, and whether they have joined."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from bot.playground.page.stage import Stage
from locales.marker import MARKERS
from locales.tags import locale
from storage.tables.people import Contact, Membership, Person, Role
from storage.tables.programme import Site

ENGLISH = locale("en")


@dataclass(frozen=True)
class Somebody:
    """A person; `site`, `country` and `mentor` (a key) are empty for the buyer's own people."""

    id: int
    key: str
    name: str
    role: Role
    language: str
    timezone: str
    joined: bool
    site: str = ""
    country: str = ""
    mentor: str = ""

    def as_json(self) -> dict[str, Any]:
        """The person as the page gets them, with names in English for country and language."""
        spoken = locale(self.language)
        return {
            "key": self.key,
            "name": self.name,
            "role": self.role.value,
            "site": self.site,
            "country": ENGLISH.territories.get(self.country, self.country),
            "language": self.language,
            "languageName": _name(self.language),
            "direction": spoken.text_direction,
            "timezone": self.timezone,
            "joined": self.joined,
            "mentor": self.mentor,
        }


def _name(language: str) -> str:
    """What a language is called in English; a marker language is not the one it borrows its numbers from."""
    if language in MARKERS:
        return MARKERS[language].name
    return locale(language).get_language_name("en") or language


def everybody(stage: Stage) -> list[Somebody]:
    """Everyone who has a phone or a place in the workspace, in the order they were imported."""
    if stage.app is None:
        return []
    with stage.app.store.read() as session:
        joined = set(session.exec(select(Contact.person_id)))
        sites = _sites(session)
        people = session.exec(select(Person).where(col(Person.active)).order_by(col(Person.id))).all()
        keys = {person.id: person.key for person in people}
        known = [person for person in people if person.key in stage.phones or person.key in stage.members]
        return [_somebody(person, sites.get(person.id), keys, person.id in joined) for person in known]


def _sites(session: Session) -> dict[int, Site]:
    """The first site of each person."""
    rows = session.exec(
        select(Membership.person_id, Site)
        .join(Site, col(Site.id) == col(Membership.site_id))
        .order_by(col(Membership.id).desc())
    )
    return dict(rows.all())


def _somebody(person: Person, site: Site | None, keys: dict[int, str], joined: bool) -> Somebody:
    return Somebody(
        id=person.id,
        key=person.key,
        name=person.name,
        role=person.role,
        language=person.language or person.home_language or "en",
        timezone=site.timezone if site else person.timezone,
        joined=joined,
        site=site.name if site else "",
        country=site.country if site else "",
        mentor=keys.get(site.mentor_id or 0, "") if site else "",
    )
