"""Sites like Amina's, each of a company of its own, and what they send."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

from bot.schedule import jobs
from handlers.routes import all_notices
from storage import people, submissions
from storage.tables.figures import Basis, Submission
from storage.tables.people import Duty, Membership
from storage.tables.programme import Programme, Site, Supplier
from tests.handlers.deeds import changed, rows
from tests.talks import Town

OWN = "song-cau"
NEIGHBOURS = tuple(f"neighbour-{number}" for number in range(1, 8))
OUTPUT = 1000
AFTER_DUE = datetime(2026, 11, 26, 4, tzinfo=UTC)
"""The first day on which October is compared: the 15th was due, and ten days have passed."""


def district(town: Town) -> None:
    """Seven more sites in Vietnam, each of its own company; their tier alone sends electricity, water and output."""
    (row,) = rows(town, Programme)
    asked = {"high": ["electricity", "water", "output"], "medium": ["electricity", "water"]}
    tiers = {**row.settings["tiers"], **{tier: {"metrics": metrics} for tier, metrics in asked.items()}}
    changed(town, row, settings={**row.settings, "tiers": tiers})
    with town.store.write() as session:
        own = next(one for one in rows(town, Site) if one.key == OWN)
        for key in NEIGHBOURS:
            supplier = Supplier(key=key, name=key, spend_band="B", tier="high")
            session.add(supplier)
            session.flush()
            alike = own.model_dump(exclude={"id", "key", "name", "supplier_id"})
            session.add(Site(key=key, name=key.title(), supplier_id=supplier.id, **alike))


def set_benchmarks(town: Town, **more: object) -> None:
    """The programme's rules for comparing sites."""
    (row,) = rows(town, Programme)
    changed(town, row, settings={**row.settings, "benchmarks": more})


def site(town: Town, key: str) -> Site:
    return next(one for one in rows(town, Site) if one.key == key)


def sent(town: Town, key: str, used: float, month: str = "2026-10", basis: Basis = Basis.MEASURED) -> None:
    """A site's electricity and output of a month, so many kWh for each piece; sent again, they correct it."""
    for metric, value in (("electricity", Decimal(str(used)) * OUTPUT), ("output", Decimal(OUTPUT))):
        send(town, key, metric, value, month, basis)


def send(
    town: Town, key: str, metric: str, value: Decimal, month: str = "2026-10", basis: Basis = Basis.MEASURED
) -> None:
    """The next version of a figure in its base unit."""
    where, unit = site(town, key).id, town.house.library.metrics[metric].base_unit
    with town.store.write() as session:
        version = submissions.next_version(session, where, metric, month)
        given = {"value": value, "unit": unit, "base_value": value, "base_unit": unit, "at": town.clock.now()}
        about = {"site_id": where, "metric": metric, "period": month, "version": version, "metric_version": 1}
        session.add(Submission(**about, **given, basis=basis))


def all_sent(town: Town, month: str = "2026-10", own: float = 2, others: Mapping[str, float] | None = None) -> None:
    """What everybody sends: Amina's site 2 kWh for each piece, its neighbours 3 to 9."""
    sent(town, OWN, own, month)
    for place, key in enumerate(NEIGHBOURS):
        sent(town, key, (others or {}).get(key, place + 3), month)


def compared(town: Town, moment: datetime = AFTER_DUE) -> None:
    """The daily job runs at a moment, alone."""
    town.clock.moment = moment
    job = next(one for one in jobs(all_notices()) if one.name == "benchmarks")
    town.ticker.run_job(job, moment)


def works_at(town: Town, person: str, key: str) -> None:
    """Somebody is also responsible for another site."""
    with town.store.write() as session:
        who = people.by_key(session, person)
        assert who is not None
        session.add(Membership(person_id=who.id, site_id=site(town, key).id, duty=Duty.DATA_OWNER))
