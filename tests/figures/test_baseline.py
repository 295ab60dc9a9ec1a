"""What a site's figures were in its baseline, and how the last ones lie against it."""

from typing import Any

import pytest

from storage.tables.figures import Basis
from tests.figures.test_cadence import by_quarter
from tests.figures.test_status import figures, looked, remarks, set_rules, trend
from tests.talks import Talker, Town

YEAR = [f"2025-{month:02d}" for month in range(1, 13)]
BASELINE = {"first": "2025-01", "last": "2025-12"}


@pytest.fixture
def amina(town: Town) -> Talker:
    return town.joined("amina")


def baselines(town: Town, *these: dict[str, Any]) -> None:
    set_rules(town, baselines=list(these))


def of_a_year(town: Town, each: float, metric: str = "electricity", months: int = 12, **more: Any) -> None:
    """The same figure for so many months of 2025."""
    figures(town, [(month, each) for month in YEAR[:months]], metric, **more)


def test_change_is_told_against_the_mean_of_the_baseline_months(town: Town, amina: Talker) -> None:
    baselines(town, BASELINE)
    figures(town, zip(YEAR, [9_000, 11_000] * 6, strict=True))
    of_a_year(town, 400, "water")
    figures(town, [("2026-10", 8_800)])
    figures(town, [("2026-10", 402)], "water")
    text, card = looked(amina)
    assert "Against January 2025 to December 2025: Electricity 12 % less, Water about the same" in text
    assert "12 % below the baseline, 10,000 kWh" in remarks(card)
    assert "As in the baseline, 400 m³" in remarks(card, "Water")


def test_baseline_that_lacks_too_many_months_is_said_and_not_compared_with(town: Town, amina: Talker) -> None:
    baselines(town, BASELINE)
    of_a_year(town, 10_000, months=8)
    figures(town, [("2026-10", 20_000)])
    text, card = looked(amina)
    assert "Not enough is known of January 2025 to December 2025 to compare: Electricity (8 of 12 months)" in text
    assert "Baseline: only 8 of 12 months are known" in remarks(card)
    assert "% more" not in text


def test_nine_months_of_twelve_are_enough_and_their_mean_counts(town: Town, amina: Talker) -> None:
    baselines(town, BASELINE)
    of_a_year(town, 10_000, months=9)
    figures(town, [("2026-10", 12_000)])
    assert "20 % above the baseline, 10,000 kWh" in remarks(looked(amina)[1])


def test_quarter_is_held_against_three_mean_months_of_the_baseline(town: Town, amina: Talker) -> None:
    baselines(town, BASELINE)
    by_quarter(town, electricity="quarter")
    of_a_year(town, 10_000)
    figures(town, [("2026-Q3", 33_000)])
    assert "10 % above the baseline, 30,000 kWh" in remarks(looked(amina)[1])


def test_narrowest_baseline_holds_and_one_for_a_metric_goes_before_all(town: Town, amina: Talker) -> None:
    own = {"first": "2025-10", "last": "2025-12", "site": "song-cau"}
    baselines(town, {**BASELINE, "tier": "high"}, own, {**BASELINE, "metric": "water"})
    figures(town, [("2025-01", 1), *[(month, 10_000) for month in YEAR[9:]], ("2026-10", 5_000)])
    of_a_year(town, 400, "water")
    figures(town, [("2026-10", 200)], "water")
    text, _card = looked(amina)
    assert "Against October 2025 to December 2025: Electricity 50 % less" in text
    assert "Against January 2025 to December 2025: Water 50 % less" in text


def test_baseline_holds_from_its_first_day_on(town: Town, amina: Talker) -> None:
    baselines(town, BASELINE, {"first": "2026-01", "last": "2026-09", "valid_from": "2026-11-01"})
    of_a_year(town, 10_000)
    figures(town, [(f"2026-{month:02d}", 5_000) for month in range(1, 11)])
    assert "50 % below the baseline, 10,000 kWh" in remarks(looked(amina)[1])


def test_rate_of_a_baseline_is_that_of_all_its_months_together(town: Town, amina: Talker) -> None:
    baselines(town, BASELINE)
    figures(town, zip(YEAR, [3, *[0] * 11], strict=True), "injuries")
    of_a_year(town, 40_000, "hours")
    recent = ["2025-11", "2025-12", *[f"2026-{month:02d}" for month in range(1, 11)]][2:]
    figures(town, [(month, int(month == "2026-02") * 2) for month in recent], "injuries")
    figures(town, [(month, 40_000) for month in recent], "hours")
    text, card = looked(amina)
    name = "Injury rate (TRIR)"
    # Two cases in 480,000 hours are 0.83 for 200,000; three in the 480,000 of the baseline were 1.25.
    assert trend(card, name).said == "0.83"
    assert "33 % below the baseline, 1.25" in remarks(card, name)
    assert "Injury rate (TRIR) 33 % less" in text


def test_mentor_sees_the_change_too(town: Town) -> None:
    baselines(town, BASELINE)
    of_a_year(town, 10_000, basis=Basis.ESTIMATED)
    figures(town, [("2026-10", 12_500)])
    text, _card = looked(town.slack("U0LUCIA"), "supplier", "song cau")
    assert "Electricity 25 % more" in text


def test_without_a_baseline_nothing_is_said_of_one(town: Town, amina: Talker) -> None:
    of_a_year(town, 10_000)
    figures(town, [("2026-10", 12_500)])
    text, card = looked(amina)
    assert "Against" not in text
    assert not any("baseline" in one for one in remarks(card))
