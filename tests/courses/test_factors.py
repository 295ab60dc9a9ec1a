"""Factors: every one has a source and a year, and the one for the figure's country and year is found."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from courses.factors import Factor, Factors, load_factors
from courses.faults import ContentError
from courses.load import BUILT_IN, load
from tests.paths import EXAMPLE

FACTORS = load().factors
GRID = {one.country: one.value for one in FACTORS.all if one.key == "co2.grid"}
OWN = """\
[[sources]]
key = "ministry"
name = "The ministry's grid factor"
url = "https://ministry.example/factor"
note = "National, with losses."

[[factors]]
key = "co2.grid"
country = "VN"
value = "0.6"
unit = "kg CO₂e/kWh"
year = 2024
source = "ministry"
"""


def factor(year: int, country: str = "", value: str = "1") -> Factor:
    return Factor(key="co2.grid", value=Decimal(value), unit="kg/kWh", year=year, source="s", country=country)


def test_every_factor_has_a_source_that_can_be_looked_up() -> None:
    assert all(one.source in FACTORS.sources for one in FACTORS.all)
    assert all(source.url.startswith("https://") for source in FACTORS.sources.values())


def test_grid_of_every_country_of_the_example_programme_has_a_factor() -> None:
    with (EXAMPLE / "suppliers.csv").open(encoding="utf-8") as file:
        countries = {row["country"] for row in csv.DictReader(file)}
    assert countries <= set(GRID)
    assert len(GRID) >= 25


@pytest.mark.parametrize("country", GRID)
def test_grid_factor_is_of_a_believable_size(country: str) -> None:
    assert 0 < GRID[country] < Decimal("1.2")


@pytest.mark.parametrize(
    ("fuel", "low", "high", "heat_low", "heat_high"),
    [("diesel", "2500", "2700", "9900", "10700"), ("natural-gas", "1.8", "2.2", "9.9", "11")],
)
def test_fuel_factor_is_of_a_believable_size(fuel: str, low: str, high: str, heat_low: str, heat_high: str) -> None:
    carbon, heat = FACTORS.find(f"co2.{fuel}", "VN", 2026), FACTORS.find(f"heat.{fuel}", "VN", 2026)
    assert carbon is not None and Decimal(low) < carbon.value < Decimal(high)
    assert heat is not None and Decimal(heat_low) < heat.value < Decimal(heat_high)


def test_burning_a_kwh_of_gas_emits_the_same_however_it_is_billed() -> None:
    per_kwh = {}
    for fuel in ("natural-gas", "gas-billed"):
        carbon, heat = FACTORS.find(f"co2.{fuel}", "", 2026), FACTORS.find(f"heat.{fuel}", "", 2026)
        assert carbon is not None and heat is not None
        per_kwh[fuel] = carbon.value / heat.value
    assert abs(per_kwh["natural-gas"] - per_kwh["gas-billed"]) < Decimal("0.0001")


def test_factor_of_the_figures_year_is_found_else_the_last_before_it_else_the_first() -> None:
    factors = Factors((factor(2022), factor(2025), factor(2024)))
    found = [factors.find("co2.grid", "VN", year) for year in (2021, 2022, 2023, 2024, 2026)]
    assert [one.year for one in found if one] == [2022, 2022, 2022, 2024, 2025]


def test_factor_of_the_country_goes_before_the_general_one_and_never_to_another_country() -> None:
    factors = Factors((factor(2024, "VN", "0.5"), factor(2025)))
    found = [factors.find("co2.grid", country, 2026) for country in ("VN", "BD")]
    assert [one.value for one in found if one] == [Decimal("0.5"), 1]
    assert Factors((factor(2024, "VN"),)).find("co2.grid", "BD", 2026) is None


def test_factor_of_a_programme_replaces_ours_of_its_country_and_year_and_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "factors.toml").write_text(OWN, encoding="utf-8")
    own = load([BUILT_IN, tmp_path]).factors
    found = own.find("co2.grid", "VN", 2026)
    assert found is not None and (found.value, own.sources[found.source].name) == (
        Decimal("0.6"),
        "The ministry's grid factor",
    )
    assert len(own.all) == len(FACTORS.all)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OWN.replace('"0.6"', '"-1"'), "factors.toml:10: factors.1.value: "),
        (OWN.replace('"VN"', '"Vietnam"'), "factors.toml:9: factors.1.country: "),
        (OWN.replace('source = "ministry"', 'source = "nobody"'), "factors.toml:13: no source is called 'nobody'"),
        (OWN.replace("year = 2024", "year = 24"), "factors.toml:12: factors.1.year: "),
        (OWN.replace("year = 2024\n", ""), "factors.toml:7: factors.1.year: is missing"),
        (OWN + OWN.partition("\n\n")[2], "factors.toml:15: co2.grid: another factor is for the same country and year"),
    ],
    ids=["negative", "country that is none", "unknown source", "year that is none", "no year", "twice"],
)
def test_fault_of_a_factor_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "factors.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_factors([BUILT_IN, tmp_path])
    assert [str(fault) for fault in caught.value.faults if str(fault).startswith(said)], caught.value.faults
