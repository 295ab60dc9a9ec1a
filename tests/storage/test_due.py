"""Planned notes and calendars on both stores: each note once, on the right day, however many plan."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import col, select

from handlers.reminders.calendars import days, fill_ahead
from storage import calendar, due, plans
from storage.engine import Store
from storage.ladders import Rung, Span
from storage.tables.capas import SETTLED, Capa, CapaState, CapaStep, Owed
from storage.tables.people import Person, Role
from storage.tables.planning import CalendarDay, DueNote, DueState
from storage.tables.programme import Site, Supplier
from storage.tables.time_off import Closure
from tests.talks import MONDAY as NOW

HANOI, MADRID = "Asia/Ho_Chi_Minh|VN|sun", "Europe/Madrid||sat+sun"
OPENS, CLOSES = time(8), time(18)


@dataclass
class Place:
    """A site with its owner and its mentor, and calendars for both."""

    store: Store
    site: Site
    owner: Person
    mentor: Person

    def capa(self, due_on: date, state: CapaState = CapaState.IN_PROGRESS, owner: Person | None = None) -> int:
        """A CAPA's number."""
        with self.store.write() as session:
            capa = Capa(
                site_id=self.site.id,
                finding="Too much power",
                severity="major",
                owner_id=(owner or self.owner).id,
                due_on=due_on,
                state=state,
                owed=Owed.NOTHING if state in SETTLED else Owed.CLOSE,
                owed_on=None if state in SETTLED else due_on,
                opened_at=NOW,
            )
            session.add(capa)
            session.flush()
            return capa.id

    def plan(self, *before: int, overdue: int = 1, now: datetime = NOW, span: Span | None = None) -> None:
        """Plan so many days before, and to the mentor so many working days after, whatever lies within a year."""
        rungs = [Rung("owner", f"before/{number}", 0, -number) for number in before]
        ladder = plans.Ladder((*rungs, Rung("mentor", f"after/{overdue}", overdue, 0, late=True)), (("high", "major"),))
        with self.store.write() as session:
            year = Span(now, now + timedelta(days=400), now - timedelta(days=10))
            plans.plan_capas(session, ladder, (), span or year)

    def close(self, first: date, last: date) -> None:
        """Close the site, whose calendar is then its own and its owner's."""
        with self.store.write() as session:
            session.add(Closure(site_id=self.site.id, first=first, last=last, at=NOW))
            session.flush()
            for row in (session.get_one(Site, self.site.id), session.get_one(Person, self.owner.id)):
                row.calendar = f"{HANOI}|site {self.site.id}"
                session.add(row)
            session.flush()
            fill_ahead(session, NOW.date(), OPENS, CLOSES)

    def notes(self) -> list[tuple[str, str, int]]:
        """Kind, day and person of each note."""
        with self.store.read() as session:
            return sorted((row.kind, str(row.day), row.person_id) for row in session.exec(select(DueNote)))


@pytest.fixture
def place(store: Store) -> Place:
    with store.write() as session:
        mentor = Person(key="lucia", name="Lucia", role=Role.MENTOR, calendar=MADRID)
        owner = Person(key="amina", name="Amina", role=Role.SUPPLIER, calendar=HANOI)
        supplier = Supplier(key="song", name="Song", spend_band="A", tier="high")
        session.add_all([mentor, owner, supplier])
        session.flush()
        site = Site(
            key="song-cau",
            name="Song Cau",
            supplier_id=supplier.id,
            country="VN",
            timezone="Asia/Ho_Chi_Minh",
            weekend="sun",
            languages="vi",
            calendar=HANOI,
            mentor_id=mentor.id,
        )
        session.add(site)
        session.flush()
        fill_ahead(session, NOW.date(), OPENS, CLOSES)
    return Place(store, site, owner, mentor)


def test_notes_are_planned_for_owner_and_mentor_on_their_own_working_days(place: Place) -> None:
    place.capa(date(2026, 12, 14))
    place.plan(7, 1)
    assert place.notes() == [
        ("capa.due", "2026-12-07", place.owner.id),
        ("capa.due", "2026-12-12", place.owner.id),
        ("capa.overdue", "2026-12-15", place.mentor.id),
    ]


@pytest.mark.parametrize(
    ("working_days", "day"), [(1, "2026-12-14"), (2, "2026-12-14"), (5, "2026-12-17"), (8, "2026-12-21")]
)
def test_overdue_counts_the_working_days_of_the_site_and_waits_for_one_of_the_reader(
    place: Place, working_days: int, day: str
) -> None:
    place.capa(date(2026, 12, 11))
    place.plan(overdue=working_days)
    assert place.notes() == [("capa.overdue", day, place.mentor.id)]


def test_closed_capa_gets_no_note(place: Place) -> None:
    place.capa(date(2026, 12, 14), CapaState.CLOSED)
    place.plan(7, 1)
    assert place.notes() == []


def test_only_what_opens_soon_is_planned(place: Place) -> None:
    place.capa(date(2026, 12, 10))
    with place.store.write() as session:
        ladder = plans.Ladder((Rung("owner", "before/7", 0, -7), Rung("owner", "day", 0, 0)), (("high", "major"),))
        plans.plan_capas(session, ladder, (), Span.ahead(datetime(2026, 12, 2, 0, tzinfo=UTC)))
    assert place.notes() == [("capa.due", "2026-12-03", place.owner.id)]


def test_level_whose_day_was_missed_is_planned_late_and_its_owner_is_not(place: Place) -> None:
    place.capa(date(2026, 12, 1))
    place.plan(7, 1, overdue=2, now=datetime(2026, 12, 8, 3, tzinfo=UTC))
    assert place.notes() == [("capa.overdue", "2026-12-03", place.mentor.id)]


def test_ladder_of_another_severity_plans_nothing(place: Place) -> None:
    place.capa(date(2026, 12, 10))
    with place.store.write() as session:
        ladder = plans.Ladder((Rung("owner", "day", 0, 0),), (("high", "minor"), ("low", "major")))
        plans.plan_capas(session, ladder, (), Span(NOW, NOW + timedelta(days=99), NOW))
    assert place.notes() == []


def test_owner_who_is_not_of_the_site_is_reminded_on_working_days_of_their_own(place: Place) -> None:
    number = place.capa(date(2026, 12, 14), owner=place.mentor)
    with place.store.write() as session:
        session.add(
            CapaStep(capa_id=number, place=1, text="Mend it", owner_id=place.mentor.id, due_on=date(2026, 12, 7))
        )
        session.flush()
        plans.plan_steps(session, (Rung("owner", "before/1", 0, -1),), Span(NOW, NOW + timedelta(days=99), NOW))
    place.plan(2)
    assert place.notes() == [
        ("capa.due", "2026-12-11", place.mentor.id),
        ("capa.overdue", "2026-12-15", place.mentor.id),
        ("capa.step", "2026-12-04", place.mentor.id),
    ]


@pytest.mark.parametrize(
    ("now", "note"),
    [
        ("2026-12-18T20:00", ("capa.due", "2026-12-19")),
        ("2027-02-27T20:00", ("capa.overdue", "2027-03-01")),
    ],
    ids=["the last working day before it", "the first after it"],
)
def test_site_that_is_closed_for_long_is_reminded_before_it_and_its_mentor_told_after_it(
    place: Place, now: str, note: tuple[str, str]
) -> None:
    place.close(date(2026, 12, 20), date(2027, 2, 28))
    place.capa(date(2027, 1, 29))
    place.plan(1, span=Span.ahead(datetime.fromisoformat(now).replace(tzinfo=UTC)))
    assert [(kind, day) for kind, day, _person in place.notes()] == [note]


def test_planned_notes_can_be_forgotten_and_planned_anew_while_said_ones_stay(place: Place) -> None:
    place.capa(date(2026, 12, 10))
    place.plan(7, 1)
    with place.store.write() as session:
        first = session.exec(select(DueNote).where(DueNote.kind == "capa.due")).first()
        assert first is not None
        first.state = DueState.SAID
        session.add(first)
        session.flush()
        due.forget_planned(session)
    assert len(place.notes()) == 1
    place.plan(7, 1)
    place.plan(7, 1)
    assert len(place.notes()) == 3


def test_note_before_the_opening_is_not_planned(place: Place) -> None:
    place.capa(date(2026, 11, 25))
    place.plan(7)
    assert [kind for kind, _day, _person in place.notes()] == ["capa.overdue"]


def test_many_planners_at_once_plan_each_note_once(place: Place) -> None:
    for number in range(3):
        place.capa(date(2026, 12, 10 + number))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _planner: place.plan(7, 1), range(4)))
    assert len(place.notes()) == 9


def test_capa_with_another_day_gets_notes_of_its_own(place: Place) -> None:
    number = place.capa(date(2026, 12, 10))
    place.plan(1)
    with place.store.write() as session:
        capa = session.get_one(Capa, number)
        capa.owed_on = date(2026, 12, 17)
        session.add(capa)
    place.plan(1)
    assert [day for kind, day, _person in place.notes() if kind == "capa.due"] == ["2026-12-09", "2026-12-16"]


def test_note_opens_and_closes_with_the_local_day(place: Place) -> None:
    place.capa(date(2026, 12, 10))
    place.plan(1)
    with place.store.read() as session:
        note = session.exec(select(DueNote).where(DueNote.kind == "capa.due")).one()
    assert (note.opens_at, note.closes_at) == (
        datetime(2026, 12, 9, 1, tzinfo=UTC),
        datetime(2026, 12, 9, 11, tzinfo=UTC),
    )


def test_sayable_notes_are_those_whose_hour_has_come_oldest_first(place: Place) -> None:
    later, earlier = place.capa(date(2026, 12, 11)), place.capa(date(2026, 12, 10))
    place.plan(1)
    with place.store.write() as session:
        at = datetime(2026, 12, 10, 1, tzinfo=UTC)
        assert due.sayable(session, datetime(2026, 12, 9, 0, 59, tzinfo=UTC), 9) == []
        assert [note.object_id for note in due.sayable(session, at, 9)] == [earlier, later]
        assert len(due.sayable(session, at, 1)) == 2, "all notes of one person come together"


def test_dropped_notes_are_said_no_more(place: Place) -> None:
    number = place.capa(date(2026, 12, 10))
    place.plan(7, 1)
    with place.store.write() as session:
        due.drop(session, "capa.due", number, "closed")
        assert [note.kind for note in due.sayable(session, datetime(2027, 1, 1, tzinfo=UTC), 9)] == ["capa.overdue"]
        dropped = session.exec(select(DueNote).where(DueNote.state == DueState.DROPPED)).all()
    assert {note.reason for note in dropped} == {"closed"}


# --- calendars ---


def test_calendars_are_filled_ahead_for_all_who_live_by_them(place: Place) -> None:
    with place.store.read() as session:
        assert calendar.names(session) == [HANOI, MADRID]
        filled = calendar.filled(session)
    assert {name: day for name, (day, _number) in filled.items()} == dict.fromkeys(
        [HANOI, MADRID], NOW.date() + timedelta(days=450)
    )


def test_filling_again_goes_on_where_it_stopped(place: Place) -> None:
    with place.store.write() as session:
        fill_ahead(session, NOW.date() + timedelta(days=3), OPENS, CLOSES)
    with place.store.read() as session:
        rows = session.exec(
            select(CalendarDay).where(CalendarDay.calendar == MADRID).order_by(col(CalendarDay.day))
        ).all()
    assert [row.ordinal for row in rows] == list(range(rows[0].ordinal, rows[0].ordinal + len(rows)))
    assert all(later.working_number - earlier.working_number == later.working for earlier, later in pairwise(rows))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-25T09:00", "2026-11-25"),
        ("2026-11-25T11:00", "2026-11-26"),
        ("2026-11-25T00:30", "2026-11-25"),
        ("2026-11-28T12:00", "2026-11-30"),
        ("2026-12-31T12:00", "2027-01-02"),
    ],
    ids=["open now", "just closed", "before it opens", "Saturday evening", "before New Year"],
)
def test_next_window_is_the_next_working_day_that_is_not_over(place: Place, moment: str, day: str) -> None:
    with place.store.read() as session:
        window = calendar.next_window(session, HANOI, datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert window is not None and str(window.day) == day


def test_calendar_that_is_not_filled_has_no_window(place: Place) -> None:
    with place.store.read() as session:
        assert calendar.next_window(session, HANOI, NOW + timedelta(days=600)) is None


@pytest.fixture
def spring() -> Iterator[list[dict[str, Any]]]:
    """The days around the night in which Madrid's clocks go forward."""
    yield list(days(MADRID, date(2026, 3, 27), date(2026, 3, 30), time(2, 30), CLOSES, 0))


def test_allowed_hours_follow_the_clocks_of_the_place(spring: list[dict[str, Any]]) -> None:
    assert [day["closes_at"].hour for day in spring] == [17, 17, 16, 16]
    assert all(day["opens_at"] < day["closes_at"] for day in spring)
    assert [day["working"] for day in spring] == [True, False, False, True]


def test_days_from_a_date_on_can_be_filled_by_other_hours(place: Place) -> None:
    with place.store.write() as session:
        calendar.forget_from(session, date(2026, 11, 25))
        fill_ahead(session, NOW.date(), time(10), CLOSES)
    with place.store.read() as session:
        rows = {row.day: row for row in session.exec(select(CalendarDay).where(CalendarDay.calendar == MADRID))}
    assert rows[date(2026, 11, 24)].opens_at.hour == 7 and rows[date(2026, 11, 25)].opens_at.hour == 9
    assert rows[date(2026, 11, 25)].working_number == rows[date(2026, 11, 24)].working_number + 1
