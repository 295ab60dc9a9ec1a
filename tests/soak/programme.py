"""A programme of 60 suppliers in 10 countries, and what happens in it: CAPAs, figures, a shutdown, a leave."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlmodel import Session, col, select

from handlers.programme.committee import Committee
from handlers.programme.importing import import_folder
from handlers.programme.rows import PersonRow, ProgrammeFolder, SiteRow
from handlers.programme.settings import CalendarRules, ProgrammeSettings, Tier
from handlers.reminders.changing import site_changed
from handlers.turn import Turn
from storage.tables.capas import Capa, CapaState, Owed
from storage.tables.figures import Submission
from storage.tables.people import Contact, Duty, Person, Role
from storage.tables.programme import Site
from storage.tables.time_off import Closure, Leave
from tests.soak.expected import DUE_DAY, YEAR, Debt, Life

COUNTRIES = (
    ("VN", "Asia/Ho_Chi_Minh", "sun"),
    ("BD", "Asia/Dhaka", "fri+sat"),
    ("IN", "Asia/Kolkata", "sun"),
    ("EG", "Africa/Cairo", "fri+sat"),
    ("TR", "Europe/Istanbul", "sat+sun"),
    ("ID", "Asia/Jakarta", "sat+sun"),
    ("MX", "America/Mexico_City", "sun"),
    ("US", "America/New_York", "sat+sun"),
    ("ES", "Europe/Madrid", "sat+sun"),
    ("PT", "Europe/Lisbon", "sat+sun"),
)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SITES = 60
BEGINS, ENDS = datetime(YEAR, 1, 1, tzinfo=UTC), datetime(YEAR + 1, 1, 1, tzinfo=UTC)
HALF_DAY = timedelta(hours=12)
CLOSED_SITE, CLOSED = 0, (date(YEAR, 8, 4), date(YEAR, 8, 17))
AWAY_SITE, AWAY = 7, (date(YEAR, 3, 3), date(YEAR, 3, 14))
LATE_RISER, HOUR = 9, 14
COMMITTEE = ("lucia", "jorge")
OWED_BEFORE = (date(YEAR - 1, 12, DUE_DAY), date(YEAR, 1, DUE_DAY))
"""When the figures of the last two months before the year were due, which nobody gives."""
BUYERS = {
    "lucia": Life("Europe/Madrid", "ES", (5, 6)),
    "martin": Life("America/New_York", "US", (5, 6)),
    "helena": Life("Europe/Lisbon", "PT", (5, 6)),
    "jorge": Life("Europe/Madrid", "", (5, 6)),
}


@dataclass(frozen=True)
class Happening:
    """Something that happens at a moment; doing it twice changes nothing, for a worker may die in between."""

    at: datetime
    do: Callable[[Turn], None]


@dataclass
class Year:
    """What happens in the year, in the order of time, and what is owed because of it."""

    happenings: list[Happening] = field(default_factory=list)
    debts: list[Debt] = field(default_factory=list)
    owners: dict[int, int] = field(default_factory=dict)
    """The place of the site in the programme, by the number of a CAPA."""


def life_of_site(place: int) -> Life:
    """How the people of a site live."""
    country, zone, weekend = COUNTRIES[place % len(COUNTRIES)]
    days = tuple(WEEKDAYS.index(day) for day in weekend.split("+"))
    return Life(zone, country, days, (CLOSED,) if place == CLOSED_SITE else ())


def life_of_owner(place: int) -> Life:
    """How the data owner of a site lives: one wants reminders in the afternoon."""
    life = life_of_site(place)
    return Life(life.zone, life.country, life.weekend, life.closed, HOUR) if place == LATE_RISER else life


def mentor_of(place: int) -> str:
    """The key of a site's mentor."""
    return "lucia" if place % 2 else "martin"


def settings() -> ProgrammeSettings:
    """A programme with the usual ladders and a committee."""
    return ProgrammeSettings(
        name="A year",
        languages=("en",),
        contact="privacy@example.org",
        privacy_version="1",
        tiers={"all": Tier(metrics=("electricity",))},
        calendar=CalendarRules(timezone="Europe/Madrid"),
        committee=Committee(name="Joint committee", members=COMMITTEE, first=date(YEAR, 1, 14)),
    )


def bring_in(session: Session) -> None:
    """Import the programme, and let everybody have joined."""
    folder = ProgrammeFolder(settings(), tuple(_site(place) for place in range(SITES)), tuple(_people()), "soak")
    import_folder(session, folder, BEGINS, lambda key: f"gone {key}")
    for person in session.exec(select(Person).order_by(col(Person.id))).all():
        known = session.exec(select(Contact).where(Contact.person_id == person.id)).first()
        if known is None:
            account = f"tg-{person.key}"
            session.add(Contact(person_id=person.id, channel="telegram", account=account, conversation=account))


def _site(place: int) -> SiteRow:
    country, zone, weekend = COUNTRIES[place % len(COUNTRIES)]
    key = f"site-{place:02d}"
    return SiteRow(key, key, "A", "all", key, key, country, zone, weekend, ("en",), mentor_of(place))


def _people() -> list[PersonRow]:
    rows = []
    for place in range(SITES):
        for duty, name in ((Duty.DATA_OWNER, "owner"), (Duty.SITE_MANAGER, "manager")):
            key = f"{name}-{place:02d}"
            rows.append(PersonRow(key, key, Role.SUPPLIER, f"site-{place:02d}", duty, "en", "", "", "", ""))
    for key, life in BUYERS.items():
        role = Role.MENTOR if key in ("lucia", "martin") else Role.MANAGER
        channel = f"slack:C{key.upper()}" if role is Role.MENTOR else ""
        rows.append(PersonRow(key, key, role, "", None, "en", life.zone, "", "", channel, life.country))
    return rows


def the_year() -> Year:
    """Everything that happens, the same each time."""
    chance, year = random.Random(YEAR), Year()
    year.happenings.append(Happening(BEGINS, _time_off))
    for place in range(SITES):
        for number in range(3):
            _add_capa(year, chance, place, 1 + place * 3 + number, number)
        for due in OWED_BEFORE:
            year.debts.append(Debt("figures", place, life_of_site(place), due, BEGINS, None))
        for month in range(1, 12):
            _add_figure(year, chance, place, month)
    year.happenings.sort(key=lambda one: one.at)
    return year


def _at(day: date, half: int = 0) -> datetime:
    return datetime.combine(day, time(12 * half), UTC)


def _add_capa(year: Year, chance: random.Random, place: int, capa_id: int, number: int) -> None:
    """A CAPA that is handed in early, late or very late, is sent back once, or gets more time."""
    due = date(YEAR, 2 + 3 * number, 20) + timedelta(days=chance.randrange(60))
    opened = _at(due - timedelta(days=40 + chance.randrange(10)), chance.randrange(2))
    site, half = life_of_site(place), chance.randrange(2)
    year.owners[capa_id] = place
    year.happenings.append(Happening(opened, _opening(place, capa_id, due)))
    match (place + number) % 5:
        case 0:
            days = [(due, _at(due - timedelta(days=3), half))]
        case 1:
            days = [(due, _at(due + timedelta(days=4), half))]
        case 2:
            days = [(due, _at(due + timedelta(days=40), half))]
        case 3:
            # Handed in late, sent back nine days later with new days, and handed in for good after those.
            days = [(due, _at(due + timedelta(days=5), half))]
            days.append((due + timedelta(days=25), _at(due + timedelta(days=29), half)))
        case _:
            # More time is given a day before it was due.
            days = [(due, _at(due - timedelta(days=1), half))]
            days.append((due + timedelta(days=14), _at(due + timedelta(days=18), half)))
    since = opened
    for place_in, (day, until) in enumerate(days):
        year.debts.append(Debt("capa", capa_id, site, day, since, until))
        year.happenings.append(Happening(until, _handing_in(capa_id)))
        if place_in + 1 < len(days):
            since = until + timedelta(days=9) if (place + number) % 5 == 3 else until
            year.happenings.append(Happening(since, _owing(capa_id, days[place_in + 1][0])))


def _opening(place: int, capa_id: int, due: date) -> Callable[[Turn], None]:
    def do(turn: Turn) -> None:
        if turn.session.get(Capa, capa_id) is not None:
            return
        owner = turn.session.exec(select(Person).where(Person.key == f"owner-{place:02d}")).one()
        site = turn.session.exec(select(Site).where(Site.key == f"site-{place:02d}")).one()
        turn.session.add(
            Capa(
                id=capa_id,
                site_id=site.id,
                finding="Too much power",
                severity="major",
                owner_id=owner.id,
                state=CapaState.IN_PROGRESS,
                owed=Owed.CLOSE,
                owed_on=due,
                due_on=due,
                opened_at=turn.now,
            )
        )

    return do


def _handing_in(capa_id: int) -> Callable[[Turn], None]:
    def do(turn: Turn) -> None:
        capa = turn.session.get_one(Capa, capa_id)
        capa.state, capa.owed, capa.owed_on = CapaState.EVIDENCE_SUBMITTED, Owed.NOTHING, None
        turn.session.add(capa)

    return do


def _owing(capa_id: int, due: date) -> Callable[[Turn], None]:
    def do(turn: Turn) -> None:
        capa = turn.session.get_one(Capa, capa_id)
        capa.state, capa.owed, capa.owed_on, capa.due_on = CapaState.IN_PROGRESS, Owed.CLOSE, due, due
        turn.session.add(capa)

    return do


def _add_figure(year: Year, chance: random.Random, place: int, month: int) -> None:
    """The figure of a month: in before anybody had to ask, in time, late, or never."""
    begins, due = _at(date(YEAR, month + 1, 1)), date(YEAR, month + 1, DUE_DAY)
    given = (_at(date(YEAR, month + 1, day)) for day in (4, 11, 19))
    until = [*given, None][chance.randrange(4)]
    year.debts.append(Debt("figures", place, life_of_site(place), due, begins, until))
    if until is not None:
        year.happenings.append(Happening(until, _giving(place, f"{YEAR}-{month:02d}")))


def _giving(place: int, period: str) -> Callable[[Turn], None]:
    def do(turn: Turn) -> None:
        site = turn.session.exec(select(Site).where(Site.key == f"site-{place:02d}")).one()
        same = (Submission.site_id == site.id, Submission.period == period)
        if turn.session.exec(select(Submission).where(*same)).first() is None:
            amount = Decimal(1000)
            turn.session.add(
                Submission(
                    site_id=site.id,
                    metric="electricity",
                    period=period,
                    version=1,
                    value=amount,
                    unit="kWh",
                    base_value=amount,
                    base_unit="kWh",
                    metric_version=1,
                    at=turn.now,
                )
            )

    return do


def _time_off(turn: Turn) -> None:
    """A site will be closed, somebody will be away, and somebody wants reminders in the afternoon."""
    if turn.session.exec(select(Closure)).first() is not None:
        return
    site = turn.session.exec(select(Site).where(Site.key == f"site-{CLOSED_SITE:02d}")).one()
    turn.session.add(Closure(site_id=site.id, first=CLOSED[0], last=CLOSED[1], at=turn.now))
    away = turn.session.exec(select(Person).where(Person.key == f"owner-{AWAY_SITE:02d}")).one()
    deputy = turn.session.exec(select(Person).where(Person.key == f"manager-{AWAY_SITE:02d}")).one()
    turn.session.add(Leave(person_id=away.id, deputy_id=deputy.id, first=AWAY[0], last=AWAY[1], at=turn.now))
    riser = turn.session.exec(select(Person).where(Person.key == f"owner-{LATE_RISER:02d}")).one()
    riser.hour = HOUR
    turn.session.add(riser)
    turn.session.flush()
    site_changed(turn, site)
    site_changed(turn, turn.session.exec(select(Site).where(Site.key == f"site-{LATE_RISER:02d}")).one())
