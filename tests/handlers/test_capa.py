"""CAPAs: opened once for a breach, whoever presses, told to the owner, closed by the mentor."""

from datetime import date

import pytest

from handlers.message import Submitted
from storage.tables.capas import Capa, CapaEvent
from storage.tables.figures import Breach, BreachState
from storage.tables.programme import Site
from tests.handlers.deeds import breached, capa_from_alert, changed, person, rows, terms
from tests.handlers.stage import Stage
from tests.talks import Town


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina's figure is above the limit, and Lucia's channel has the alert."""
    return stage.after(breached)


def test_capa_is_stored_as_the_mentor_wants_it(town: Town) -> None:
    lucia = capa_from_alert(town, "2026-12-10", "Too much <b>power</b> & steam")
    capa = rows(town, Capa)[0]
    assert (capa.finding, capa.severity, capa.due_on) == ("Too much <b>power</b> & steam", "major", date(2026, 12, 10))
    assert capa.owner_id == person(town, "amina").id and capa.opened_by_id == person(town, "lucia").id
    assert [row.what for row in rows(town, CapaEvent)] == ["opened"]
    assert "CAPA 1 is open. Owner: Amina Tran. Due: 10 December 2026." in town.transcript(lucia.at.conversation)


def test_alert_of_a_breach_that_is_taken_up_has_no_button(town: Town) -> None:
    capa_from_alert(town)
    edits = [one for place, one in town.shown if place == "C0ASIA" and one["kind"] == "edit"]
    assert [(one["of"], one["buttons"]) for one in edits] == [("breach/1/alert", [])]


def test_button_of_a_breach_that_is_taken_up_names_the_capa(town: Town) -> None:
    lucia = capa_from_alert(town)
    before = len([now for now in town.given if now.modal])
    lucia.press("r:capa.open:1", trigger="t")
    assert "CAPA 1 is already open for this" in lucia.toast
    assert len([now for now in town.given if now.modal]) == before


def test_second_of_two_mentors_who_press_at_once_is_told(town: Town) -> None:
    lucia, martin = town.slack("U0LUCIA", "C0ASIA"), town.slack("U0MARTIN", "C0WEST")
    lucia.press("r:capa.open:1", trigger="t")
    hers = Submitted(lucia.form["action"], terms(lucia))
    changed(town, rows(town, Site)[0], mentor_id=person(town, "martin").id)
    martin.press("r:capa.open:1", trigger="t")
    assert "CAPA 1 is open" in martin.submit(terms(martin, finding="Martin's"))
    assert "Somebody else has opened a CAPA for this meanwhile." in lucia.send(hers)
    assert [row.finding for row in rows(town, Capa)] == ["Martin's"]
    assert [row.state for row in rows(town, Breach)] == [BreachState.TAKEN_UP]


def test_owner_is_told_in_their_own_language(blank: Town) -> None:
    blank.joined("jorge", "es")
    martin = blank.slack("U0MARTIN", "C0WEST")
    figure_sent_in_spanish(blank)
    martin.press("r:capa.open:1", trigger="t")
    martin.submit(terms(martin))
    blank.tick(hours=8)
    assert "Too much power" in blank.transcript("tg-jorge")
    assert "A corrective action" not in blank.transcript("tg-jorge")


def figure_sent_in_spanish(town: Town) -> None:
    """One injury at Jorge's site, which is one above the limit."""
    jorge = town.phone("tg-jorge")
    jorge.command("figures")
    injuries = next(
        place for place, label in enumerate(jorge.labels, 1) if "Accidentes" in label or "Lesiones" in label
    )
    jorge.say(str(injuries))
    jorge.say("1")
    jorge.tap("Sí")


@pytest.mark.parametrize("role", ["owner", "mentor"])
def test_open_capas_are_listed_for_those_they_concern(town: Town, role: str) -> None:
    capa_from_alert(town)
    talker = town.phone("tg-amina") if role == "owner" else town.slack("U0LUCIA")
    said = talker.command("capas")
    assert "CAPA 1</b>, Song Cau Bac Ninh: Too much power.\nDue by 10 December 2026: a plan." in said
    assert talker.labels == ["Look at CAPA 1"]


def test_site_without_people_gets_no_form(town: Town) -> None:
    for key in ("amina", "duc"):
        changed(town, person(town, key), active=False)
    lucia = town.slack("U0LUCIA", "C0ASIA")
    assert "Nobody at this site has joined yet" in lucia.tap("Open a CAPA", trigger="t")
