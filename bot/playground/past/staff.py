"""The suppliers' people and the mentors as the past needs them: where they are, when they work, how to reach them."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot.playground.cast import phone_of
from bot.playground.past.amounts import Place
from handlers.programme.settings import ProgrammeSettings
from storage.tables.people import Contact, Membership, Person
from storage.tables.programme import Site, Supplier


@dataclass(frozen=True)
class Mentor:
    """A mentor: `account` in the workspace, `channel` where their alerts go."""

    key: str
    account: str
    channel: str
    zone: str


@dataclass(frozen=True)
class Worker:
    """Somebody at a site: `phone` is the account and the private chat, `metrics` what is asked of the site."""

    id: int
    key: str
    phone: str
    language: str
    place: Place
    zone: str
    weekend: str
    metrics: tuple[str, ...]
    mentor: Mentor


def workers(session: Session, settings: ProgrammeSettings) -> list[Worker]:
    """Everybody who works for a site that has a mentor, in the order they were imported."""
    mentors = _mentors(session)
    query = (
        select(Person, Site, Supplier)
        .join(Membership, col(Membership.person_id) == Person.id)
        .join(Site, col(Site.id) == Membership.site_id)
        .join(Supplier, col(Supplier.id) == Site.supplier_id)
        .order_by(col(Person.id))
    )
    return [
        Worker(
            id=person.id,
            key=person.key,
            phone=str(phone_of(person)),
            language=person.home_language or settings.languages[0],
            place=Place(site.key, supplier.tier, site.country),
            zone=site.timezone,
            weekend=site.weekend,
            metrics=tuple(settings.tiers[supplier.tier].metrics),
            mentor=mentors[site.mentor_id],
        )
        for person, site, supplier in session.exec(query)
        if site.mentor_id in mentors
    ]


def _mentors(session: Session) -> dict[int, Mentor]:
    query = select(Person, Contact.account).join(Contact).where(Contact.channel == "slack", Person.channel != "")
    return {
        person.id: Mentor(person.key, account, person.channel.partition(":")[2], person.timezone)
        for person, account in session.exec(query)
    }
