"""What planning costs against inserting the same rows bare, and how much memory it takes as sites grow tenfold."""

import multiprocessing
import resource
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text
from sqlmodel import Session

from benchmarks.figure import Figure, paired
from handlers.reminders.calendars import fill_ahead
from storage import plans
from storage.engine import Store
from storage.ladders import Rung, Span
from tests.stores import fresh_url

SITES, FEWER, OBLIGATIONS = 100_000, 10_000, 10
NOW = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)
PLACES = (
    ("Asia/Ho_Chi_Minh", "VN", "sun"),
    ("Asia/Dhaka", "BD", "fri+sat"),
    ("Asia/Kolkata", "IN", "sun"),
    ("Asia/Shanghai", "CN", "sat+sun"),
    ("Asia/Jakarta", "ID", "sat+sun"),
    ("Europe/Istanbul", "TR", "sat+sun"),
    ("Africa/Cairo", "EG", "fri+sat"),
    ("Africa/Casablanca", "MA", "sat+sun"),
    ("America/Mexico_City", "MX", "sun"),
    ("America/Guatemala", "GT", "sat+sun"),
)
BEFORE = tuple(Rung("owner", f"before/{days}", 0, -days) for days in (30, 7, 1))
AFTER = tuple(Rung("owner", f"after/{days}", days, 0) for days in (1, 2, 3))
WEEKLY = tuple(Rung("owner", f"after/3/{week}", 3, 7 * week) for week in range(1, 13))
OTHERS = (("site_manager", 2), ("mentor", 2), ("manager", 5), ("committee", 15))
LEVELS = tuple(Rung(who, f"after/{days}", days, 0, late=True) for who, days in OTHERS)
LADDER = plans.Ladder((*BEFORE, Rung("owner", "day", 0, 0), *AFTER, *WEEKLY, *LEVELS), (("high", "major"),))
# Days from today on which a CAPA is due: one rung or two of its ladder are reached today or tomorrow.
DUE = (0, 1, 7, 8, 30)
COPIED = "person_id, kind, object_id, step, day, opens_at, closes_at, state, reason, urgent, message"


def planning_against_bare_insert() -> Iterator[Figure]:
    """The plan of every note of a day against one INSERT of the same rows, on each store."""
    for kind in ("sqlite", "postgres"):
        with _town(kind, SITES) as store:
            rows = _plan(store)
            _run(store, f"CREATE TABLE bare AS SELECT {COPIED} FROM due_notes")  # noqa: S608  (our own columns)
            spent, baseline = _paired(store)
        name = f"planning {rows} notes, {SITES} sites x {OBLIGATIONS} obligations, {kind}"
        yield Figure(name, spent, "s", baseline)


def memory_as_sites_grow() -> Figure:
    """Peak memory of a process that plans for all sites, against one that plans for a tenth of them."""
    return Figure(f"peak memory, {SITES} sites against {FEWER}", _peak(SITES), "MB", _peak(FEWER))


def _paired(store: Store) -> tuple[float, float]:
    def plan() -> None:
        _plan(store)

    def insert() -> None:
        _run(store, f"INSERT INTO due_notes ({COPIED}) SELECT {COPIED} FROM bare")  # noqa: S608  (our own columns)

    def anew() -> None:
        _run(store, "DELETE FROM due_notes")

    return paired(plan, insert, before_each=anew)


def _plan(store: Store) -> int:
    with store.write() as session:
        plans.plan_capas(session, LADDER, (), Span.ahead(NOW))
        return int(session.execute(text("SELECT count(*) FROM due_notes")).scalar_one())


def _run(store: Store, statement: str) -> None:
    with store.write() as session:
        session.execute(text(statement))


def _peak(sites: int) -> float:
    """Megabytes; measured in a process of its own, which finds the store filled."""
    with _town("sqlite", sites) as store, multiprocessing.get_context("spawn").Pool(1) as pool:
        return float(pool.apply(planned_peak, (store.url.render_as_string(hide_password=False),)))


def planned_peak(url: str) -> float:
    """Plan once and tell the peak memory of this process in megabytes."""
    with closing(Store(url)) as store:
        _plan(store)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _town(kind: str, sites: int) -> Iterator[Store]:
    """A store with so many sites, each with an owner and so many CAPAs, over ten calendars."""
    with TemporaryDirectory() as folder, fresh_url(kind, Path(folder)) as url, closing(Store(url)) as store:
        with store.write() as session:
            _fill(session, sites)
        if kind == "postgres":
            with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        else:
            _run(store, "ANALYZE")
        yield store


def _fill(session: Session, sites: int) -> None:
    connection = session.connection()
    supplier = "INSERT INTO suppliers (id, key, name, spend_band, tier, active) VALUES (1, 's', 'S', 'A', 'high', true)"
    connection.execute(text(supplier))
    places = " ".join(f"WHEN {place} THEN '{'|'.join(names)}'" for place, names in enumerate(PLACES))
    calendar = f"CASE n % {len(PLACES)} {places} END"
    _numbered(connection, sites, "people", _person(calendar))
    _numbered(connection, sites, "sites", _site(calendar))
    # SQLite keeps days as text.
    kind = "TEXT" if connection.dialect.name == "sqlite" else "DATE"
    _numbered(connection, sites * OBLIGATIONS, "capas", _capa(NOW.date(), kind))
    fill_ahead(session, NOW.date(), time(8), time(18))


def _numbered(connection: Connection, count: int, table: str, values: dict[str, str]) -> None:
    """Fill a table with numbered rows; `values` are columns as terms of the number `n`, which counts from 1."""
    counting = f"SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}"  # noqa: S608
    numbers = f"WITH RECURSIVE numbers(n) AS ({counting})"
    columns, terms = ", ".join(values), ", ".join(values.values())
    prefix, rest = (numbers + " ", "") if connection.dialect.name == "sqlite" else ("", numbers + " ")
    # Tables, columns and terms are our own words.
    made = f"{prefix}INSERT INTO {table} ({columns}) {rest}SELECT {terms} FROM numbers"  # noqa: S608
    connection.execute(text(made))


def _person(calendar: str) -> dict[str, str]:
    empty = dict.fromkeys(("language", "home_language", "channel", "decimal_mark", "privacy_version", "country"), "''")
    flags = dict.fromkeys(("active", "reachable"), "true")
    named = {"key": "'p' || n", "name": "'P'", "role": "'supplier'", "timezone": "'UTC'"}
    return {"id": "n", **named, "calendar": calendar, **empty, **flags}


def _site(calendar: str) -> dict[str, str]:
    named = {"key": "'s' || n", "name": "'S'", "country": "'VN'", "timezone": "'UTC'", "weekend": "'sun'"}
    return {"id": "n", "supplier_id": "1", **named, "languages": "'en'", "calendar": calendar, "active": "true"}


def _capa(today: date, kind: str) -> dict[str, str]:
    site = f"1 + (n - 1) / {OBLIGATIONS}"
    days = " ".join(f"WHEN {place} THEN '{today + timedelta(days=ahead)}'" for place, ahead in enumerate(DUE))
    due = f"CAST(CASE n % {len(DUE)} {days} END AS {kind})"
    moment = "'2026-10-01 00:00:00.000000'" if kind == "TEXT" else "TIMESTAMPTZ '2026-10-01 00:00:00+00'"
    empty = ("finding", "requirement", "auditor", "reference", "containment", "cause", "corrective", "preventive")
    return {
        "id": "n",
        "site_id": site,
        "owner_id": site,
        "source": "'hand'",
        "severity": "'major'",
        "state": "'in_progress'",
        "owed": "'close'",
        "owed_on": due,
        "due_on": due,
        "opened_at": moment,
        "check_figures": "0",
        "whys": "'[]'" if kind == "TEXT" else "CAST('[]' AS JSON)",
        "version": "1",
        **dict.fromkeys(empty, "''"),
    }
