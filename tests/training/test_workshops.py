"""Workshops: offered, joined while there are places, left, reminded of, ticked off, and called off."""

from storage.tables.workshops import Seat, Workshop
from tests.handlers.deeds import rows
from tests.talks import Talker, Town
from tests.training.school import programme_says

TERMS = {
    "kind": "workshop",
    "topic": "safety",
    "title": "Fire doors",
    "day": "2026-12-10",
    "place": "10:00, canteen",
    "places": "5",
    "site": "all",
}


def offered(town: Town, **other: str) -> Talker:
    """A workshop that Lucia offers; Lucia in her direct message."""
    programme_says(town, training=[])
    lucia = town.slack("U0LUCIA")
    lucia.command("workshop", trigger="t")
    lucia.submit(TERMS | other)
    town.tick(hours=1)
    return lucia


def test_offer_reaches_the_mentors_people_and_can_be_joined_and_left(town: Town, amina: Talker) -> None:
    rosa = town.joined("rosa")
    offered(town)
    assert "<b>Fire doors</b> (Workshop), 10 December 2026. 10:00, canteen." in town.transcript("tg-amina")
    assert "Fire doors" not in town.transcript("tg-rosa")
    assert "You have a place" in amina.tap("I want to come")
    amina.tap("I want to come")
    assert amina.toast == "You have a place already."
    assert "free for somebody else" in amina.tap("I cannot come")
    assert "You have a place" in amina.tap("I can come after all")
    rosa.press("r:seat.join:1")
    assert rosa.toast == "This no longer exists."
    assert len(rows(town, Seat)) == 1


def test_no_more_join_than_there_are_places(town: Town, amina: Talker) -> None:
    duc = town.joined("duc")
    offered(town)
    with town.store.write() as session:
        row = session.get_one(Workshop, 1)
        row.places = 1
    amina.tap("I want to come")
    duc.tap("I want to come")
    assert "All places are taken" in duc.toast


def test_who_joined_is_reminded_on_the_working_day_before_and_ticked_off_on_the_day(town: Town, amina: Talker) -> None:
    lucia = offered(town)
    amina.tap("I want to come")
    assert "1 of 5 places are taken" in lucia.command("workshops")
    assert "Amina Tran was there" not in lucia.labels
    town.tick(town.clock.moment.replace(month=12, day=9, hour=2))
    assert "Soon: <b>Fire doors</b>" in town.transcript("tg-amina")
    town.tick(town.clock.moment.replace(month=12, day=10, hour=12))
    lucia.command("workshops")
    assert "It stands in the record" in lucia.tap("Amina Tran was there")
    assert "You were in 1 workshop." in amina.command("progress")
    assert "1 seat in a workshop was taken" in lucia.command("training")


def test_workshop_that_is_called_off_is_told_to_who_joined_and_cannot_be_joined(town: Town, amina: Talker) -> None:
    lucia = offered(town)
    amina.tap("I want to come")
    lucia.command("workshops")
    assert "is called off" in lucia.tap("Call off")
    town.tick(minutes=1)
    assert "This does not take place" in town.transcript("tg-amina")
    amina.press("r:seat.join:1")
    assert amina.toast == "This was called off."


def test_workshop_of_another_mentor_is_nobody_elses_to_call_off_or_tick_off(town: Town, amina: Talker) -> None:
    offered(town)
    amina.tap("I want to come")
    martin = town.slack("U0MARTIN")
    for deed in ("workshop.off", "seat.attended"):
        martin.press(f"r:{deed}:1")
        assert martin.toast == "This no longer exists."
    assert [row.attended_at for row in rows(town, Seat)] == [None]
