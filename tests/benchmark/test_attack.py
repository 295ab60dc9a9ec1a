"""What others sent cannot be worked out: five ways of trying, over 200 populations and a year of weekly questions."""

import pytest

from handlers.benchmarks.rules import KEPT, Protection
from tests.benchmark.attacker import STRATEGIES, Attacker, Strategy, outermost, score, solve_for_the_last, subtract
from tests.benchmark.populations import population

MOST_GAIN = 5.0
"""Percentage points more than by guessing the median."""

OPEN = Protection(least_sites=0, least_companies=0, rounded=False, apart=False)
WORLDS = 200


@pytest.fixture(scope="module")
def kept() -> list[Attacker]:
    """Attackers of the product as it is."""
    return [Attacker(population(seed), KEPT, frozen=True) for seed in range(WORLDS)]


def named(strategy: Strategy) -> str:
    return strategy.__name__


@pytest.mark.parametrize("strategy", STRATEGIES, ids=named)
def test_attacker_does_no_better_than_the_median(kept: list[Attacker], strategy: Strategy) -> None:
    assert score(strategy, kept).gain <= MOST_GAIN


@pytest.mark.parametrize(("strategy", "least"), [(outermost, 10_000), (subtract, 200)], ids=["outermost", "subtract"])
def test_there_is_something_to_attack(kept: list[Attacker], strategy: Strategy, least: int) -> None:
    assert score(strategy, kept).guesses > least


def test_attacker_wins_where_nothing_is_protected() -> None:
    open_to_all = (Attacker(population(seed), OPEN, frozen=True) for seed in range(60))
    assert score(solve_for_the_last, open_to_all).gain > 40


def test_attacker_wins_where_answers_follow_each_figure() -> None:
    following = (Attacker(population(seed), OPEN, frozen=False) for seed in range(60))
    assert score(subtract, following).gain > MOST_GAIN


def test_attacker_wins_by_figures_that_hardly_change_where_marks_follow_each_period() -> None:
    steady = [population(seed) for seed in range(2, 300, 3)]
    followed = (Attacker(world, Protection(steady=False), frozen=True) for world in steady)
    assert score(subtract, followed).gain > MOST_GAIN
    assert score(subtract, (Attacker(world, KEPT, frozen=True) for world in steady)).gain <= MOST_GAIN / 2
