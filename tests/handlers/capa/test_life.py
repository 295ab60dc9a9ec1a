"""A CAPA's whole life, played on both channels: the supplier on a phone or in Slack, the mentor in Slack."""

from datetime import UTC, datetime, timedelta

import pytest

from handlers.message import FileRef, Submitted
from storage import people
from storage.tables.capas import Capa, CapaEvent, CapaState, Owed
from storage.tables.figures import Breach, BreachState
from tests.handlers.deeds import breached, capa_from_alert, plan_made, rows, work_done
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

PHOTO = FileRef("file-1", "photo", "light.jpg", "image/jpeg", 2000)
JANUARY, FEBRUARY = datetime(2027, 1, 11, 3, tzinfo=UTC), datetime(2027, 2, 8, 10, tzinfo=UTC)


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina's figure is above the limit, and Lucia's channel has the alert."""
    return stage.after(breached)


def plain(said: str) -> str:
    return said.replace("<i>", "").replace("</i>", "")


def capa(town: Town) -> Capa:
    return rows(town, Capa)[0]


def events(town: Town) -> list[str]:
    return [row.what for row in rows(town, CapaEvent)]


def figure(owner: Talker, label: str, typed: str) -> str:
    owner.command("figures")
    owner.tap(label)
    said = owner.say(typed)
    if "Is that right?" not in said:
        # The assistant doubts it: the number is right.
        owner.tap(next(one for one in owner.labels if "right" in one.lower()))
        if owner.labels and "Yes, send it" not in owner.labels:
            owner.say("We run a new line.")
    return owner.tap("Yes, send it")


def in_slack(town: Town) -> Talker:
    """Amina in the workspace, whom the last word from there has made the place to write to."""
    with town.store.write() as session:
        amina = people.by_key(session, "amina")
        assert amina is not None
        people.connect(session, amina, "slack", "U0AMINA", "U0AMINA", town.clock.now() + timedelta(minutes=1))
    return town.slack("U0AMINA")


@pytest.mark.parametrize("channel", ["telegram", "slack"])
def test_whole_life_until_the_figures_say_that_it_has_helped(town: Town, channel: str) -> None:
    owner = town.phone("tg-amina") if channel == "telegram" else in_slack(town)
    lucia = capa_from_alert(town, due="")
    assert (capa(town).state, capa(town).owed) == (CapaState.PLAN_REQUESTED, Owed.PLAN)
    assert str(capa(town).owed_on) == "2026-12-10", "14 working days of the site"
    town.tick(minutes=1)
    assert "A corrective action for Song Cau Bac Ninh" in town.transcript(owner.at.conversation)
    assert "is handed in" in plan_made(owner)
    assert (capa(town).owed, capa(town).owed_on) == (Owed.NOTHING, None)
    lucia.tap("Return it", trigger="t")
    lucia.submit({"why": "What happens at weekends?"})
    assert "returned the plan. <i>What happens at weekends?</i>" in town.transcript(owner.at.conversation)
    assert "What should be different: What happens at weekends?" in plain(owner.press("r:capa.plan:1"))
    for _part in ("cause", "action"):
        owner.tap("Keep it")
    owner.tap("Nowhere else")
    owner.tap("Keep it")
    owner.tap("Yes, send it")
    lucia.tap("Approve the plan")
    assert (capa(town).state, capa(town).owed) == (CapaState.IN_PROGRESS, Owed.CLOSE)
    assert "The work on CAPA 1 is handed in" in work_done(owner, PHOTO)
    lucia.tap("It is done")
    assert capa(town).state is CapaState.WATCHING and capa(town).verified_by_id == rows(town, Capa)[0].opened_by_id
    closed_by_figures(town, owner)


def closed_by_figures(town: Town, owner: Talker) -> None:
    """November is not a whole month after the work; December, January and February are, and they stay within."""
    for month, moment in (("November 2026", datetime(2026, 12, 7, 3, tzinfo=UTC)), ("December 2026", JANUARY)):
        town.tick(moment)
        figure(owner, f"Electricity, {month}", "14000 kWh")
        assert capa(town).state is CapaState.WATCHING
    town.tick(FEBRUARY)
    assert capa(town).state is CapaState.CLOSED, "its day came with one good figure"
    assert events(town)[-1] == "effective"
    told = owner.press("r:capa.history:1")
    assert "stayed within the limit (December 2026: 14,000 kWh, limit 15,000 kWh)" in told
    lucia = town.slack("U0LUCIA")
    assert lucia.press("r:capa.history:1") == told, "both sides read the same history"


def watched(town: Town) -> Talker:
    """A CAPA whose work is checked; Amina on her phone."""
    amina, lucia = town.phone("tg-amina"), capa_from_alert(town, due="")
    plan_made(amina)
    lucia.tap("Approve the plan")
    work_done(amina)
    lucia.tap("It is done")
    return amina


def test_a_figure_that_breaks_again_opens_it_again_by_itself(town: Town) -> None:
    amina = watched(town)
    town.tick(JANUARY)
    figure(amina, "Electricity, December 2026", "16400 kWh")
    assert (capa(town).state, capa(town).owed) == (CapaState.PLAN_REQUESTED, Owed.PLAN)
    assert capa(town).owed_on and str(capa(town).owed_on) > "2027-01-11"
    assert [row.state for row in rows(town, Breach)] == [BreachState.TAKEN_UP] * 2
    said = "A figure is beyond the limit again (December 2026: 16,400 kWh, limit 15,000 kWh). The CAPA is open again."
    assert said in town.transcript("tg-amina")
    assert said in town.transcript("C0ASIA")
    assert "CAPA 1 is open again because of this." in town.transcript("C0ASIA")
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.press("r:capa.open:2", trigger="t")
    assert lucia.toast == "An earlier CAPA is open again because of this."


def test_enough_good_figures_close_it_before_its_day(town: Town) -> None:
    amina = watched(town)
    with town.store.write() as session:
        session.get_one(Capa, 1).check_figures = 1
    town.tick(JANUARY)
    figure(amina, "Electricity, December 2026", "14000 kWh")
    assert capa(town).state is CapaState.CLOSED and capa(town).closed_at is not None
    assert "It has helped: the CAPA is closed." in town.transcript("tg-amina")


def test_without_a_figure_the_mentor_is_asked_on_the_day(town: Town) -> None:
    watched(town)
    town.tick(FEBRUARY)
    assert capa(town).state is CapaState.WATCHING
    assert "no figure since then is in yet. Has it helped?" in town.transcript("C0ASIA")
    lucia = town.slack("U0LUCIA", "C0ASIA")
    lucia.tap("It has not helped", trigger="t")
    lucia.submit({"why": "It ran last night again."})
    assert capa(town).state is CapaState.PLAN_REQUESTED
    assert "not helped yet. The CAPA is open again. <i>It ran last night again.</i>" in town.transcript("tg-amina")


def test_second_of_two_who_press_is_told_what_has_changed(town: Town) -> None:
    amina, lucia = town.phone("tg-amina"), capa_from_alert(town)
    plan_made(amina)
    approve = lucia.find("Approve the plan")
    helena = town.slack("U0HELENA")
    helena.press(approve)
    assert capa(town).state is CapaState.IN_PROGRESS
    lucia.press(approve)
    assert "CAPA 1 has changed since you saw it. Helena" in lucia.toast and "approved the plan" in lucia.toast
    assert events(town).count("approve_plan") == 1


def test_modal_that_was_open_while_another_decided_changes_nothing(town: Town) -> None:
    amina, lucia = town.phone("tg-amina"), capa_from_alert(town)
    plan_made(amina)
    lucia.tap("Return it", trigger="t")
    hers = Submitted(lucia.form["action"], {"why": "No"})
    helena = town.slack("U0HELENA")
    helena.press("r:capa.approve:1.2")
    assert "CAPA 1 is being worked on" in lucia.send(hers)
    assert capa(town).state is CapaState.IN_PROGRESS


def test_good_figures_on_an_early_day_are_looked_at_again(town: Town) -> None:
    amina = watched(town)
    with town.store.write() as session:
        session.get_one(Capa, 1).severity = "zero_tolerance"
    town.tick(JANUARY)
    figure(amina, "Electricity, December 2026", "14000 kWh")
    town.tick(FEBRUARY)
    assert (capa(town).state, str(capa(town).check_on)) == (CapaState.WATCHING, "2027-02-21")
    said = "It has helped so far (December 2026: 14,000 kWh, limit 15,000 kWh). It is looked at again later."
    assert said in town.transcript("C0ASIA") and said in town.transcript("tg-amina")
    assert "Has it helped?" not in town.transcript("C0ASIA")
    town.tick(datetime(2027, 2, 22, 10, tzinfo=UTC))
    assert capa(town).state is CapaState.CLOSED
