"""Computed figures against worked examples, and why there sometimes is none."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pytest

from courses.load import load
from handlers.metrics.derived import Derived, Lack, Site, derivable, derive
from handlers.metrics.spans import months_of, months_until, periods_of
from locales.units import unit

LIBRARY = load()
YEAR = months_of("2025")
SAFETY = ("injuries", "lost-time", "hours")
EVERYTHING = tuple(LIBRARY.asked())


def site(figures: Mapping[str, Sequence[str] | str], country: str = "VN", asked: Sequence[str] | None = None) -> Site:
    """A site that sent these figures: one value for October 2026, or one for each month of 2025."""
    held = {
        key: {"2026-10": Decimal(values)}
        if isinstance(values, str)
        else {month: Decimal(value) for month, value in zip(YEAR, values, strict=True)}
        for key, values in figures.items()
    }
    return Site(country, asked if asked is not None else tuple(figures), held)


def even(total: str) -> list[str]:
    """A year's total in its first month, nothing in the others."""
    return [total, *["0"] * 11]


def computed(key: str, figures: Mapping[str, Sequence[str] | str], period: str = "2026-10", **more: int) -> Derived:
    found = derive(LIBRARY, key, site(figures), period, **more)
    assert found.value is not None, found.lacks
    return found


def test_trir_and_ltifr_of_a_year_are_those_of_the_worked_example() -> None:
    figures = {"injuries": even("3"), "lost-time": even("2"), "hours": ["40000"] * 12}
    assert computed("trir", figures, "2025-12").value == Decimal("1.25")
    ltifr = computed("ltifr", figures, "2025-12")
    assert (ltifr.value, ltifr.shown) == (Decimal("4.166667"), Decimal("4.17"))


def test_one_case_at_a_small_site_is_16_7_in_a_month_and_1_39_in_twelve() -> None:
    figures = {"injuries": even("1"), "hours": ["12000"] * 12}
    assert round(computed("trir", figures, "2025-01", window=1).value or 0, 1) == Decimal("16.7")
    assert computed("trir", figures, "2025-12").shown == Decimal("1.39")


def test_bases_of_the_two_rates_differ_by_five_for_the_same_cases() -> None:
    figures = {"injuries": even("3"), "lost-time": even("3"), "hours": ["50000"] * 12}
    trir, ltifr = (computed(key, figures, "2025-12").value or Decimal(0) for key in ("trir", "ltifr"))
    assert (trir, ltifr) == (Decimal(1), Decimal(5))


def test_rate_is_shown_with_its_parts_and_its_basis() -> None:
    found = computed("trir", {"injuries": even("3"), "hours": ["40000"] * 12}, "2025-12")
    assert [(part.key, part.value, part.periods) for part in found.parts] == [
        ("injuries", Decimal(3), YEAR),
        ("hours", Decimal(480000), YEAR),
    ]
    assert "200,000 hours" in LIBRARY.metrics["trir"].basis
    assert "1,000,000 hours" in LIBRARY.metrics["ltifr"].basis


def test_rolling_rate_needs_every_month_and_names_those_that_lack() -> None:
    figures = {"injuries": even("3"), "hours": ["40000"] * 12}
    found = derive(LIBRARY, "trir", site(figures), "2026-02")
    lack = ("2026-01", "2026-02")
    assert (found.value, found.lacks) == (None, (Lack("missing", "injuries", lack), Lack("missing", "hours", lack)))


def test_rate_of_no_hours_has_no_value_and_says_by_what_it_would_be_divided() -> None:
    found = derive(LIBRARY, "trir", site({"injuries": "1", "hours": "0"}), "2026-10", window=1)
    assert (found.value, found.lacks) == (None, (Lack("zero", "hours", ("2026-10",)),))


@pytest.mark.parametrize(
    ("key", "figures", "value"),
    [
        ("energy", {"electricity": "12500", "own-renewable": "3200"}, "15700"),
        ("energy", {"electricity": "1000", "diesel": "1"}, "10928.2"),
        ("fuels", {"diesel": "1.2", "lpg": "450"}, "17656.785"),
        ("fuels", {"natural-gas": "1000"}, "10196"),
        ("renewable-share", {"electricity": "8000", "electricity-renewable": "1000", "own-renewable": "2000"}, "30"),
        ("renewable-share", {"electricity": "1000"}, None),
        ("energy-intensity", {"electricity": "12000", "output": "48000"}, "0.25"),
        ("energy-intensity", {"electricity": "12000", "output-weight": "24000"}, "0.5"),
        ("scope-1", {"diesel": "1"}, "2.66155"),
        ("scope-1", {"natural-gas": "1000", "coal": "2000"}, "6.87964"),
        ("scope-2", {"electricity": "100000"}, "48.613"),
        ("carbon-intensity", {"electricity": "100000", "output": "48613"}, "1"),
        ("carbon-intensity", {"electricity": "100000", "diesel": "1", "output": "1000"}, "51.27455"),
        ("water-consumption", {"water": "840", "water-discharge": "610"}, "230"),
        ("diverted-share", {"waste": "1350", "waste-diverted": "900"}, "66.666667"),
        ("waste-other", {"waste": "1350", "waste-hazardous": "85"}, "1265"),
        ("long-hours", {"long-hours-workers": "21", "headcount": "210"}, "10"),
    ],
)
def test_figure_of_a_month_is_that_of_the_formula(key: str, figures: Mapping[str, str], value: str | None) -> None:
    found = derive(LIBRARY, key, site(figures), "2026-10")
    assert found.value == (Decimal(value) if value else None), found.lacks


def test_turnover_is_leavers_of_a_year_by_the_mean_headcount() -> None:
    figures = {"leavers": ["2"] * 12, "headcount": [*["100"] * 6, *["140"] * 6]}
    found = computed("turnover", figures, "2025-12")
    assert (found.value, found.shown) == (Decimal(20), Decimal("20.0"))
    assert [part.value for part in found.parts] == [Decimal(24), Decimal(120)]


def test_training_hours_of_a_quarter_are_divided_by_its_mean_headcount() -> None:
    months = {month: Decimal(people) for month, people in zip(months_of("2026-Q3"), (200, 210, 220), strict=True)}
    held = {"training-hours": {"2026-Q3": Decimal(630)}, "headcount": months}
    found = derive(LIBRARY, "training", Site("VN", tuple(held), held), "2026-Q3")
    assert found.value == 3
    month = derive(LIBRARY, "training", Site("VN", tuple(held), held), "2026-07")
    assert month.lacks == (Lack("too short", "training-hours", ("2026-07",)),)


def test_fuel_that_is_asked_but_not_sent_is_never_taken_for_nought() -> None:
    asked = ("diesel", "lpg")
    found = derive(LIBRARY, "scope-1", site({"diesel": "1"}, asked=asked), "2026-10")
    assert (found.value, found.lacks) == (None, (Lack("missing", "lpg", ("2026-10",)),))


def test_site_that_is_asked_for_no_fuel_has_no_scope_1_rather_than_nought() -> None:
    found = derive(LIBRARY, "scope-1", site({"electricity": "100"}), "2026-10")
    assert (found.value, found.lacks) == (None, (Lack("not asked", "scope-1"),))


@pytest.mark.parametrize("fuel", [key for key, metric in LIBRARY.asked().items() if metric.part_of == "fuels"])
def test_fuel_that_is_burned_always_emits(fuel: str) -> None:
    assert (computed("scope-1", {fuel: "100"}).value or 0) > 0
    assert (computed("fuels", {fuel: "100"}).value or 0) > 0


def test_emissions_name_the_source_and_year_of_each_factor_they_used() -> None:
    found = computed("scope-1", {"diesel": "1", "lpg": "1"})
    assert [(factor.key, factor.year, source.key) for factor, source in found.factors] == [
        ("co2.diesel", 2025, "desnz-2025"),
        ("co2.lpg", 2025, "desnz-2025"),
    ]


def test_emissions_of_a_year_are_the_sum_of_its_months() -> None:
    found = computed("scope-2", {"electricity": ["10000"] * 12}, "2025")
    assert found.value == Decimal("58.3356")
    assert [(part.key, part.value, part.periods) for part in found.parts] == [("electricity", Decimal(120000), YEAR)]


def test_electricity_of_a_country_without_a_factor_has_no_emissions_and_says_so() -> None:
    found = derive(LIBRARY, "scope-2", site({"electricity": "1000"}, country="XX"), "2026-10")
    assert (found.value, found.lacks) == (None, (Lack("factor", "co2.grid"),))


@pytest.mark.parametrize("key", LIBRARY.derived())
def test_every_computed_figure_has_a_value_for_a_site_that_sends_everything(key: str) -> None:
    periods = [*months_of("2025"), "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2025"]
    held = {one: dict.fromkeys(periods, metric.example or Decimal(1)) for one, metric in LIBRARY.asked().items()}
    found = derive(LIBRARY, key, Site("VN", EVERYTHING, held), "2025")
    assert found.value is not None, found.lacks
    assert found.parts


def test_computed_figures_of_a_site_are_those_whose_parts_are_asked_of_it() -> None:
    assert set(derivable(LIBRARY, ("electricity", "water"))) == {"scope-2", "energy"}
    assert set(derivable(LIBRARY, SAFETY)) == {"trir", "ltifr"}
    assert set(derivable(LIBRARY, EVERYTHING)) == set(LIBRARY.derived())


@pytest.mark.parametrize(
    ("amount", "symbol", "base"),
    [("1", "MWh", "1000"), ("3.6", "GJ", "1000"), ("1", "ML", "1000"), ("1", "t", "1000"), ("1000", "L", "1")],
)
def test_figures_in_other_units_are_worth_the_same(amount: str, symbol: str, base: str) -> None:
    known = unit(symbol)
    assert known is not None
    assert known.in_base(Decimal(amount)) == Decimal(base)


def test_months_make_up_whole_periods_only() -> None:
    assert months_until("2026-02", 3) == ("2025-12", "2026-01", "2026-02")
    assert months_of("2026-Q3") == ("2026-07", "2026-08", "2026-09")
    assert periods_of("quarter", months_of("2025")) == ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4")
    assert periods_of("quarter", months_until("2026-08", 3)) == ()
    assert periods_of("year", months_of("2025")) == ("2025",)
