"""Both stores sum, count and group alike."""

from decimal import Decimal

import pytest

from handlers.summaries.sheet import Sheet, plain_rows
from storage.engine import Store
from tests.handlers.deeds import imported
from tests.summaries.scenes import Made, eventful, made
from tests.talks import Town


@pytest.fixture
def told(store: Store) -> Made:
    """The summary of an eventful week."""
    town = Town(store)
    imported(town)
    eventful(town)
    return made(town)


def sheet(told: Made, key: str) -> Sheet:
    return next(one for one in told.sheets if one.key == key)


def test_figures_are_summed_counted_and_told_apart_on_both_stores(told: Made) -> None:
    electricity = next(row for row in plain_rows(sheet(told, "metrics")) if row[0] == "electricity")
    assert electricity[3] == "28500" and electricity[5:8] == [2, 0, 23]
    assert sum(row[4] for row in plain_rows(sheet(told, "rates"))) == 2
    assert {Decimal(row[4]) for row in plain_rows(sheet(told, "received"))} == {Decimal(16500), Decimal(12000)}


def test_minutes_are_counted_from_talks_on_both_stores(told: Made) -> None:
    assert {row[0]: row[2] for row in plain_rows(sheet(told, "burden"))}.keys() == {"Song Cau Garment", "Ha Long Knit"}
