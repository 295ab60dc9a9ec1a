"""A changed definition is told once to those whose sites are asked for it, at an hour when they may be written to."""

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from courses.model import Metric
from storage.tables.definitions import KnownMetric
from storage.tables.planning import DueNote
from tests.handlers.deeds import rows
from tests.handlers.stage import Stage
from tests.talks import Town, made_house

EVENING = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)
"""Two in the morning in Viet Nam, eight in the evening in Spain."""
SOLAR = "Power from your own roof counts as well."


def seen(town: Town) -> None:
    """Amina (high tier), Jorge and Duc, a site manager, have joined, and the definitions have been seen."""
    for key in ("amina", "jorge", "duc"):
        town.joined(key)
    town.tick(minutes=1)


@pytest.fixture
def town(stage: Stage) -> Town:
    return stage.after(seen)


def deploy(town: Town, key: str = "electricity", **changes: Any) -> None:
    """Another version of Causeway, with another definition of a metric."""
    library = town.house.library
    metric = Metric.model_validate(library.metrics[key].model_dump() | changes)
    house = made_house(dataclasses.replace(library, metrics={**library.metrics, key: metric}))
    town.house = town.intake.house = town.ticker.house = house


def told(town: Town, place: str) -> int:
    """How often a place was told of a change."""
    return town.transcript(place).count("is asked in a new way")


def two_days(town: Town) -> None:
    """Until Wednesday evening, for Tuesday is a holiday in Viet Nam."""
    for _hour in range(60):
        town.tick(hours=1)


def test_first_sight_is_silent(town: Town) -> None:
    town.tick(days=1)
    assert [told(town, place) for place in ("tg-amina", "tg-jorge", "C0ASIA", "C0WEST")] == [0, 0, 0, 0]
    assert {row.metric: row.version for row in rows(town, KnownMetric)}["injuries"] == 2


def test_change_is_told_once_in_working_hours_to_data_owners_and_mentors(town: Town) -> None:
    town.tick(EVENING)
    deploy(town, version=2, changed={2: SOLAR}, valid_from=date(2026, 12, 1))
    town.tick(minutes=20)
    assert told(town, "tg-amina") == told(town, "C0ASIA") == 0
    for _step in range(4 * 24 * 3):
        town.tick(minutes=15)
    assert [told(town, place) for place in ("tg-amina", "tg-jorge", "C0ASIA", "C0WEST")] == [1, 1, 1, 1]
    assert told(town, "tg-duc") == 0
    text = town.transcript("tg-amina")
    assert "Electricity" in text and SOLAR in text and "from 1 December 2026 on" in text


def test_only_those_are_told_whose_tier_asks_for_it(town: Town) -> None:
    deploy(town, "waste", version=3, changed={2: "Two.", 3: "Sludge counts as well."})
    two_days(town)
    assert told(town, "tg-amina") == 1 and told(town, "tg-jorge") == 0
    assert "Two." not in town.transcript("tg-amina")


def test_jump_over_a_version_tells_of_both(town: Town) -> None:
    deploy(town, version=3, changed={2: SOLAR, 3: "Power that is sold is left out."})
    two_days(town)
    assert told(town, "tg-amina") == 1
    assert SOLAR in town.transcript("tg-amina") and "Power that is sold" in town.transcript("tg-amina")


def test_part_that_changed_with_its_metric_is_told_of_there(town: Town) -> None:
    changed = {"version": 3, "changed": {3: "Ash counts as well."}}
    deploy(town, "waste", **changed)
    deploy(town, "waste-hazardous", **changed)
    town.tick(hours=1)
    notes = [row.person_id for row in rows(town, DueNote) if row.kind == "metric.changed"]
    assert len(notes) == len(set(notes)) > 0
