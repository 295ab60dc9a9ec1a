"""Slips in figures: which are named, what is offered instead, and what is left alone."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from courses.load import load
from handlers.metrics.slips.figure import Companion, Figure, Nature, Past, SoftLimit
from handlers.metrics.slips.suspect import suspect
from handlers.metrics.slips.suspicion import Believable, Kind, Slip, Suspicion, Usual
from handlers.metrics.suspicion import question
from locales.text import Catalogue

YEAR_BEFORE = [12413, 11870, 12955, 12208, 13127, 13764, 14011, 13902, 12871, 12366, 11942, 12188]
LAST_YEAR = [12561, 12034, 13022, 12476, 13310, 13921, 14203, 14066, 12990, 12518, 12107, 12344]
TWO_YEARS = [*YEAR_BEFORE, *LAST_YEAR]
"""October 2024 to September 2026."""
ELECTRICITY = load().metrics["electricity"]
USUAL = Usual(Decimal(13000), Decimal(9000), Decimal(18000), 24)


def months(values: Sequence[int | str], last: int = 2026 * 12 + 8) -> list[Past]:
    """Figures of consecutive months, the last of them September 2026 if nothing else is said."""
    first = last - len(values) + 1
    return [
        Past(f"{month // 12}-{month % 12 + 1:02d}", Decimal(value)) for month, value in enumerate(values, start=first)
    ]


def october(value: int | str, **known: Any) -> Figure:
    """The figure for October 2026."""
    return replace(Figure(Decimal(value), "2026-10"), **known)


def named(figure: Figure, past: Sequence[Past]) -> tuple[Kind, Decimal | None] | None:
    """The slip named first and its repair."""
    found = suspect(figure, past)
    return (found.kind, found.slips[0].repaired) if found else None


YEAR_SO_FAR = sum(TWO_YEARS[-9:])


@pytest.mark.parametrize(
    ("value", "kind", "repaired"),
    [
        pytest.param("125300", Kind.DECIMAL, "12530", id="ten times"),
        pytest.param("1253", Kind.DECIMAL, "12530", id="a tenth"),
        pytest.param("12530000", Kind.THOUSAND, "12530", id="watt hours for kilowatt hours"),
        pytest.param("12.53", Kind.THOUSAND, "12530", id="megawatt hours for kilowatt hours"),
        pytest.param(str(YEAR_SO_FAR + 12530), Kind.YEAR_TO_DATE, "12530", id="year to date"),
        pytest.param("12344", Kind.SAME_AS_LAST_MONTH, None, id="last month again"),
        pytest.param("12561", Kind.WRONG_MONTH, None, id="October of last year again"),
        pytest.param("13921", Kind.WRONG_MONTH, None, id="March again"),
        pytest.param("612077", Kind.METER_INDEX, None, id="a reading of the meter"),
        pytest.param("38120", Kind.UNUSUAL, None, id="far more than usual"),
        pytest.param("0", Kind.UNUSUAL, None, id="nought for the first time"),
    ],
)
def test_slip_is_named_and_its_repair_offered(value: str, kind: Kind, repaired: str | None) -> None:
    assert named(october(value), months(TWO_YEARS)) == (kind, Decimal(repaired) if repaired else None)


@pytest.mark.parametrize("value", ["12530", "11400", "14900", "10800.5"])
def test_likely_figure_is_not_asked_about(value: str) -> None:
    assert suspect(october(value), months(TWO_YEARS)) is None


def test_reading_is_made_a_figure_where_the_last_one_is_known() -> None:
    assert named(october("612077", last_index=Decimal("599547")), months(TWO_YEARS)) == (
        Kind.METER_INDEX,
        Decimal("12530"),
    )


def test_figure_that_no_meter_counts_is_no_reading() -> None:
    assert named(october("612077", metered=False), months(TWO_YEARS)) == (Kind.UNUSUAL, None)


def test_reading_sent_every_month_is_made_the_growth_since_the_last() -> None:
    readings = months([510_200, 522_900, 535_100, 548_300, 560_900, 573_800])
    assert named(october("586300"), readings) == (Kind.METER_INDEX, Decimal("12500"))


def test_repeat_is_told_with_its_month() -> None:
    found = suspect(october("12561"), months(TWO_YEARS))
    assert found is not None
    assert found.month == "2025-10"


def test_figures_at_a_flat_rate_may_repeat() -> None:
    assert suspect(october("12500"), months([12500, 12500, 12500, 12500, 12500, 12500])) is None


def test_round_figures_may_repeat_by_chance() -> None:
    assert suspect(october("120"), months([100, 130, 110, 140, 90, 120])) is None


def test_first_figure_of_a_site_is_not_asked_about() -> None:
    assert suspect(october("125300"), []) is None


def test_one_month_is_enough_to_see_a_slip_of_the_unit() -> None:
    assert named(october("12.53"), months([12344])) == (Kind.THOUSAND, Decimal("12530"))


def test_gap_in_the_year_keeps_its_sum_from_being_repaired() -> None:
    past = [one for one in months(TWO_YEARS) if one.period != "2026-04"]
    found = suspect(october(str(YEAR_SO_FAR + 12530)), past)
    assert found is not None
    assert Slip(Kind.YEAR_TO_DATE) in found.slips


@pytest.mark.parametrize("value", ["0", "900", "12530"])
def test_month_of_a_yearly_closure_may_be_closed_or_not(value: str) -> None:
    assert suspect(october(value), months([*YEAR_BEFORE, 870, *LAST_YEAR[1:]])) is None


def test_figure_after_a_closed_month_is_ordinary() -> None:
    assert suspect(october("12530"), months([*TWO_YEARS[:-1], 310])) is None


def test_slips_that_stayed_in_the_past_do_not_bend_what_is_expected() -> None:
    spoiled = [*TWO_YEARS]
    spoiled[5], spoiled[20] = 137640, 14
    assert suspect(october("12530"), months(spoiled)) is None
    assert named(october("125300"), months(spoiled)) == (Kind.DECIMAL, Decimal("12530"))


def test_output_explains_a_high_figure() -> None:
    past = months(TWO_YEARS)
    in_step = {one.period: one.value / 10 for one in past}
    tripled = Companion(Decimal("3700"), in_step)
    assert suspect(october("33150"), past) is not None
    assert suspect(october("33150"), past, companions={"output": tripled}) is None


def test_output_of_nought_explains_a_closed_month() -> None:
    past = months(TWO_YEARS)
    stood_still = Companion(Decimal(0), {one.period: one.value / 10 for one in past})
    assert suspect(october("0"), past, companions={"output": stood_still}) is None
    assert suspect(october("1253"), past, companions={"output": stood_still}) is None


def test_headcount_may_stay_the_same_and_is_whole_when_repaired() -> None:
    past = months([210, 212, 212, 209, 214, 215])
    assert suspect(october("215", nature=Nature.STOCK, whole=True), past) is None
    assert named(october("2140", nature=Nature.STOCK, whole=True), past) == (Kind.DECIMAL, Decimal(214))
    assert named(october("2143", nature=Nature.STOCK, whole=True), past) == (Kind.UNUSUAL, None)


def test_rare_events_are_held_against_soft_limits_alone() -> None:
    figure = october("7", nature=Nature.RARE, whole=True, soft=(SoftLimit("headcount", None, Decimal("0.02")),))
    assert suspect(figure, months([0, 0, 1, 0, 0, 0])) is None
    assert suspect(figure, [], companions={"headcount": Companion(Decimal(400))}) is None
    found = suspect(figure, [], companions={"headcount": Companion(Decimal(210))})
    assert found is not None
    assert found.believable == Believable("headcount", Decimal(210), None, Decimal("4.20"))


def test_suspicion_can_be_recorded_and_read_again() -> None:
    found = suspect(october("125300"), months(TWO_YEARS))
    kind = TypeAdapter(Suspicion | None)
    assert found is not None
    assert kind.validate_json(kind.dump_json(found)) == found


def told(*slips: Slip, value: str = "125300", usual: Usual | None = USUAL, **known: Any) -> str:
    """The question as it is read in English."""
    made = replace(Suspicion(Decimal(value), "2026-10", slips, usual), **known)
    return Catalogue().plain(question(made, ELECTRICITY), "en")


TWELVE = Decimal(12530)
TOLD = {
    "ten times": (
        told(Slip(Kind.DECIMAL, TWELVE)),
        "125,300 kWh is about ten times as much as usual (about 13,000 kWh). Did you mean 12,530 kWh?",
    ),
    "a tenth, on one month": (
        told(Slip(Kind.DECIMAL, TWELVE), value="1253", usual=replace(USUAL, months=1)),
        "1,253 kWh is about a tenth of what is usual (about 13,000 kWh). Did you mean 12,530 kWh?\n"
        "So far I know only 1 month of this site.",
    ),
    "a thousandth": (
        told(Slip(Kind.THOUSAND, TWELVE), value="12.53"),
        "12.53 kWh is about a thousandth of what is usual (about 13,000 kWh). Perhaps it is in another unit. "
        "Did you mean 12,530 kWh?",
    ),
    "a sum or a decimal point": (
        told(Slip(Kind.YEAR_TO_DATE, Decimal(11980)), Slip(Kind.DECIMAL, TWELVE)),
        "125,300 kWh looks like the sum of all months since January. October 2026 alone would be 11,980 kWh. "
        "Did you mean that?\nOr did you mean 12,530 kWh?",
    ),
    "a decimal point or a sum": (
        told(Slip(Kind.DECIMAL, TWELVE), Slip(Kind.YEAR_TO_DATE)),
        "125,300 kWh is about ten times as much as usual (about 13,000 kWh). Did you mean 12,530 kWh?\n"
        "Or is it the sum of all months since January? Then please send October 2026 alone.",
    ),
    "readings only": (
        told(Slip(Kind.METER_INDEX, TWELVE), usual=None),
        "125,300 kWh looks like the reading of the meter. Since the reading before it, the meter counted 12,530 kWh. "
        "Did you mean that?",
    ),
    "last month again": (
        told(Slip(Kind.SAME_AS_LAST_MONTH), value="12344", month="2026-09"),
        "12,344 kWh is exactly what was sent for September 2026. Is it right for October 2026 too?",
    ),
    "less than usual": (
        told(Slip(Kind.UNUSUAL), value="0"),
        "0 kWh is less than usual: for October 2026 I expected 9,000 kWh to 18,000 kWh. Is the number right?",
    ),
    "too much for its people": (
        told(
            Slip(Kind.UNUSUAL),
            usual=None,
            believable=Believable("headcount", Decimal(210), None, Decimal(84000)),
        ),
        "125,300 kWh is more than I expected for 210 people: at most 84,000 kWh. Is the number right?",
    ),
}


@pytest.mark.parametrize(("said", "wanted"), TOLD.values(), ids=TOLD)
def test_question_says_what_is_usual_and_what_may_be_meant(said: str, wanted: str) -> None:
    assert said == wanted


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("repaired", [TWELVE, None], ids=["repaired", "not repaired"])
def test_every_suspicion_can_be_asked(kind: Kind, repaired: Decimal | None) -> None:
    repairable = kind in (Kind.DECIMAL, Kind.THOUSAND)
    slip = Slip(kind, TWELVE if repairable else repaired)
    assert "125,300 kWh" in told(slip, slip, month="2026-09")
