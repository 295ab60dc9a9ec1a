"""A programme of a thousand suppliers with twelve months of figures, written straight into a store."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import insert
from sqlmodel import Session

from storage import people
from storage.tables.capas import Capa, CapaState, Owed
from storage.tables.figures import Basis, Breach, Submission
from storage.tables.people import Duty, Membership, Person, Role
from storage.tables.programme import Site, Supplier
from tests.talks import MONDAY, Town

SUPPLIERS = 1000
MONTHS = [f"{2025 + (10 + back) // 12}-{(10 + back) % 12 + 1:02d}" for back in range(12)]
"""November 2025 to October 2026: the last twelve that are over on the Monday of the tests."""
PLACES = (
    ("VN", "Asia/Ho_Chi_Minh"), ("BD", "Asia/Dhaka"), ("IN", "Asia/Kolkata"), ("CN", "Asia/Shanghai"),
    ("TR", "Europe/Istanbul"), ("PT", "Europe/Lisbon"), ("MX", "America/Mexico_City"), ("PE", "America/Lima"),
    ("EG", "Africa/Cairo"), ("MA", "Africa/Casablanca"), ("KH", "Asia/Phnom_Penh"), ("LK", "Asia/Colombo"),
)  # fmt: skip
ASKED = {
    "high": {"electricity": 40000, "water": 2500, "waste": 7000, "injuries": 0, "hours": 180000, "headcount": 900},
    "medium": {"electricity": 25000, "water": 1500, "injuries": 0, "hours": 90000, "output": 40000},
    "low": {"electricity": 7000, "injuries": 0},
}
UNITS = {
    "electricity": "kWh", "water": "m³", "waste": "kg", "injuries": "count", "hours": "h", "headcount": "persons",
    "output": "count",
}  # fmt: skip
START = 10_000
"""Ids from here on: those below belong to the example programme."""


def crowd(town: Town, suppliers: int = SUPPLIERS, seed: int = 1) -> None:
    """Add the suppliers to the example programme of this town, the same for the same seed."""
    town.import_example()
    chance = Random(seed)  # noqa: S311  (no secret hangs on it)
    with town.store.write() as session:
        mentors = [row.id for row in people.with_role(session, Role.MENTOR)]
        _places(session, suppliers, mentors)
        for number in range(START, START + suppliers):
            _lived(session, number, chance)


def tier_of(number: int) -> str:
    """Half of them are asked for little, a fifth for much."""
    return ("high", "medium", "low", "low", "medium", "low", "high", "low", "low", "medium")[number % 10]


def _places(session: Session, suppliers: int, mentors: list[int]) -> None:
    numbers = range(START, START + suppliers)
    named = [
        {"id": one, "key": f"crowd-{one}", "name": f"Mill {one}", "spend_band": "ABC"[one % 3], "tier": tier_of(one)}
        for one in numbers
    ]
    session.execute(insert(Supplier), [{**row, "chosen_tier": "", "active": True} for row in named])
    sites, staff, duties = [], [], []
    for one in numbers:
        country, zone = PLACES[one % len(PLACES)]
        calendar = f"{zone}|{country}|sat+sun"
        common = {"timezone": zone, "calendar": calendar, "active": True}
        sites.append(
            {"id": one, "key": f"crowd-{one}", "supplier_id": one, "name": f"Mill {one} {country}", "country": country,
             "weekend": "sat+sun", "languages": "en", "mentor_id": mentors[one % len(mentors)], **common}
        )  # fmt: skip
        staff.append(
            {"id": one, "key": f"crowd-{one}", "name": f"Owner {one}", "role": Role.SUPPLIER, "language": "en",
             "home_language": "", "channel": "", "reachable": True, "decimal_mark": "", "privacy_version": "2026-01",
             "privacy_at": MONDAY - timedelta(days=300), "erased_at": None, **common}
        )  # fmt: skip
        duties.append({"person_id": one, "site_id": one, "duty": Duty.DATA_OWNER})
    session.execute(insert(Site), sites)
    session.execute(insert(Person), staff)
    session.execute(insert(Membership), duties)


def _lived(session: Session, number: int, chance: Random) -> None:
    """A year of a site: now and then a figure is missing, estimated or beyond its limit; a few have a CAPA."""
    rows = []
    for metric, usual in ASKED[tier_of(number)].items():
        level = usual * chance.uniform(0.6, 1.4)
        for month in MONTHS:
            if chance.random() < 0.06:
                continue
            value = Decimal(int(level * chance.uniform(0.9, 1.1))) if usual else Decimal(chance.random() < 0.03)
            year, part = int(month[:4]), int(month[5:])
            due = datetime(year + part // 12, part % 12 + 1, chance.randint(2, 22), 9, tzinfo=UTC)
            basis = Basis.ESTIMATED if chance.random() < 0.08 else Basis.MEASURED
            rows.append(
                {"site_id": number, "metric": metric, "period": month, "version": 1, "value": value,
                 "unit": UNITS[metric], "base_value": value, "base_unit": UNITS[metric], "metric_version": 1,
                 "basis": basis, "grade": "", "method": "", "reason": "", "typed": "", "returned_why": "",
                 "person_id": number, "at": due}
            )  # fmt: skip
    session.execute(insert(Submission), rows)
    if number % 25 == 0:
        _trouble(session, number, chance)


def _trouble(session: Session, number: int, chance: Random) -> None:
    sent = Submission(
        site_id=number, metric="injuries", period="2026-10", version=2, value=Decimal(2), unit="count",
        base_value=Decimal(2), base_unit="count", metric_version=1, person_id=number, at=MONDAY - timedelta(days=4),
    )  # fmt: skip
    session.add(sent)
    session.flush()
    breach = Breach(
        site_id=number, metric="injuries", period="2026-10", submission_id=sent.id, value=Decimal(2),
        threshold=Decimal(0), at=sent.at,
    )  # fmt: skip
    due = date(2026, 11, 10) + timedelta(days=chance.randint(0, 60))
    capa = Capa(
        site_id=number, finding="Too much power at night", severity="major", owner_id=number,
        state=CapaState.IN_PROGRESS, owed=Owed.CLOSE, owed_on=due, due_on=due,
        opened_at=MONDAY - timedelta(days=chance.randint(5, 120)),
    )  # fmt: skip
    session.add_all([breach, capa])
