"""Groups that may be told of: large enough whichever company is taken out, and never overlapping."""

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.benchmarks.rules import Member, Protection, is_large_enough, preferred, quarter, standings
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
    sites = [site for one in standings(members("ABCDEF"), Protection(apart=False)) for site in one.sites]
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
    ("value", "higher", "told"),
    [("1", False, "best"), ("100", False, "worst"), ("100", True, "best"), ("1", True, "worst")],
)
def test_quarter_goes_by_the_direction_of_the_metric(value: str, higher: bool, told: str) -> None:
    found = standings(members("ABCDEFGH"))[0]
    assert quarter(Decimal(value), found, higher_is_better=higher) == told
