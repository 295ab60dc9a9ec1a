"""More time and stopped clocks: asked for with a reason, decided by whoever holds that right, moved by rule."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.tables.capas import Capa, CapaEvent, CapaExtension, CapaState, ExtensionState, Owed
from storage.tables.tickets import Ticket
from tests.handlers.capa.test_plan import major
from tests.handlers.deeds import plan_made, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

FRIDAY = datetime(2026, 12, 4, 3, tzinfo=UTC)


@pytest.fixture
def town(stage: Stage) -> Town:
    """A major CAPA that Amina owns; a plan is due on the 10th of December."""
    return stage.after(major)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.phone("tg-amina")


def capa(town: Town) -> Capa:
    return rows(town, Capa)[0]


def asks(amina: Talker, until: str = "2026-12-17") -> str:
    amina.command("capa", "1")
    amina.tap("I need more time")
    amina.say(until)
    return amina.say("The electrician is ill")


def decides(decider: Talker, label: str, why: str) -> str:
    decider.tap(label, trigger="t")
    return decider.submit({"why": why})


def test_more_time_is_asked_with_a_day_and_a_reason(town: Town, amina: Talker) -> None:
    amina.command("capa", "1")
    assert "It is due on 10 December 2026. Until when" in amina.tap("I need more time")
    assert "Please choose 11 December 2026 or later" in amina.say("2026-12-10")
    amina.say("2026-12-17")
    assert "asked for time until 17 December 2026" in amina.say("The electrician is ill")
    assert "asked for time until 17 December 2026. <i>The electrician is ill</i>" in town.transcript("C0ASIA")
    assert (capa(town).owed, str(capa(town).owed_on)) == (Owed.PLAN, "2026-12-10"), "asking alone moves nothing"
    amina.press("r:capa.moretime:1")
    assert "You have asked for more time already" in amina.toast


def test_first_extension_is_the_mentors_and_moves_the_day(town: Town, amina: Talker) -> None:
    asks(amina)
    lucia = town.slack("U0LUCIA", "C0ASIA")
    assert "The site is told" in decides(lucia, "Give more time", "Of course, get well.")
    assert str(capa(town).owed_on) == "2026-12-17" == str(capa(town).plan_on)
    assert "given more time, until 17 December 2026. <i>Of course, get well.</i>" in town.transcript("tg-amina")
    assert rows(town, CapaExtension)[0].state is ExtensionState.APPROVED


def test_refused_extension_keeps_the_day_and_says_why(town: Town, amina: Talker) -> None:
    asks(amina)
    decides(town.slack("U0LUCIA", "C0ASIA"), "Keep the day", "A plan needs no electrician.")
    assert str(capa(town).owed_on) == "2026-12-10"
    assert "10 December 2026 stays. <i>A plan needs no electrician.</i>" in town.transcript("tg-amina")


def test_further_extension_is_for_the_manager(town: Town, amina: Talker) -> None:
    lucia, helena = town.slack("U0LUCIA", "C0ASIA"), town.slack("U0HELENA")
    asks(amina)
    decides(lucia, "Give more time", "Fine")
    asks(amina, "2026-12-24")
    assert "This is decided by Helena" in town.transcript("C0ASIA")
    give = helena.find("Give more time")
    lucia.press(give, trigger="t")
    assert lucia.toast == "This is decided by whoever has the right to in the programme."
    assert str(capa(town).owed_on) == "2026-12-17"
    helena.press(give, trigger="t")
    helena.submit({"why": "The last time"})
    assert str(capa(town).owed_on) == "2026-12-24"


def test_nobody_decides_twice(town: Town, amina: Talker) -> None:
    asks(amina)
    lucia = town.slack("U0LUCIA", "C0ASIA")
    give = lucia.find("Give more time")
    decides(lucia, "Give more time", "Fine")
    lucia.press(give, trigger="t")
    assert "CAPA 1 has changed since you saw it" in lucia.toast
    assert [row.what for row in rows(town, CapaEvent)].count("decide_extension") == 1


def test_more_time_is_not_asked_after_the_day(town: Town, amina: Talker) -> None:
    town.clock.moment = datetime(2026, 12, 11, 3, tzinfo=UTC)
    amina.press("r:capa.moretime:1")
    assert "The day has passed." in amina.toast


def test_plan_makes_a_question_for_more_time_needless(town: Town, amina: Talker) -> None:
    asks(amina)
    plan_made(amina)
    assert rows(town, CapaExtension)[0].state is ExtensionState.DROPPED
    amina.press("r:capa.moretime:1")
    assert "The plan of CAPA 1 is being looked at" in amina.toast


def blocks(amina: Talker) -> str:
    amina.command("capa", "1")
    amina.tap("I am blocked")
    amina.tap("Permits")
    amina.say("The office must agree to the light")
    amina.tap("No photo")
    return amina.tap("Yes, send it")


def test_blocked_reports_an_obstacle_and_stops_the_clock(town: Town, amina: Talker) -> None:
    assert "The clock of CAPA 1 is stopped" in blocks(amina)
    (problem,) = rows(town, Ticket)
    assert (problem.capa_id, problem.words) == (1, "The office must agree to the light")
    assert (capa(town).blocked_by_id, capa(town).owed, capa(town).owed_on) == (problem.id, Owed.NOTHING, None)
    assert "cannot go on (problem 1). The clock is stopped." in town.transcript("C0ASIA")
    assert "Problem 1</b> from Amina" in town.transcript("C0ASIA")
    town.tick(datetime(2026, 12, 9, 3, tzinfo=UTC))
    assert "A reminder" not in town.transcript("tg-amina")


def test_clock_goes_on_when_the_obstacle_is_closed(town: Town, amina: Talker) -> None:
    blocks(amina)
    town.clock.moment = FRIDAY
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.press("r:ticket.close:1", trigger="t")
    lucia.submit({"reason": "solved"})
    # From Monday the 23rd to Friday the 4th ten days are worked in Bac Ninh: the 24th and two Sundays are free.
    days = [row.detail["days"] for row in rows(town, CapaEvent) if row.what == "unblock"]
    assert days == [9]
    assert (capa(town).owed, str(capa(town).owed_on)) == (Owed.PLAN, "2026-12-21")
    assert capa(town).blocked_since is None
    assert "is due 9 working days later" in town.transcript("tg-amina")


def test_clock_goes_on_when_the_problem_is_taken_back(town: Town, amina: Talker) -> None:
    blocks(amina)
    amina.press("r:ticket.back:1")
    assert (capa(town).blocked_since, capa(town).owed) == (None, Owed.PLAN)


def test_owner_says_that_it_can_go_on(town: Town, amina: Talker) -> None:
    blocks(amina)
    amina.tap("I can go on")
    assert (capa(town).owed, str(capa(town).owed_on)) == (Owed.PLAN, "2026-12-10"), "not a day has passed"
    amina.press("r:capa.unblock:1")
    assert amina.toast == "It is not blocked."


def test_plan_handed_in_while_blocked_starts_the_clock(town: Town, amina: Talker) -> None:
    due = capa(town).due_on
    blocks(amina)
    town.clock.moment = FRIDAY
    plan_made(amina, due="2026-12-20")
    assert capa(town).state is CapaState.PLAN_SUBMITTED and capa(town).blocked_since is None
    assert capa(town).due_on >= due + timedelta(days=9)
