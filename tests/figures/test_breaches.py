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
