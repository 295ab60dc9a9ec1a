"""Definitions that change in mid-dialog: nothing is stored that was not read back."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from courses.load import Library
from courses.model import Metric
from storage.tables.figures import Submission
from storage.tables.talks import Delivery, DeliveryState
from tests.handlers import deeds
from tests.handlers.deeds import rows
from tests.handlers.stage import Stage
from tests.talks import Talker, Town, made_house

# What a deploy says of a second version.
SECOND = {"version": 2, "changed": {2: "Power from your own roof counts as well."}}


@pytest.fixture
def town(stage: Stage) -> Town:
    """Amina has been asked how much electricity the site used."""
    return stage.after(deeds.asked)


@pytest.fixture
def asked(town: Town) -> Talker:
    """Amina, as she has been asked."""
    return town.phone("tg-amina")


@pytest.fixture
def amina(blank: Town) -> Talker:
    """Amina with nothing open."""
    return blank.joined("amina")


def sent(town: Town) -> list[tuple[Decimal, str]]:
    return [(row.value, row.unit) for row in rows(town, Submission)]


def faults(town: Town) -> list[str]:
    return [row.error for row in rows(town, Delivery) if row.state is DeliveryState.FAILED]


def with_metric(town: Town, **changes: Any) -> None:
    """A deploy: the same store, with another definition of electricity."""
    library = town.house.library
    metric = Metric.model_validate(library.metrics["electricity"].model_dump(by_alias=True) | changes)
    house = made_house(dataclasses.replace(library, metrics={**library.metrics, "electricity": metric}))
    town.house = town.intake.house = town.ticker.house = house


@pytest.mark.parametrize(
    "changes",
    [SECOND, {"units": ["kWh", "MWh"]}, {"maximum": Decimal(20000)}, {"minimum": Decimal(1)}],
    ids=["version", "units", "maximum", "minimum"],
)
def test_nothing_is_stored_by_a_definition_that_was_not_read_back(
    town: Town, asked: Talker, changes: dict[str, Any]
) -> None:
    asked.say("12500 kWh")
    with_metric(town, **changes)
    shown = asked.tap("Yes, send it")
    assert "The question has changed" in shown and "How much electricity" in shown
    assert sent(town) == []
    asked.say("13000 kWh")
    asked.tap("Yes, send it")
    assert sent(town) == [(Decimal(13000), "kWh")]
    assert rows(town, Submission)[0].metric_version == changes.get("version", 1)


def test_figure_typed_for_an_old_definition_is_asked_again(town: Town, asked: Talker) -> None:
    with_metric(town, **SECOND)
    assert "The question has changed" in asked.say("12500 kWh")
    assert "Is that right?" in asked.say("12500 kWh")


def test_wording_may_change_without_asking_again(town: Town, asked: Talker) -> None:
    with_metric(town, question="How much power did you use?")
    assert "Is that right?" in asked.say("12500 kWh")


def test_finished_dialog_of_a_changed_definition_tells_no_wrong_answer(town: Town, asked: Talker) -> None:
    asked.say("12500 kWh")
    yes = asked.find("Yes, send it")
    asked.press(yes)
    with_metric(town, **SECOND)
    asked.press(yes)
    assert asked.toast == "This button is no longer in use."
    assert faults(town) == []


def test_lesson_of_another_version_asks_its_question_anew(blank: Town, amina: Talker) -> None:
    amina.command("lesson")
    for _screen in range(3):
        amina.tap("Next")
    library: Library = blank.house.library
    key, course = next(iter(library.courses.items()))
    newer = course.model_copy(update={"version": course.version + 1})
    blank.house = blank.intake.house = made_house(dataclasses.replace(library, courses={key: newer}))
    assert "The question has changed" in amina.tap("12,500 kWh")
