"""The two promises on invented sites, in small: slips are found, and honest figures are seldom asked about.

`docs/SLIPS.md` has the whole table, on more sites and every length of history, made by `benchmarks/slips.py`.
"""

import pytest

from tests.slips.evaluation import HONEST, NOISES, Tally, evaluated
from tests.slips.slips import SLIPS

SEED = 20261101
SITES = 40
LENGTHS = (6, 9, 14, 30)
FOUND_AT_LEAST = 0.95
ASKED_AT_MOST = 0.05


@pytest.fixture(scope="module")
def tally() -> Tally:
    """The small evaluation, whose seed was not used while the rules were set."""
    return evaluated(SEED, SITES, LENGTHS)


@pytest.mark.parametrize("slip", SLIPS)
def test_slip_is_found_in_nineteen_of_twenty(tally: Tally, slip: str) -> None:
    assert tally.share(tally.found, slip, NOISES, LENGTHS) >= FOUND_AT_LEAST


@pytest.mark.parametrize("noise", NOISES)
def test_honest_figure_is_asked_about_at_most_once_in_twenty(tally: Tally, noise: float) -> None:
    assert tally.share(tally.asked, HONEST, [noise], LENGTHS) <= ASKED_AT_MOST


def test_every_slip_was_tried_at_every_noise(tally: Tally) -> None:
    tried = {(cell.what, cell.noise) for cell, cases in tally.cases.items() if cases > SITES // 2}
    assert tried >= {(slip, noise) for slip in SLIPS for noise in NOISES}


def test_same_seed_gives_the_same_tally(tally: Tally) -> None:
    again = evaluated(SEED, SITES, LENGTHS[:1])
    cells = [cell for cell in tally.cases if cell.length == LENGTHS[0]]
    assert [again.found[cell] for cell in cells] == [tally.found[cell] for cell in cells]
