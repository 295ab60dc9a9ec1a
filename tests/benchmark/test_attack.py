"""What others sent cannot be worked out: five ways of trying, over 200 populations and a year of weekly questions."""

import pytest

from handlers.benchmarks.rules import KEPT, Protection
from tests.benchmark.attacker import STRATEGIES, Strategy, outermost, score, solve_for_the_last, subtract
from tests.benchmark.populations import Population, population

MOST_GAIN = 5.0
"""Percentage points more than by guessing the median."""

OPEN = Protection(least_sites=0, least_companies=0, rounded=False, apart=False)


@pytest.fixture(scope="module")
def worlds() -> list[Population]:
    return [population(seed) for seed in range(200)]


def named(strategy: Strategy) -> str:
    return strategy.__name__


@pytest.mark.parametrize("strategy", STRATEGIES, ids=named)
def test_attacker_does_no_better_than_the_median(worlds: list[Population], strategy: Strategy) -> None:
    assert score(strategy, worlds, KEPT, frozen=True).gain <= MOST_GAIN


@pytest.mark.parametrize(("strategy", "least"), [(outermost, 10_000), (subtract, 200)], ids=["outermost", "subtract"])
def test_there_is_something_to_attack(worlds: list[Population], strategy: Strategy, least: int) -> None:
    assert score(strategy, worlds, KEPT, frozen=True).guesses > least


def test_attacker_wins_where_nothing_is_protected(worlds: list[Population]) -> None:
    assert score(solve_for_the_last, worlds[:60], OPEN, frozen=False).gain > 40


def test_attacker_wins_where_answers_follow_each_figure(worlds: list[Population]) -> None:
    assert score(subtract, worlds[:60], OPEN, frozen=False).gain > MOST_GAIN
