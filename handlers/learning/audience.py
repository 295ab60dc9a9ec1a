"""Who gets a tip: people of other sites with the same topic, of a tier or country if it is narrowed."""

from sqlmodel import Session

from handlers.programme.settings import ProgrammeSettings
from storage import people, programme, suppliers, tips
from storage.tables.people import Person
from storage.tables.programme import Site, Supplier
from storage.tables.tips import Tip


def readers(session: Session, settings: ProgrammeSettings, tip: Tip, own_site: int) -> list[tuple[Person, Site]]:
    """Each person who gets it, once, with a site of theirs; the site it comes from knows it already."""
    what, _slash, which = tip.topic.partition("/")
    learners = tips.learners_of(session, which) if what == "course" else None
    found: dict[int, tuple[Person, Site]] = {}
    for site in _sites(session, settings, tip, own_site):
        for person in programme.staff(session, site.id):
            if learners is not None and person.id not in learners:
                continue
            if person.privacy_version == settings.privacy_version and people.contacts(session, person.id):
                found.setdefault(person.id, (person, site))
    return list(found.values())


def _sites(session: Session, settings: ProgrammeSettings, tip: Tip, own_site: int) -> list[Site]:
    sites = [site for site in programme.active_sites(session) if site.id != own_site]
    owners = suppliers.by_ids(session, {site.supplier_id for site in sites})
    what, _slash, which = tip.topic.partition("/")
    known = tips.sites_with(session, which) if what == "category" else None
    return [
        site
        for site in sites
        if _fits(settings, tip, site, owners[site.supplier_id]) and (known is None or site.id in known)
    ]


def _fits(settings: ProgrammeSettings, tip: Tip, site: Site, supplier: Supplier) -> bool:
    if (tip.tier and supplier.tier != tip.tier) or (tip.country and site.country != tip.country):
        return False
    what, _slash, which = tip.topic.partition("/")
    tier = settings.tiers.get(supplier.tier)
    return what != "metric" or (tier is not None and which in tier.metrics)
