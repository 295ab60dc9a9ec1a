"""Groups that may be told of: large enough whichever company is taken out, and never overlapping."""

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.benchmarks.rules import (
    Grouping,
    Like,
    Marks,
    Member,
    Place,
    Protection,
    Standing,
    is_large_enough,
    place,
    preferred,
    standings,
    told,
)
from tests.benchmark.populations import population


def members(companies: str, country: str = "VN", tier: str = "high", first: int = 1) -> list[Member]:
    """A site for each letter, of the company that the letter names."""
    return [
        Member(first + place, ord(letter), country, tier, Decimal(place + 1)) for place, letter in enumerate(companies)
    ]


@pytest.mark.parametrize(
    ("companies", "told"),
    [
        pytest.param("ABCDEF", True, id="six companies"),
        pytest.param("ABCDE", False, id="five sites: four strangers"),
        pytest.param("AABBCCDD", True, id="four companies of two"),
        pytest.param("AAABBBCCC", False, id="without one company, two are left"),
        pytest.param("AAAAAABCDE", False, id="without the largest, four sites are left"),
        pytest.param("AAAAAABCDEF", True, id="without the largest, five sites are left"),
        pytest.param("", False, id="nobody"),
    ],
)
def test_group_is_told_of_if_it_is_large_enough_without_any_company(companies: str, told: bool) -> None:
    assert is_large_enough(members(companies)) is told
    assert bool(standings(members(companies))) is told


def test_sites_left_over_by_their_country_are_compared_within_their_tier() -> None:
    large, small = members("ABCDEF"), members("GH", country="BD", first=10)
    others = members("IJKL", country="TR", first=20)
    found = standings([*large, *small, *others])
    assert [(one.country, one.tier, len(one.sites)) for one in found] == [("VN", "high", 6), ("", "high", 6)]


@pytest.mark.parametrize("seed", range(40))
def test_no_site_is_in_two_groups(seed: int) -> None:
    month = [one.member for one in population(seed).months[0]]
    sites = [site for one in standings(month) for site in one.sites]
    assert len(sites) == len(set(sites))


def test_groups_overlap_where_that_protection_is_off() -> None:
    sites = [site for one in standings(members("ABCDEF"), Grouping(kept=Protection(apart=False))) for site in one.sites]
    assert len(sites) > len(set(sites))


@pytest.mark.parametrize(
    ("value", "told"),
    [("0", "0"), ("1.1", "1"), ("1.13", "1.25"), ("97", "100"), ("0.0034", "0.00315"), ("-7", "-6.3")],
)
def test_marks_are_preferred_numbers(value: str, told: str) -> None:
    assert preferred(Decimal(value)) == Decimal(told)


def test_small_change_of_one_site_is_not_seen() -> None:
    before = members("ABCDEFGH")
    after = [replace(one, value=one.value * Decimal("1.03")) if one.site_id == 4 else one for one in before]
    assert [replace(one, sites=()) for one in standings(before)] == [replace(one, sites=()) for one in standings(after)]


@pytest.mark.parametrize(
    ("value", "shown"), [("0", "0"), ("4.4", "4"), ("12", "10"), ("86", "90"), ("97", "100"), ("100", "100")]
)
def test_shares_are_told_in_full_tens(value: str, shown: str) -> None:
    assert told(Decimal(value), "%") == Decimal(shown)


EXACT = Grouping(kept=Protection(rounded=False))
MARKS = (Decimal("2.5"), Decimal("4"), Decimal("6.3"))


@pytest.mark.parametrize(
    ("value", "lower", "higher"),
    [
        ("1", Place.BEST, Place.WORST),
        ("2.1", Place.BETTER, Place.WORSE),
        ("3.2", Place.BETTER, Place.WORSE),
        ("3.3", Place.MIDDLE, Place.MIDDLE),
        ("4.9", Place.MIDDLE, Place.MIDDLE),
        ("5", Place.WORSE, Place.BETTER),
        ("7.8", Place.WORSE, Place.BETTER),
        ("9", Place.WORST, Place.BEST),
    ],
)
def test_place_goes_by_the_direction_of_the_metric(value: str, lower: Place, higher: Place) -> None:
    assert place(Decimal(value), MARKS, "1", higher_is_better=False) is lower
    assert place(Decimal(value), MARKS, "1", higher_is_better=True) is higher


@pytest.mark.parametrize("higher", [True, False], ids=["higher", "lower"])
def test_site_that_is_like_all_others_is_in_the_middle(higher: bool) -> None:
    same = (Decimal(0), Decimal(0), Decimal(0))
    assert place(Decimal(0), same, "%", higher_is_better=higher) is Place.MIDDLE


@pytest.mark.parametrize("unit", ["1", "%"])
@pytest.mark.parametrize("seed", [3, 7, 11, 15])
def test_what_is_told_of_a_place_is_true(seed: int, unit: str) -> None:
    """Who is told to be in the better half is better than the median as it is, though a told mark is rounded or old."""
    before: dict[Like, Marks] = {}
    places: set[Place] = set()
    for arrivals in population(seed).months:
        month = [replace(one.member, country="VN", tier="high") for one in arrivals]
        (shown,), (exact,) = standings(month, Grouping(unit, before)), standings(month, EXACT)
        before = {shown.like: shown.marks}
        for one in month:
            found = place(one.value, shown.marks, unit, higher_is_better=False)
            places.add(found)
            assert is_true(found, one.value, exact)
    assert Place.MIDDLE in places and len(places) > 2


def is_true(found: Place, value: Decimal, exact: Standing) -> bool:
    match found:
        case Place.BEST:
            return value < exact.lower
        case Place.BETTER:
            return value < exact.middle
        case Place.WORSE:
            return value > exact.middle
        case Place.WORST:
            return value > exact.upper
    return True


def test_mark_stays_until_it_is_no_longer_right() -> None:
    def told_of(level: str, last: str) -> Decimal:
        month = [replace(one, value=Decimal(level)) for one in members("ABCDEF")]
        mark = Decimal(last)
        return standings(month, Grouping("1", {("VN", "high", ""): (mark, mark, mark)}))[0].middle

    assert told_of("4.9", "4") == 4
    assert told_of("5.1", "4") == 5
    assert told_of("0", "4") == 0


def test_values_of_different_kinds_are_never_compared() -> None:
    pieces = [replace(one, kind="output") for one in members("ABCDEF")]
    kilos = [replace(one, kind="output-weight") for one in members("GHI", first=10)]
    assert [one.sites for one in standings([*pieces, *kilos])] == [(1, 2, 3, 4, 5, 6)]
