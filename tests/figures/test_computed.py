"""Computed figures where people look: on the card, in words, against limits and targets, and in alerts."""

from decimal import Decimal

import pytest

from storage.tables.figures import Basis, Breach, BreachState
from tests.figures.test_status import figures, looked, remarks, set_rules, shown, trend
from tests.handlers.deeds import figure_sent, rows
from tests.talks import Talker, Town

SCOPE_2 = "Emissions of bought electricity (scope 2)"
TRIR = "Injury rate (TRIR)"
YEAR = ["2025-11", "2025-12", *[f"2026-{month:02d}" for month in range(1, 11)]]


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.joined("amina")


def safe_year(town: Town, cases: int = 1, until: int = 12) -> None:
    """Twelve months of 10,000 hours, with these injuries in the first."""
    figures(town, zip(YEAR[:until], [cases, *[0] * 11], strict=False), "injuries")
    figures(town, [(month, 10_000) for month in YEAR[:until]], "hours")


def test_computed_figures_are_on_the_card_and_said_and_marked(town: Town, amina: Talker) -> None:
    safe_year(town)
    figures(town, [("2026-09", 11_000), ("2026-10", 12_000)])
    text, card = looked(amina)
    assert f"Computed from this: {TRIR} 1.67 and {SCOPE_2} 5.834 t" in text
    assert trend(card, TRIR).said == "1.67"
    assert "Computed" in remarks(card, TRIR) and "Computed" not in remarks(card)
    assert [point.value for point in trend(card, SCOPE_2).points if point] == [Decimal("5.347430"), Decimal("5.833560")]
    assert "October 2026, 9 % above the average before that" in remarks(card, SCOPE_2)


def test_part_that_was_estimated_is_said(town: Town, amina: Talker) -> None:
    figures(town, [("2026-10", 12_000)], basis=Basis.ESTIMATED)
    _text, card = looked(amina)
    point = trend(card, SCOPE_2).points[-1]
    assert "Computed, partly from estimates" in remarks(card, SCOPE_2)
    assert point is not None and point.mark == "estimated"


def test_figure_that_cannot_be_computed_is_not_shown(town: Town, amina: Talker) -> None:
    safe_year(town, until=11)
    text, card = looked(amina)
    assert TRIR not in [one.name for one in card.trends] and "Computed" not in text


def test_tier_without_the_parts_has_no_such_figure(town: Town) -> None:
    figures(town, [("2026-10", 12_000)], "electricity", "padma")
    figures(town, [(month, 0) for month in YEAR], "injuries", "padma")
    _text, card = looked(town.slack("U0LUCIA"), "supplier", "padma")
    assert [one.name for one in card.trends] == ["Electricity", "Work injuries", SCOPE_2]


def test_target_of_a_computed_figure_is_held_against_it(town: Town, amina: Talker) -> None:
    safe_year(town)
    set_rules(town, thresholds=[], targets=[{"metric": "trir", "value": "1"}])
    text, card = looked(amina)
    assert f"Farthest from its target: {TRIR} in October 2026, 1.67, target 1." in text
    assert trend(card, TRIR).target == 1 and "Target: 1" in remarks(card, TRIR)


def test_year_so_far_is_held_against_the_target_of_the_year(town: Town, amina: Talker) -> None:
    figures(town, [(month, 10_000) for month in YEAR])
    set_rules(town, thresholds=[], targets=[{"metric": "scope-2", "value": "60"}])
    _text, card = looked(amina)
    (line,) = [one for one in remarks(card, SCOPE_2) if "so far" in one]
    assert line.endswith("this year so far; the target for the year is 60 t CO₂e")
    assert trend(card, SCOPE_2).target is None


def test_limit_of_a_computed_figure_raises_an_alert_when_a_part_comes_in(town: Town, amina: Talker) -> None:
    safe_year(town, until=11)
    set_rules(town, thresholds=[{"metric": "trir", "limit": "1.5"}])
    figure_sent(amina, "0", "Work injuries")
    assert rows(town, Breach) == []
    figure_sent(amina, "10000", "Hours worked")
    (breach,) = rows(town, Breach)
    assert (breach.metric, breach.period, breach.value) == ("trir", "2026-10", Decimal("1.67"))
    assert f"{TRIR} above the limit" in town.transcript("C0ASIA")
    assert [one.name for one in shown(town)[1].trends] == [TRIR]


def test_correction_of_a_part_settles_the_alert_of_the_computed_figure(town: Town, amina: Talker) -> None:
    safe_year(town, until=11)
    set_rules(town, thresholds=[{"metric": "trir", "limit": "1.5"}])
    figure_sent(amina, "0", "Work injuries")
    figure_sent(amina, "10000", "Hours worked")
    amina.command("sent")
    amina.tap("Hours worked, October 2026")
    amina.tap("Correct")
    amina.say("30000")
    if "My number is right" in amina.labels:
        amina.tap("My number is right")
        amina.say("Two shifts")
    amina.say("Overtime was left out")
    amina.tap("Yes")
    (breach,) = rows(town, Breach)
    assert breach.state is BreachState.SETTLED
    assert "Corrected: the figure that holds now breaks no limit." in town.transcript("C0ASIA")


def test_limit_of_a_year_waits_for_the_whole_year(town: Town, amina: Talker) -> None:
    set_rules(town, thresholds=[{"metric": "scope-2", "limit": "1"}])
    figures(town, [(month, 10_000) for month in YEAR[:-1]])
    figure_sent(amina, "10000 kWh")
    assert rows(town, Breach) == []
    _text, card = looked(amina)
    loud = [one.text for one in trend(card, SCOPE_2).remarks if one.loud]
    assert loud and "the limit for the year is 1 t" in loud[0]
