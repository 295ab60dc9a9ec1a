"""Brings a checked programme folder into the store. A second run changes nothing; who left is switched off."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from handlers.capa.findings import bring_in
from handlers.programme.rows import PersonRow, ProgrammeFolder, SiteRow
from handlers.reminders.calendars import calendar_name, fill_ahead, with_hour
from storage import audit, calendar, due, handovers, people, time_off
from storage.programme import programme
from storage.tables.people import Contact, Membership, Person
from storage.tables.programme import Programme, Site, Supplier

Pseudonym = Callable[[str], str]


def import_folder(session: Session, folder: ProgrammeFolder, now: datetime, pseudonym: Pseudonym) -> None:
    """Import everything in the caller's transaction. What chat owns (see `settings.py`) is left as it is."""
    persons = {}
    for row in folder.people:
        person = _person(session, row, pseudonym)
        if person is not None:
            persons[row.key] = person
    session.flush()
    sites = {row.site: _site(session, row, persons, folder) for row in folder.sites}
    session.flush()
    _switch_off_the_rest(session, folder)
    for row in folder.people:
        if row.key in persons:
            _settle(session, row, persons[row.key], sites, folder)
    _programme(session, folder, now)
    session.flush()
    hours = folder.settings.calendar
    # The allowed hours may have changed: from tomorrow on they are the new ones.
    calendar.forget_from(session, now.date() + timedelta(days=1))
    fill_ahead(session, now.date(), hours.opens, hours.closes, folder.settings.lesson_hour)
    # What was planned and not said by the old days and ladders is planned anew by the next run of the job.
    due.forget_planned(session)
    bring_in(session, folder.findings, sites, folder.settings, now)
    audit.note(session, now, None, "imported", "programme", digest=folder.digest[:12])


def _person(session: Session, row: PersonRow, pseudonym: Pseudonym) -> Person | None:
    """The person of a line, new or as they were; None for somebody who was erased and stays so."""
    if people.by_key(session, pseudonym(row.key)) is not None:
        return None
    person = people.by_key(session, row.key) or Person(key=row.key, name=row.name, role=row.role)
    person.name, person.role, person.active = row.name, row.role, True
    person.home_language, person.channel = row.language, row.channel
    person.timezone = row.timezone or person.timezone
    session.add(person)
    return person


def _site(session: Session, row: SiteRow, persons: dict[str, Person], folder: ProgrammeFolder) -> Site:
    supplier = session.exec(select(Supplier).where(Supplier.key == row.supplier)).first() or Supplier(
        key=row.supplier, name=row.supplier_name, spend_band=row.spend_band, tier=row.tier
    )
    supplier.name, supplier.spend_band, supplier.active = row.supplier_name, row.spend_band, True
    _tier(supplier, row.tier, folder)
    session.add(supplier)
    session.flush()
    weekend = row.weekend or "sat+sun"
    values: dict[str, Any] = {
        "supplier_id": supplier.id,
        "name": row.site_name,
        "country": row.country,
        "timezone": row.timezone,
        "weekend": weekend,
        "languages": "+".join(row.languages),
        "calendar": calendar_name(row.timezone, row.country, weekend),
        "mentor_id": persons[row.mentor].id if row.mentor in persons else None,
        "active": True,
    }
    site = session.exec(select(Site).where(Site.key == row.site)).first() or Site(key=row.site, **values)
    site.sqlmodel_update(values)
    session.add(site)
    session.flush()
    if time_off.closed_days(session, site.id):
        site.calendar = calendar_name(row.timezone, row.country, weekend, site.id)
    return site


def _tier(supplier: Supplier, imported: str, folder: ProgrammeFolder) -> None:
    """The tier of the folder, unless another was decided on in chat; that lasts until the folder says the same.

    A tier that the programme no longer has cannot be kept either.
    """
    if supplier.chosen_tier == imported or supplier.chosen_tier not in folder.settings.tiers:
        supplier.chosen_tier = ""
    supplier.tier = supplier.chosen_tier or imported


def _settle(session: Session, row: PersonRow, person: Person, sites: dict[str, Site], folder: ProgrammeFolder) -> None:
    """Duty, home language, calendar and accounts of a person."""
    site = sites.get(row.site)
    if site is not None and row.duty is not None:
        heir = handovers.heirs(session).get(person.id, person.id)
        key: dict[str, Any] = {"person_id": heir, "site_id": site.id, "duty": row.duty}
        query = select(Membership).where(*(getattr(Membership, name) == value for name, value in key.items()))
        if session.exec(query).first() is None:
            session.add(Membership(**key))
        person.timezone = row.timezone or site.timezone
        person.home_language = row.language or _home_language(site, folder)
        person.calendar = with_hour(site.calendar, person.hour)
    else:
        zone = row.timezone or folder.settings.calendar.timezone
        own = calendar_name(zone, row.country, folder.settings.calendar.weekend)
        person.timezone, person.country, person.calendar = zone, row.country, with_hour(own, person.hour)
    session.add(person)
    for channel, account in (("slack", row.slack), ("telegram", row.telegram)):
        if account and people.contact(session, channel, account) is None:
            session.add(Contact(person_id=person.id, channel=channel, account=account, conversation=account))


def _home_language(site: Site, folder: ProgrammeFolder) -> str:
    """The first of the site's languages that the programme offers, else none."""
    return next((one for one in site.languages.split("+") if one in folder.settings.languages), "")


def _switch_off_the_rest(session: Session, folder: ProgrammeFolder) -> None:
    """Sites and people that the folder no longer names take no part; what they sent stays."""
    sites, keys = {row.site for row in folder.sites}, {row.key for row in folder.people}
    for site in session.exec(select(Site).where(col(Site.active))):
        site.active = site.key in sites
        session.add(site)
    for person in session.exec(select(Person).where(col(Person.active), col(Person.erased_at).is_(None))):
        person.active = person.key in keys
        session.add(person)
    _end_duties(session, folder)


def _end_duties(session: Session, folder: ProgrammeFolder) -> None:
    """Duties that the folder no longer names are over."""
    named = {(row.key, row.site, row.duty) for row in folder.people} | _passed_on(session, folder)
    query = (
        select(Membership, Person.key, Site.key)
        .join(Person, col(Person.id) == Membership.person_id)
        .join(Site, col(Site.id) == Membership.site_id)
        .where(col(Person.erased_at).is_(None))
    )
    for membership, person_key, site_key in session.exec(query).all():
        if (person_key, site_key, membership.duty) not in named:
            session.delete(membership)


def _passed_on(session: Session, folder: ProgrammeFolder) -> set[tuple[str, str, object]]:
    """The duties that the folder still gives to whoever handed them over: their successors have them.

    Once the folder names a leaver for nothing any more, their hand-over is history.
    """
    found: set[tuple[str, str, object]] = set()
    for leaver_id, heir_id in handovers.heirs(session).items():
        leaver, heir = people.by_id(session, leaver_id), people.by_id(session, heir_id)
        rows = [row for row in folder.people if row.key == leaver.key and row.site]
        found |= {(heir.key, row.site, row.duty) for row in rows}
        if not rows:
            handovers.forget(session, leaver_id)
    return found


def _programme(session: Session, folder: ProgrammeFolder, now: datetime) -> None:
    row = programme(session) or Programme(name="", settings={}, digest="", imported_at=now)
    row.name, row.settings = folder.settings.name, folder.settings.model_dump(mode="json")
    row.digest, row.imported_at = folder.digest, now
    session.add(row)
