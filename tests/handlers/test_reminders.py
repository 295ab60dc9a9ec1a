"""Reminders: on a working day, in allowed hours, not into an open talk, once, and never about what is settled."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.capa.ladder import ladder
from handlers.programme.settings import stored_settings
from handlers.turn import Turn
from storage.tables.capas import Capa
from storage.tables.planning import DueNote, DueState
from storage.tables.queues import Lane
from tests.handlers.deeds import breached, capa_cancelled, capa_from_alert, capa_opened, rows
from tests.handlers.stage import Stage
from tests.talks import MONDAY, Town

HANOI, MADRID = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Madrid")
OVERDUE = "is overdue"


def observed(town: Town) -> None:
    """A CAPA of the kind that needs no plan: from the first day on its work is due."""
    capa_opened(town, severity="observation")


@pytest.fixture
def town(stage: Stage) -> Town:
    """Lucia has opened a CAPA for Amina, due on Thursday the 10th of December."""
    return stage.after(observed)


@pytest.fixture
def alerted(stage: Stage) -> Town:
    """Amina's figure is above the limit, and nobody has answered the alert yet."""
    return stage.after(breached)


def at(day: str, hour: int = 9, minute: int = 0, zone: ZoneInfo = HANOI) -> datetime:
    """A wall time at Amina's site, as a moment."""
    return datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=zone).astimezone(UTC)


def ahead(town: Town, rung: str) -> list[str]:
    """The days that the ladder of the CAPA has ahead for a rung, `before` or `after/1` say."""
    with town.store.read() as session:
        turn = Turn(town.house, session, stored_settings(session), town.clock.now(), town.clock.now())
        return [
            str(step.day) for step in ladder(turn, session.get_one(Capa, 1)) if f"{step.rung}/".startswith(f"{rung}/")
        ]


def reminders(town: Town) -> int:
    return town.transcript("tg-amina").count("A reminder: CAPA 1")


@pytest.mark.parametrize(
    ("due", "days"),
    [
        ("2026-12-10", ["2026-12-03", "2026-12-09"]),
        ("2026-12-14", ["2026-12-07", "2026-12-12"]),
        ("2026-12-20", ["2026-12-12", "2026-12-19"]),
        ("2027-01-02", ["2026-12-26", "2026-12-31"]),
        ("2026-11-27", ["2026-11-26"]),
        ("2026-11-23", []),
    ],
    ids=["working days", "day before is a Sunday", "week before is a Sunday", "holiday", "too late for one", "today"],
)
def test_reminder_comes_on_the_working_day_before(alerted: Town, due: str, days: list[str]) -> None:
    capa_from_alert(alerted, due, severity="observation")
    assert ahead(alerted, "before") == days


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2026-12-10", "2026-12-11"),
        ("2026-12-11", "2026-12-14"),
        ("2026-12-12", "2026-12-14"),
    ],
    ids=["weekday", "the mentor's Saturday", "over a Sunday"],
)
def test_mentor_is_told_on_the_next_working_day_of_the_site_that_is_theirs_too(
    alerted: Town, due: str, day: str
) -> None:
    capa_from_alert(alerted, due, severity="observation")
    assert max(ahead(alerted, "after/1")) == day


def test_overdue_is_told_to_the_mentor_once(town: Town) -> None:
    for hour in (6, 9, 12, 15, 20):
        town.tick(at("2026-12-11", hour, zone=MADRID))
    town.tick(at("2026-12-14", 10, zone=MADRID))
    assert town.transcript("C0ASIA").count(OVERDUE) == 1
    assert OVERDUE not in town.transcript("tg-amina")


def test_planning_again_and_again_plans_nothing_twice(town: Town) -> None:
    town.tick(minutes=1)
    count = len(rows(town, DueNote))
    for _time in range(3):
        town.tick(minutes=20)
    assert len(rows(town, DueNote)) == count


def test_nothing_is_said_about_a_capa_that_is_closed(town: Town) -> None:
    lucia = town.slack("U0LUCIA", "C0ASIA")
    town.tick(minutes=1)
    capa_cancelled(lucia)
    for day in ("2026-12-03", "2026-12-09", "2026-12-11"):
        town.tick(at(day, 15))
    assert reminders(town) == 0
    assert OVERDUE not in town.transcript("C0ASIA")
    reminding = [row for row in rows(town, DueNote) if row.kind in ("capa.due", "capa.overdue")]
    assert DueState.SAID not in {row.state for row in reminding}


def test_capa_closed_before_its_first_word_is_not_told(town: Town) -> None:
    lucia = town.slack("U0LUCIA", "C0ASIA")
    capa_cancelled(lucia)
    town.tick(minutes=1)
    assert "A corrective action" not in town.transcript("tg-amina")


def test_reminder_waits_until_the_talk_has_been_idle_for_half_an_hour(town: Town) -> None:
    town.tick(minutes=1)
    town.tick(at("2026-12-03", 7, 50))
    amina = town.phone("tg-amina")
    amina.command("figures")
    town.tick(at("2026-12-03", 8, 10))
    amina.tap("Water")
    town.tick(at("2026-12-03", 8, 39))
    assert reminders(town) == 0
    town.tick(at("2026-12-03", 8, 40))
    assert reminders(town) == 1


def test_reminder_comes_as_soon_as_the_talk_ends(town: Town) -> None:
    town.tick(minutes=1)
    town.tick(at("2026-12-03", 8, 0) - timedelta(minutes=1))
    amina = town.phone("tg-amina")
    amina.command("figures")
    town.tick(minutes=5)
    amina.say("cancel")
    town.tick(minutes=1)
    assert reminders(town) == 1


def test_talk_of_somebody_else_holds_nothing_back(town: Town) -> None:
    town.tick(minutes=1)
    town.tick(at("2026-12-03", 8, 0) - timedelta(minutes=1))
    town.joined("duc").command("figures")
    town.tick(minutes=2)
    assert reminders(town) == 1


def test_reminder_whose_day_has_passed_is_dropped_and_the_next_one_comes(town: Town) -> None:
    town.tick(at("2026-12-02", 12))
    town.tick(at("2026-12-04", 9))
    assert reminders(town) == 0
    dropped = [row for row in rows(town, DueNote) if row.kind == "capa.due" and row.state is DueState.DROPPED]
    assert [row.reason for row in dropped] == ["its day has passed"]
    town.tick(at("2026-12-08", 20))
    town.tick(at("2026-12-09", 9))
    assert reminders(town) == 1


def test_opening_is_told_late_rather_than_never(town: Town) -> None:
    town.tick(at("2026-11-24", 20))
    assert "A corrective action" not in town.transcript("tg-amina")
    town.tick(at("2026-11-25", 8))
    assert town.transcript("tg-amina").count("A corrective action for Song Cau Bac Ninh") == 1


def test_overdue_is_told_late_rather_than_never(town: Town) -> None:
    town.tick(at("2026-12-12", 9, zone=MADRID))
    assert OVERDUE not in town.transcript("C0ASIA")
    town.tick(at("2026-12-14", 9, zone=MADRID))
    assert town.transcript("C0ASIA").count(OVERDUE) == 1


def test_opening_at_night_is_told_in_the_morning(alerted: Town) -> None:
    alerted.clock.moment = at("2026-11-25", 22)
    capa_from_alert(alerted, severity="observation")
    alerted.tick(minutes=1)
    assert "A corrective action" not in alerted.transcript("tg-amina")
    alerted.tick(at("2026-11-26", 8))
    assert "A corrective action" in alerted.transcript("tg-amina")


def test_person_who_cannot_be_reached_is_not_written_to(town: Town) -> None:
    town.phone("tg-amina").happen("blocked")
    town.tick(at("2026-12-03", 9))
    assert reminders(town) == 0


def test_two_tickers_say_everything_once(town: Town) -> None:
    rival = Town(town.store, town.house, town.clock)
    for moment in (MONDAY + timedelta(minutes=1), at("2026-12-03", 9), at("2026-12-11", 10, zone=MADRID)):
        for one in (town, rival, town):
            one.tick(moment)
    everything = [shown["key"] for one in (town, rival) for _place, shown in one.shown if shown["lane"] == Lane.PUSH]
    notes = [key for key in everything if key.startswith("capa.")]
    assert len(notes) == len(set(notes)) == 3


def test_while_one_process_ticks_another_does_not(town: Town) -> None:
    rival = Town(town.store, town.house, town.clock)
    assert town.ticker.lock.take()
    assert not rival.ticker.lock.take()
    town.ticker.lock.release()
    assert rival.ticker.lock.take()
    rival.ticker.lock.release()


def test_nothing_is_said_at_night_in_a_whole_month(town: Town) -> None:
    plan, say = (next(job for job in town.ticker.jobs if job.name == name) for name in ("plan", "say"))
    said: list[tuple[str, datetime]] = []
    for hours in range(0, 24 * 31, 2):
        moment, before = MONDAY + timedelta(hours=hours, minutes=7), len(town.shown)
        if hours % 24 == 0:
            town.ticker.run_job(plan, moment)
        town.ticker.run_job(say, moment)
        town.deliver()
        said += [(place, moment) for place, _one in town.shown[before:]]
    zones = {"tg-amina": HANOI, "C0ASIA": MADRID, "C0WEST": MADRID, "U0HELENA": MADRID}
    assert {place for place, _moment in said} == set(zones) and len(said) > 8
    assert all(8 <= moment.astimezone(zones[place]).hour < 18 for place, moment in said), said
