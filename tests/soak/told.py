"""Who must have been told what on which day in the year, and who was."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from storage.tables.people import Person
from storage.tables.planning import DueNote, DueState
from storage.tables.programme import Site
from tests.soak.expected import (
    BEFORE,
    FIGURES_BEFORE,
    FIGURES_WEEKS,
    WEEKS,
    Debt,
    Life,
    Told,
    level_day,
    moment_told,
    owner_days,
)
from tests.soak.programme import AWAY, AWAY_SITE, BUYERS, COMMITTEE, ENDS, Year, life_of_owner, life_of_site, mentor_of

MANAGERS = ("helena", "jorge")


def life_of(key: str) -> Life:
    """How somebody lives, by the key of the person."""
    name, _hyphen, place = key.partition("-")
    if name == "owner":
        return life_of_owner(int(place))
    return life_of_site(int(place)) if name == "manager" else BUYERS[key]


def expected(year: Year) -> dict[Told, datetime]:
    """Everything that must be told, with the first moment at which each is."""
    found: dict[Told, datetime] = {}
    for debt in year.debts:
        place = year.owners[debt.object_id] if debt.family == "capa" else debt.object_id
        for key, days in _readers(debt, place):
            for day in days:
                moment = moment_told(debt, life_of(key), day)
                if moment is not None and moment < ENDS:
                    told = Told(_reader(key, moment), debt.family, debt.object_id, day)
                    found[told] = min(moment, found.get(told, moment))
    return found


def _readers(debt: Debt, place: int) -> list[tuple[str, list]]:
    owner, manager = f"owner-{place:02d}", f"manager-{place:02d}"
    if debt.family == "figures":
        days = owner_days(debt, life_of(owner), FIGURES_BEFORE, FIGURES_WEEKS)
        return [(owner, days), (manager, [level_day(debt, life_of(manager), 3)])]
    levels = [(manager, 2), (mentor_of(place), 2), *((key, 5) for key in MANAGERS), *((key, 15) for key in COMMITTEE)]
    told = [(key, [level_day(debt, life_of(key), after)]) for key, after in levels]
    return [(owner, owner_days(debt, life_of(owner), BEFORE, WEEKS)), *told]


def _reader(key: str, moment: datetime) -> str:
    """Who reads it: while the owner is away, the deputy."""
    if key != f"owner-{AWAY_SITE:02d}":
        return key
    day = moment.astimezone(ZoneInfo(life_of(key).zone)).date()
    return f"manager-{AWAY_SITE:02d}" if AWAY[0] <= day <= AWAY[1] else key


@dataclass(frozen=True)
class Said:
    """A note that was said."""

    told: Told
    kind: str
    step: str
    at: datetime
    message: str


def said(session: Session) -> list[Said]:
    """Every note that was said, in the order in which they were."""
    people = {person.id: person.key for person in session.exec(select(Person))}
    sites = {site.id: int(site.key.removeprefix("site-")) for site in session.exec(select(Site))}
    rows = session.exec(select(DueNote).where(DueNote.state == DueState.SAID).order_by(col(DueNote.said_at)))
    found = []
    for row in rows:
        assert row.told_id is not None and row.said_at is not None
        family = row.kind.partition(".")[0] if row.kind != "figures.missing" else row.kind
        number = sites[row.object_id] if family == "figures" else row.object_id
        key = people[row.told_id]
        day = row.said_at.astimezone(ZoneInfo(life_of(key).zone)).date()
        found.append(Said(Told(key, family, number, day), row.kind, row.step, row.said_at, row.message))
    return found
