"""How things stand, which way a figure goes, which periods are shown, and who is meant by a name."""

from decimal import Decimal
from itertools import pairwise

import pytest

from handlers.metrics.rules import Limit
from handlers.status.marks import Marks, share
from handlers.status.matching import matching
from handlers.status.rules import Change, Counts, Standing, change
from handlers.status.window import window

SUPPLIERS = {
    1: ["Song Cau Garment", "song-cau-garment", "Song Cau Bac Ninh"],
    2: ["Đông Á Dệt May", "dong-a"],
    3: ["Padma Trims", "padma-trims"],
    4: ["Red River Trims", "red-river-trims"],
    5: ["Padma", "padma"],
    6: ["İzmir Dokuma", "izmir"],
    7: ["Łódź Tkaniny", "lodz"],
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("song cau garment", [1], id="name"),
        pytest.param("SONG-CAU-GARMENT", [1], id="key in capitals"),
        pytest.param("Sông Cầu", [1], id="accents that the name lacks"),
        pytest.param("dong a", [2], id="accents that the name has"),
        pytest.param("det dong", [2], id="words in another order"),
        pytest.param("trims", [3, 4], id="two hits"),
        pytest.param("padma", [5], id="whole name goes before part of a name"),
        pytest.param("pad tri", [3], id="beginnings of words"),
        pytest.param("IZMIR", [6], id="dotted capital"),
        pytest.param("ızmir", [6], id="dotless i"),
        pytest.param("Lodz", [7], id="stroked letter"),
        pytest.param("bac ninh", [1], id="site"),
        pytest.param("rims", [], id="middle of a word"),
        pytest.param("", [], id="nothing"),
        pytest.param("  --  ", [], id="signs only"),
    ],
)
def test_name_is_found_whatever_case_and_accents(typed: str, meant: list[int]) -> None:
    assert matching(typed, SUPPLIERS) == meant


@pytest.mark.parametrize(
    ("value", "before", "expected"),
    [
        pytest.param(130, [100], Change("up", 30), id="up"),
        pytest.param(60, [80, 120], Change("down", 40), id="down from the average"),
        pytest.param(102, [100], Change("level", 2), id="near enough"),
        pytest.param(103, [100], Change("up", 3), id="just far enough"),
        pytest.param(5, [0, 0], Change("up", None), id="up from nothing"),
        pytest.param(0, [0], Change("level", None), id="still nothing"),
        pytest.param(0, [10], Change("down", 100), id="down to nothing"),
        pytest.param(-5, [-10], Change("up", 50), id="below zero"),
        pytest.param(5, [], None, id="nothing before"),
    ],
)
def test_change_is_against_the_average_before(value: int, before: list[int], expected: Change | None) -> None:
    assert change(Decimal(value), [Decimal(one) for one in before]) == expected


def test_worse_standing_sorts_after_better() -> None:
    ranks = [
        Counts(),
        Counts(capas=9),
        Counts(problems=1),
        Counts(missing=1),
        Counts(missing=2),
        Counts(breaches=1),
        Counts(missing=1, capas=1, overdue=1),
        Counts(breaches=1, capas=1, overdue=1),
    ]
    assert all(better.urgency < worse.urgency for better, worse in pairwise(ranks))
    assert [one.standing for one in ranks] == [
        Standing.IN_ORDER,
        *[Standing.SOMETHING_OPEN] * 4,
        *[Standing.ACT_NOW] * 3,
    ]


@pytest.mark.parametrize(
    ("until", "first", "count"), [("2026-10", "2025-11", 12), ("2026-Q1", "2024-Q2", 8), ("2025", "2021", 5)]
)
def test_window_ends_with_its_period(until: str, first: str, count: int) -> None:
    shown = window(until)
    assert (shown[0], shown[-1], len(shown)) == (first, until, count)
    assert shown == sorted(set(shown))


@pytest.mark.parametrize(
    ("value", "goal", "is_more_better", "reached"),
    [(9, 10, False, True), (10, 10, False, True), (11, 10, False, False), (9, 10, True, False), (10, 10, True, True)],
)
def test_target_is_reached_from_the_right_side(value: int, goal: int, is_more_better: bool, reached: bool) -> None:
    mark = Limit(Decimal(goal), "kWh", is_more_better)
    assert Marks(None, mark).reached(Decimal(value)) is reached
    assert (share(Decimal(value), mark) > 1) is not reached


def test_anything_above_a_limit_of_zero_is_worse_than_any_share() -> None:
    nothing = Limit(Decimal(0), "persons")
    assert share(Decimal(1), nothing) > share(Decimal(1_000_000), Limit(Decimal(1), "persons"))
    assert share(Decimal(0), nothing) == 0
