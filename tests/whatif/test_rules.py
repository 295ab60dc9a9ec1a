"""What if, by hand and by property: nothing changed changes nothing, more of it does more, and nothing is invented."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from random import Random

import pytest

from courses.load import load
from handlers.metrics.derived import Site, derivable, total
from handlers.whatif.rules import Lever, changed, effect, months_until_target

LIBRARY = load()
MONTHS = tuple(f"2026-{month:02d}" for month in range(1, 13))
ASKED = ("electricity", "electricity-renewable", "own-renewable", "diesel", "output", "water", "water-discharge")


def site(figures: Mapping[str, int], months: tuple[str, ...] = MONTHS, country: str = "VN") -> Site:
    """A site that sends the same figures each month."""
    held = {key: dict.fromkeys(months, Decimal(value)) for key, value in figures.items()}
    return Site(country, tuple(figures), held, dict.fromkeys(figures, "month"))


def made_up(seed: int) -> Site:
    """A site that sends some figures each month, and others not at all."""
    chance = Random(seed)
    asked = [key for key in ASKED if key in ("electricity", "output") or chance.random() < 0.6]
    held = {key: {month: Decimal(chance.randint(1, 90_000)) for month in MONTHS} for key in asked}
    return Site(chance.choice(["VN", "BD", "TR"]), tuple(asked), held, dict.fromkeys(asked, "month"))


def value(one: Site, key: str, months: tuple[str, ...] = MONTHS) -> Decimal | None:
    return total(LIBRARY, key, one, months).value


def test_worked_example() -> None:
    """A tenth of 24,000 kWh bought is made on the roof: 2,400 kWh less at 0.48613 kg, and as much energy as before."""
    one = site({"electricity": 2000, "output": 1000})
    other = changed(one, Lever.SOLAR, Decimal(10))
    scope = effect(LIBRARY, "scope-2", one, other, MONTHS)
    energy = effect(LIBRARY, "energy-intensity", one, other, MONTHS)
    carbon = effect(LIBRARY, "carbon-intensity", one, other, MONTHS)
    assert scope and energy and carbon
    assert (scope.now.value, scope.then.value) == (Decimal("11.667120"), Decimal("10.500408"))
    assert (energy.now.value, energy.then.value) == (2, 2)
    assert (carbon.now.value, carbon.then.value) == (Decimal("0.972260"), Decimal("0.875034"))
    assert (scope.percent, energy.percent) == (-10, 0)
    (factor, source), *_others = scope.then.factors
    assert (factor.key, factor.value, factor.year, source.key) == ("co2.grid", Decimal("0.48613"), 2024, "ember")


@pytest.mark.parametrize("lever", Lever)
@pytest.mark.parametrize("seed", range(12))
def test_nothing_changed_changes_nothing(seed: int, lever: Lever) -> None:
    one = made_up(seed)
    other = changed(one, lever, Decimal(0))
    for key in (*one.asked, *derivable(LIBRARY, one.asked)):
        assert value(other, key) == value(one, key)


@pytest.mark.parametrize(
    ("lever", "key", "sign"),
    [
        (Lever.GRID, "scope-2", -1),
        (Lever.GRID, "energy-intensity", -1),
        (Lever.SOLAR, "scope-2", -1),
        (Lever.SOLAR, "carbon-intensity", -1),
        (Lever.OUTPUT, "energy-intensity", -1),
        (Lever.WATER, "water", -1),
        (Lever.WATER, "water-intensity", -1),
    ],
)
@pytest.mark.parametrize("seed", range(12))
def test_more_of_it_does_more(seed: int, lever: Lever, key: str, sign: int) -> None:
    one = made_up(seed)
    found = [value(changed(one, lever, Decimal(percent)), key) for percent in range(0, 101, 10)]
    if any(each is None for each in found):
        assert "water" not in one.asked and "water" in key
        return
    assert all(sign * (later - earlier) > 0 for earlier, later in pairwise(found))  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(12))
def test_solar_power_leaves_the_energy_as_it_is(seed: int) -> None:
    one = made_up(seed)
    assert value(changed(one, Lever.SOLAR, Decimal(35)), "energy") == value(one, "energy")


def test_no_more_of_the_electricity_is_renewable_than_is_bought() -> None:
    one = site({"electricity": 1000, "electricity-renewable": 800})
    other = changed(one, Lever.GRID, Decimal(50))
    assert other.held["electricity-renewable"]["2026-01"] == 500


def test_water_that_is_used_again_is_not_discharged() -> None:
    one = site({"water": 840, "water-discharge": 610})
    other = changed(one, Lever.WATER, Decimal(20))
    assert (other.held["water"]["2026-01"], other.held["water-discharge"]["2026-01"]) == (672, 442)
    assert value(other, "water-consumption") == value(one, "water-consumption")


def test_own_power_of_a_quarter_gets_what_three_months_bought() -> None:
    one = site({"electricity": 1000}, MONTHS[:3])
    held = {**one.held, "own-renewable": {"2026-Q1": Decimal(300), "2026-Q2": Decimal(300)}}
    lengths = {**one.lengths, "own-renewable": "quarter"}
    quarters = Site("VN", ("electricity", "own-renewable"), held, lengths)  # type: ignore[arg-type]
    other = changed(quarters, Lever.SOLAR, Decimal(10))
    assert other.held["own-renewable"] == {"2026-Q1": 600}


@pytest.mark.parametrize(
    ("now", "target", "pace", "higher", "months"),
    [
        ("2", "2", "0", False, 0),
        ("1.9", "2", "1", False, 0),
        ("2", "1.5", "-0.1", False, 5),
        ("2", "1.5", "-0.11", False, 5),
        ("2", "1.5", "0.1", False, None),
        ("2", "1.5", "0", False, None),
        ("2", "1.5", "-0.0001", False, None),
        ("40", "50", "2", True, 5),
        ("40", "50", "-2", True, None),
        ("60", "50", "-2", True, 0),
    ],
)
def test_target_is_reached_at_the_pace_so_far(
    now: str, target: str, pace: str, higher: bool, months: int | None
) -> None:
    found = months_until_target(Decimal(now), Decimal(target), Decimal(pace), higher_is_better=higher)
    assert found == months
