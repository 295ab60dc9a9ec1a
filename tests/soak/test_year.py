"""A year of a programme of 60 suppliers in ten countries, on the programme's clock."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from sqlmodel import select

from storage.engine import Store
from storage.tables.planning import CalendarDay
from storage.tables.queues import OutboxRow
from tests.soak.by_hand import DAYS
from tests.soak.expected import Life
from tests.soak.living import step
from tests.soak.programme import BEGINS, COUNTRIES, ENDS, WEEKDAYS, bring_in, life_of_site, the_year
from tests.soak.told import Said, expected, life_of, said
from tests.stores import fresh_store
from tests.talks import made_house

pytestmark = pytest.mark.soak


def live(store: Store) -> None:
    """Live through the whole year in one process."""
    house, happenings, moment = made_house(), the_year().happenings, BEGINS
    with store.write() as session:
        bring_in(session)
    while moment < ENDS:
        with store.write() as session:
            moment = step(session, house, happenings, moment)


@pytest.fixture(scope="module")
def lived() -> Iterator[Store]:
    with fresh_store("sqlite") as store:
        live(store)
        yield store


@pytest.fixture(scope="module")
def notes(lived: Store) -> list[Said]:
    with lived.read() as session:
        return said(session)


@pytest.mark.parametrize(("country", "day", "worked", "why"), DAYS, ids=[f"{row[0]} {row[1]}" for row in DAYS])
def test_days_are_as_public_calendars_have_them(lived: Store, country: str, day: str, worked: bool, why: str) -> None:
    place = next(place for place, row in enumerate(COUNTRIES) if row[0] == country)
    life, (_country, zone, weekend) = life_of_site(place), COUNTRIES[place]
    assert (
        Life(zone, country, tuple(WEEKDAYS.index(one) for one in weekend.split("+"))).works(date.fromisoformat(day))
        is worked
    ), why
    with lived.read() as session:
        rows = session.exec(select(CalendarDay).where(CalendarDay.day == date.fromisoformat(day))).all()
    ours = [row for row in rows if row.calendar.startswith(f"{zone}|{country}|")]
    assert ours and {row.working for row in ours} == {worked}, (why, life)


def test_all_that_was_due_was_told_on_its_day_and_nothing_else(notes: list[Said]) -> None:
    told = {note.told: note.at for note in notes if note.told.family in ("capa", "figures")}
    wanted = expected(the_year())
    missing, extra = sorted(map(str, wanted.keys() - told.keys())), sorted(map(str, told.keys() - wanted.keys()))
    assert not missing and not extra, (len(wanted), len(missing), missing[:5], len(extra), extra[:5])
    print(f"\n{len(wanted)} notes in {len({note.message for note in notes})} messages")


def test_every_message_came_at_an_allowed_local_moment(notes: list[Said]) -> None:
    wrong = [note for note in notes if not life_of(note.told.person).may_hear(note.at)]
    assert not wrong, wrong[:5]


def test_each_was_told_at_the_first_moment_that_was_allowed(notes: list[Said]) -> None:
    first: dict = {}
    for note in notes:
        first.setdefault(note.told, note.at)
    late = {told: (at, first[told]) for told, at in expected(the_year()).items() if first.get(told) != at}
    assert not late, list(late.items())[:5]


def test_each_key_was_said_once(lived: Store, notes: list[Said]) -> None:
    keys = Counter((note.told.person, note.kind, note.told.object_id, note.step) for note in notes)
    # A deputy may be told a step twice: once as themselves, and once for somebody who is away.
    assert {count for key, count in keys.items() if key[0] != "manager-07"} == {1}
    with lived.read() as session:
        sent = Counter(session.exec(select(OutboxRow.key).where(OutboxRow.kind == "message")))
    assert {note.message for note in notes} == set(sent)


def test_each_ladder_went_up_in_order(notes: list[Said]) -> None:
    first: dict[tuple[int, str], dict[str, datetime]] = {}
    for note in notes:
        if note.kind == "capa.overdue":
            head, _after, rung = note.step.partition("/after/")
            if rung in ("1", "2", "5", "15"):
                first.setdefault((note.told.object_id, head), {}).setdefault(rung, note.at)
    assert len(first) > 50
    for steps in first.values():
        moments = [steps[rung] for rung in ("1", "2", "5", "15") if rung in steps]
        assert moments == sorted(moments)


def test_nothing_was_told_after_it_was_settled(notes: list[Said]) -> None:
    debts: dict[tuple[str, int], list] = {}
    for debt in the_year().debts:
        debts.setdefault((debt.family, debt.object_id), []).append(debt)
    for note in notes:
        if note.told.family in ("capa", "figures"):
            owed = debts[note.told.family, note.told.object_id]
            assert any(debt.since <= note.at and (debt.until is None or note.at < debt.until) for debt in owed), note
