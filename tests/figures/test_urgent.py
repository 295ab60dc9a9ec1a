"""Deaths at work: told at once and at any hour, nothing asked that need not be, until a person has spoken to them."""

from datetime import UTC, datetime

import pytest

from storage import people
from storage.tables.audit import AuditRow
from storage.tables.figures import Submission
from storage.tables.people import Role
from storage.tables.programme import Programme
from storage.tables.urgent import UrgentReport
from tests.handlers.deeds import changed, person, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

NIGHT = datetime(2026, 11, 28, 20, 30, tzinfo=UTC)
"""Half past three on a Sunday in Viet Nam, half past nine in the evening of Saturday in Spain."""
DEATHS = "Deaths at work, October 2026"
URGENT = "urgent@fairthread.example, day and night"
CHEERFUL = ("Thank you", "Well done", "Send the next", "lesson", "Next")


def asked_for_deaths(town: Town) -> None:
    """The tier of Amina's supplier asks for deaths first, then for injuries."""
    programme = rows(town, Programme)[0]
    tiers = programme.settings["tiers"] | {"high": {"metrics": ["deaths", "injuries"], "evidence": ["deaths"]}}
    changed(town, programme, settings=programme.settings | {"tiers": tiers, "urgent_contact": URGENT})
    with town.store.write() as session:
        for one in people.with_role(session, Role.MANAGER):
            people.connect(session, one, "slack", f"U0{one.key.upper()}", f"D0{one.key.upper()}", town.clock.now())
    town.joined("amina")


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.after(asked_for_deaths)


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.phone("tg-amina")


def told_at_night(town: Town, amina: Talker) -> str:
    """Amina tells of a death on a Saturday night; what she is shown last."""
    town.clock.moment = NIGHT
    amina.command("death")
    return amina.tap("Yes, tell them now")


def test_death_is_told_at_once_and_at_any_hour(town: Town, amina: Talker) -> None:
    told_at_night(town, amina)
    for place in ("C0ASIA", "D0HELENA"):
        assert "A death at work" in town.transcript(place) and "Song Cau" in town.transcript(place)
        assert "Please speak to them today" in town.transcript(place)
    (row,) = rows(town, UrgentReport)
    assert (row.metric, row.period, row.at) == ("deaths", "", NIGHT)


def test_who_tells_of_a_death_reads_who_calls_and_where_help_is_and_is_asked_nothing(town: Town, amina: Talker) -> None:
    shown = told_at_night(town, amina)
    assert "I am very sorry" in shown and "Lucia Moreno, who will call you today" in shown
    assert "emergency services" in shown and URGENT in shown
    assert not [word for word in CHEERFUL if word in shown]
    assert amina.labels == []


def test_nothing_that_was_put_aside_is_offered_after_a_death(town: Town, amina: Talker) -> None:
    amina.command("lesson")
    assert "in the middle" not in told_at_night(town, amina)
    assert amina.labels == []
    assert "The meter shows a number" in amina.command("back") + amina.tap("Next")


def test_no_tells_nobody(town: Town, amina: Talker) -> None:
    amina.command("death")
    assert "told nobody" in amina.tap("No")
    assert rows(town, UrgentReport) == [] and town.transcript("C0ASIA") == ""


def test_contact_is_recorded_with_who_and_when_and_shown_to_all(town: Town, amina: Talker) -> None:
    told_at_night(town, amina)
    town.clock.moment = NIGHT.replace(hour=21)
    helena = town.slack("U0HELENA", "D0HELENA")
    helena.tap("I have spoken to them")
    (row,) = rows(town, UrgentReport)
    assert (row.spoken_by_id, row.spoken_at) == (person(town, "helena").id, NIGHT.replace(hour=21))
    assert "Helena Costa has spoken to them: 28 November 2026, 22:30" in town.transcript("C0ASIA")
    assert "death spoken about" in [one.what for one in rows(town, AuditRow)]
    lucia = town.slack("U0LUCIA", "C0ASIA")
    assert "Helena Costa has spoken to them already" in lucia.tap("I have spoken to them") + lucia.toast


@pytest.mark.parametrize(("spoken", "times"), [(False, 1), (True, 0)])
def test_who_has_not_heard_of_a_contact_is_told_again_the_same_night(
    town: Town, amina: Talker, spoken: bool, times: int
) -> None:
    told_at_night(town, amina)
    if spoken:
        town.slack("U0LUCIA", "C0ASIA").tap("I have spoken to them")
    town.tick(hours=3)
    assert town.transcript("C0ASIA").count("Nobody has noted") == 0
    town.tick(hours=1, minutes=1)
    town.tick(hours=1)
    assert town.transcript("C0ASIA").count("Nobody has noted") == times
    assert town.transcript("D0HELENA").count("Nobody has noted") == times


def test_supplier_of_another_site_cannot_say_that_somebody_was_spoken_to(town: Town, amina: Talker) -> None:
    told_at_night(town, amina)
    action = town.slack("U0LUCIA", "C0ASIA").find("I have spoken to them")
    for stranger in (amina, town.joined("jorge"), town.slack("U0MARTIN", "C0WEST")):
        stranger.press(action)
        assert rows(town, UrgentReport)[0].spoken_by_id is None


def asked(amina: Talker, which: str = DEATHS) -> None:
    amina.command("figures")
    amina.tap(which)


def test_figure_of_deaths_is_confirmed_once_and_told_at_once(town: Town, amina: Talker) -> None:
    asked(amina)
    assert "1 person died because of work at Song Cau Bac Ninh" in amina.say("1")
    shown = amina.tap("Yes, that is right")
    assert "I am very sorry" in shown and not [word for word in CHEERFUL if word in shown]
    assert amina.labels == []
    (figure,) = rows(town, Submission)
    assert (figure.metric, figure.base_value) == ("deaths", 1)
    assert "Amina Tran has sent the number for October 2026: 1" in town.transcript("C0ASIA")


def test_mistyped_number_of_deaths_alarms_nobody(town: Town, amina: Talker) -> None:
    asked(amina)
    amina.say("11")
    amina.tap("No, I typed it wrong")
    assert "<b>0</b>. Is that right?" in amina.say("0")
    amina.tap("Yes, send it")
    assert rows(town, UrgentReport) == [] and town.transcript("C0ASIA") == ""


def test_number_of_deaths_is_not_refused_over_another_figure(town: Town, amina: Talker) -> None:
    asked(amina, "Work injuries")
    amina.say("0")
    amina.tap("Yes, send it")
    asked(amina)
    assert "1 person died" in amina.say("1")


def test_sitting_waits_after_a_death_and_loses_nothing(town: Town, amina: Talker) -> None:
    asked(amina, "All of these")
    amina.say("2")
    shown = amina.tap("Yes, that is right")
    assert "I am very sorry" in shown and "can wait" in shown and "How many work injuries" not in shown
    assert len(rows(town, UrgentReport)) == 1
    assert "How many work injuries" in amina.tap("Go on with them")
    amina.say("2")
    amina.tap("Yes, send it")
    assert [(row.metric, int(row.base_value)) for row in rows(town, Submission)] == [("deaths", 2), ("injuries", 2)]
    assert town.transcript("D0HELENA").count("has sent the number") == 1


def test_corrected_number_of_deaths_is_shown_on_the_alert_and_told_below_it(town: Town, amina: Talker) -> None:
    asked(amina)
    amina.say("1")
    amina.tap("Yes, that is right")
    amina.command("sent")
    amina.tap("Deaths at work")
    amina.tap("Correct it")
    amina.say("2")
    amina.tap("Yes, that is right")
    assert len(rows(town, UrgentReport)) == 1
    assert "has sent the number for October 2026: 2" in town.transcript("C0ASIA")
    assert "Amina Tran has corrected the figure: 2." in town.transcript("C0ASIA")


@pytest.mark.parametrize("typed", ["death November 1", "fatality: 1 in November"])
def test_line_about_a_month_that_is_not_over_leads_to_the_question_and_not_to_a_refusal(
    town: Town, amina: Talker, typed: str
) -> None:
    assert "Has somebody died because of work" in amina.say(typed)


def test_line_works_where_the_tier_does_not_ask(town: Town) -> None:
    jorge = town.joined("jorge")
    assert "Has somebody died because of work" in jorge.say("deaths November 1")


def test_nought_that_is_changed_into_a_death_is_told_at_once(town: Town, amina: Talker) -> None:
    asked(amina, "All of these")
    amina.say("0")
    amina.say("2")
    amina.tap("Change: Deaths")
    amina.say("1")
    shown = amina.tap("Yes, that is right")
    assert "I am very sorry" in shown and "Work injuries" in shown
    assert len(rows(town, UrgentReport)) == 1
    assert "Still open: 0" in amina.tap("Yes, send it")
    assert [(row.metric, int(row.base_value)) for row in rows(town, Submission)] == [("deaths", 1), ("injuries", 2)]


def test_nobody_can_be_reached_is_said_and_not_hidden(town: Town, amina: Talker) -> None:
    changed(town, person(town, "lucia"), channel="")
    changed(town, person(town, "helena"), role=Role.SUPPLIER)
    amina.command("death")
    assert "could not reach anybody" in amina.tap("Yes, tell them now")
