"""Reminders of the steps of a plan: to whoever has a step to do, and to nobody once it is done or dropped."""

import pytest

from storage.tables.capas import Capa, CapaStep, Owed
from storage.tables.planning import DueNote, DueState
from tests.handlers.deeds import breached, capa_from_alert, changed, person, plan_made, rows
from tests.handlers.reminders.moments import at, reach
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

STEP = "“Hang a light above the door” of CAPA 1"


def planned(town: Town) -> None:
    """A plan with one step of Amina's until the tenth of December, which the mentor has approved."""
    breached(town)
    lucia = capa_from_alert(town, due="")
    plan_made(town.phone("tg-amina"), "2026-12-10")
    lucia.tap("Approve the plan")
    town.joined("duc")


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.after(planned)


def told(town: Town, key: str) -> list[str]:
    """The days on which somebody was told of a step."""
    steps = [row for row in rows(town, DueNote) if row.kind.startswith("capa.step") and row.state is DueState.SAID]
    return [str(row.day) for row in steps if row.told_id == person(town, key).id]


def live(town: Town, *days: str) -> None:
    for day in days:
        reach(town, day)


def test_step_is_told_a_week_and_a_day_before_on_the_day_and_after_it(town: Town) -> None:
    live(town, "2026-12-03", "2026-12-09", "2026-12-10", "2026-12-11", "2026-12-18")
    assert told(town, "amina") == ["2026-12-03", "2026-12-09", "2026-12-10", "2026-12-11", "2026-12-18"]
    assert told(town, "duc") == [], "nobody else is told"
    words = town.transcript("tg-amina")
    assert words.count(f"A reminder: {STEP} is to be done by 10 December 2026.") == 3
    assert words.count(f"{STEP} was to be done by 10 December 2026. Is it done?") == 2
    assert "Nobody else is told." in town.phone("tg-amina").tap("Why this message?")


def test_step_of_somebody_else_is_told_to_them(town: Town) -> None:
    changed(town, rows(town, CapaStep)[0], owner_id=person(town, "duc").id)
    live(town, "2026-12-03")
    assert (told(town, "amina"), told(town, "duc")) == ([], ["2026-12-03"])


def test_step_that_is_done_is_not_told_any_more(town: Town) -> None:
    live(town, "2026-12-03")
    town.tick(at("2026-12-08", 18))
    assert [row.state for row in step_notes(town)] == [DueState.SAID, DueState.PLANNED]
    amina = town.phone("tg-amina")
    done(amina)
    live(town, "2026-12-09", "2026-12-10", "2026-12-11")
    assert told(town, "amina") == ["2026-12-03"]
    assert [(row.state, row.reason) for row in step_notes(town)][1:] == [(DueState.DROPPED, "settled")]


def test_step_of_a_plan_that_was_dropped_or_is_blocked_is_not_told(town: Town) -> None:
    capa = rows(town, Capa)[0]
    changed(town, capa, owed=Owed.NOTHING, owed_on=None, blocked_since=at("2026-12-01"))
    live(town, "2026-12-03")
    assert told(town, "amina") == []
    changed(town, capa, owed=Owed.CLOSE, owed_on=capa.due_on, blocked_since=None)
    changed(town, rows(town, CapaStep)[0], dropped=True)
    live(town, "2026-12-09", "2026-12-10")
    assert told(town, "amina") == []


def test_step_whose_day_was_moved_is_told_by_its_new_day(town: Town) -> None:
    town.tick(at("2026-12-02", 18))
    changed(town, rows(town, CapaStep)[0], due_on=at("2026-12-17").date())
    live(town, "2026-12-03", "2026-12-10")
    assert told(town, "amina") == ["2026-12-10"]


def step_notes(town: Town) -> list[DueNote]:
    return [row for row in rows(town, DueNote) if row.kind.startswith("capa.step")]


def done(amina: Talker) -> None:
    """The step is done, without a photo."""
    amina.command("capa", "1")
    amina.tap("Step 1 is done")
    amina.tap("I have none")
