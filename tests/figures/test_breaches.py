"""What a mentor does with alerts: seen, later; rules over several periods; what is missing."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from storage.tables.figures import Breach, BreachState, Submission
from storage.tables.programme import Programme, Site
from tests.handlers.deeds import breached, capa_from_alert, changed, figure_sent, rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town

OCTOBER = 2026 * 12 + 9


@pytest.fixture
def alerted(stage: Stage) -> Town:
    """Lucia's channel has an alert about Amina's electricity."""
    return stage.after(breached)


@pytest.fixture
def lucia(alerted: Town) -> Talker:
    return alerted.slack("U0LUCIA", "C0ASIA")


def test_alert_says_who_has_seen_it(alerted: Town, lucia: Talker) -> None:
    lucia.tap("I have seen it")
    assert "Seen by Lucia Moreno." in alerted.transcript("C0ASIA")
    assert rows(alerted, Breach)[0].seen_by_id is not None


def test_snoozed_alert_comes_again_after_a_week_in_its_thread(alerted: Town, lucia: Talker) -> None:
    lucia.tap("Remind me in a week")
    alerted.tick(days=6)
    assert len(posts(alerted)) == 1
    alerted.tick(days=1, hours=1)
    assert [one["thread"] for one in posts(alerted)] == ["", f"@breach/{rows(alerted, Breach)[0].id}/alert"]


def test_snoozed_alert_that_was_taken_up_does_not_come_again(alerted: Town, lucia: Talker) -> None:
    lucia.tap("Remind me in a week")
    capa_from_alert(alerted)
    alerted.tick(days=7, hours=1)
    assert len(posts(alerted)) == 1


def test_alert_that_was_taken_up_is_neither_seen_nor_snoozed(alerted: Town, lucia: Talker) -> None:
    action = lucia.find("I have seen it")
    capa_from_alert(alerted)
    assert rows(alerted, Breach)[0].state is BreachState.TAKEN_UP
    assert "taken this up already" in lucia.press(action) + lucia.toast


def posts(town: Town) -> list[dict[str, Any]]:
    """The messages in Lucia's channel that show the alert."""
    shown = [one for place, one in town.shown if place == "C0ASIA" and one["kind"] == "message"]
    return [one for one in shown if "above the limit" in one["text"]]


def with_rule(town: Town, **rule: object) -> None:
    """Give the programme one threshold for Amina's site and no other."""
    programme = rows(town, Programme)[0]
    threshold = {"metric": "electricity", "site": "song-cau", **rule}
    changed(town, programme, settings=programme.settings | {"thresholds": [threshold]})


def past(town: Town, *values: int) -> None:
    """Amina's site has sent these for the months before October, oldest first."""
    site = next(row for row in rows(town, Site) if row.key == "song-cau")
    with town.store.write() as session:
        for back, value in enumerate(reversed(values), start=1):
            month = OCTOBER - back
            session.add(
                Submission(
                    site_id=site.id,
                    metric="electricity",
                    period=f"{month // 12}-{month % 12 + 1:02d}",
                    version=1,
                    value=Decimal(value),
                    unit="kWh",
                    base_value=Decimal(value),
                    base_unit="kWh",
                    metric_version=1,
                    at=datetime(2026, 10, 1, tzinfo=UTC),
                )
            )


def test_twelve_months_above_their_limit_raise_an_alert(town: Town) -> None:
    with_rule(town, rule="rolling", limit="140000")
    past(town, *[12000] * 11)
    figure_sent(town.joined("amina"), "12500 kWh")
    assert "twelve months above the limit" in town.transcript("C0ASIA") and "144,500 kWh" in town.transcript("C0ASIA")


def test_less_than_twelve_months_are_no_year(town: Town) -> None:
    with_rule(town, rule="rolling", limit="100000")
    past(town, *[12000] * 10)
    figure_sent(town.joined("amina"), "12500 kWh")
    assert rows(town, Breach) == []


def test_steady_change_for_the_worse_raises_an_alert(town: Town) -> None:
    with_rule(town, rule="drift", limit="10", periods=3)
    past(town, 12000, 11000, 11500, 12100)
    figure_sent(town.joined("amina"), "12700 kWh")
    (breach,) = rows(town, Breach)
    assert (breach.rule, breach.value) == ("drift", Decimal("15.5"))
    assert "15.5 % worse" in town.transcript("C0ASIA")


def test_change_that_is_not_steady_raises_none(town: Town) -> None:
    with_rule(town, rule="drift", limit="10", periods=3)
    past(town, 11000, 12500, 12100)
    figure_sent(town.joined("amina"), "12700 kWh")
    assert rows(town, Breach) == []


def test_mentor_is_told_once_what_is_missing(stage: Stage) -> None:
    town = stage.after(breached)
    for hour in (9, 10, 11):
        town.tick(datetime(2026, 12, 16, hour, tzinfo=UTC))
    found = [one["text"] for place, one in town.shown if place == "C0ASIA" and "missing" in one["text"]]
    assert len(found) == 1
    assert "Song Cau Bac Ninh" in found[0] and "1 site" in found[0]


def test_nothing_is_missing_where_nobody_has_joined(town: Town) -> None:
    for hour in (9, 10):
        town.tick(datetime(2026, 12, 16, hour, tzinfo=UTC))
    assert "missing" not in town.transcript("C0ASIA")


def test_lesson_is_offered_to_the_data_owner_who_may_start_it(alerted: Town, lucia: Talker) -> None:
    assert "Amina Tran" in lucia.tap("Offer the lesson: Measuring energy")
    assert "Lesson offered to Amina Tran: Measuring energy." in alerted.transcript("C0ASIA")
    alerted.tick(minutes=5)
    offered = alerted.transcript("tg-amina")
    assert "Electricity of Song Cau Bac Ninh in October 2026 is beyond its limit. Lucia Moreno" in offered
    assert "The main meter tells you" in alerted.phone("tg-amina").tap("Start the lesson")


def test_lesson_is_offered_in_the_readers_language_and_working_hours_and_once(alerted: Town, lucia: Talker) -> None:
    alerted.joined("amina", "vi")
    alerted.clock.moment = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
    action = lucia.find("Offer the lesson: Measuring energy")
    lucia.press(action)
    before = alerted.transcript("tg-amina")
    alerted.tick(minutes=20)
    assert alerted.transcript("tg-amina") == before
    alerted.tick(hours=10)
    assert alerted.transcript("tg-amina") != before
    assert "offered already" in lucia.press(action) + lucia.toast
    assert "Offer the lesson: Measuring energy" not in "".join(newest_alert(alerted))


def newest_alert(town: Town) -> list[str]:
    """The buttons of the alert as it stands."""
    shown = [one for place, one in town.shown if place == "C0ASIA" and one["key"].startswith("breach/")]
    last = [one for one in shown if one["kind"] == "edit"][-1]
    return [button["label"] for row in last["buttons"] for button in row]


def test_lesson_for_a_figure_that_was_put_right_is_not_offered_any_more(alerted: Town, lucia: Talker) -> None:
    lucia.tap("Offer the lesson")
    amina = alerted.phone("tg-amina")
    amina.command("sent")
    amina.tap("Electricity")
    amina.tap("Correct it")
    amina.say("12500")
    amina.say("A slip of the pen")
    amina.tap("Yes, correct it")
    alerted.tick(hours=40)
    assert "can help" not in alerted.transcript("tg-amina")


def test_nobody_is_offered_a_lesson_where_nobody_can_be_reached(alerted: Town, lucia: Talker) -> None:
    amina = alerted.phone("tg-amina")
    amina.happen("blocked")
    assert "joined yet" in lucia.tap("Offer the lesson") + lucia.toast


def test_words_go_to_the_phone_and_the_answer_comes_below_the_alert(alerted: Town, lucia: Talker) -> None:
    lucia.tap("Write to the site", trigger="t")
    assert "read these words" in str(lucia.form)
    lucia.submit({"words": "Was the new line running in <October>?"})
    assert "Lucia Moreno</b> writes to you about Electricity" in alerted.transcript("tg-amina")
    assert "Was the new line running in <October>?" in alerted.transcript("tg-amina")
    amina = alerted.phone("tg-amina")
    amina.tap("Answer")
    assert "Sent to your mentor" in amina.say("Yes, from the third on.")
    below = [one for place, one in alerted.shown if place == "C0ASIA" and one["thread"].startswith("@breach/")]
    assert [words for words in ("has written to Amina Tran", "Yes, from the third on.") if words in str(below)] == [
        "has written to Amina Tran",
        "Yes, from the third on.",
    ]
    lucia.tap("Write back", trigger="t")
    lucia.submit({"words": "Thank you."})
    assert "Thank you." in alerted.transcript("tg-amina")


def test_words_at_night_arrive_without_a_sound(alerted: Town, lucia: Talker) -> None:
    alerted.clock.moment = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)
    lucia.tap("Write to the site", trigger="t")
    lucia.submit({"words": "Please call me tomorrow."})
    (written,) = [one for place, one in alerted.shown if place == "tg-amina" and "call me" in one.get("text", "")]
    assert written["silent"]


@pytest.mark.parametrize("button", ["Offer the lesson", "Write to the site"])
def test_alert_of_another_mentors_site_is_not_acted_on(alerted: Town, lucia: Talker, button: str) -> None:
    martin = alerted.slack("U0MARTIN", "C0ASIA")
    before = alerted.transcript("tg-amina")
    martin.press(lucia.find(button), trigger="t")
    assert "somebody else" in martin.toast and alerted.transcript("tg-amina") == before
