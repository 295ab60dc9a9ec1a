"""Made-up populations of sites with a year of figures each: companies of one to five sites, countries, tiers, noise.

Some have intensities and some have shares; some change from month to month, and some hardly do, as rates over twelve
months that are told each month. The attacker has one company's sites, or two of any.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from math import exp
from random import Random

from handlers.benchmarks.rules import Member

WEEKS_A_MONTH = 4
MONTHS = 12
MISSED = 0.06
"""The share of figures that never come."""


@dataclass(frozen=True)
class Arrival:
    """A site's figure of a month, and the week of that month in which it comes in."""

    member: Member
    week: int


@dataclass(frozen=True)
class Population:
    """The figures of twelve months, and the sites that the attacker belongs to."""

    months: tuple[tuple[Arrival, ...], ...]
    own: frozenset[int]
    unit: str = "1"


def population(seed: int) -> Population:
    """Ten to sixty sites; the attacker sees up to two of them."""
    chance = Random(seed)
    unit, noise = "%" if seed % 4 == 3 else "1", 0.02 if seed % 3 == 2 else 0.1
    sites = _sites(chance, chance.randint(10, 60))
    months = tuple(
        tuple(_arrival(chance, one, unit, noise) for one in sites if chance.random() > MISSED)
        for _month in range(MONTHS)
    )
    company = chance.choice([one.company_id for one in sites])
    mine = [one.site_id for one in sites if seed % 2 or one.company_id == company]
    return Population(months, frozenset(chance.sample(mine, min(2, len(mine)))), unit)


def _sites(chance: Random, count: int) -> list[Member]:
    countries = chance.sample(["VN", "BD", "IN", "TR", "MX"], chance.randint(1, 5))
    found: list[Member] = []
    company = 0
    while len(found) < count:
        company += 1
        tier, country = chance.choice(["high", "medium", "low"]), chance.choice(countries)
        level = exp(chance.gauss(1.2, 0.6))
        for _site in range(chance.choice([1, 1, 1, 2, 3, 5])):
            value = Decimal(repr(level * exp(chance.gauss(0, 0.3))))
            found.append(Member(len(found) + 1, company, country, tier, value))
    return found[:count]


def _arrival(chance: Random, site: Member, unit: str, noise: float) -> Arrival:
    """The site's usual value with a month's noise, in its own week or a late one."""
    value = site.value * Decimal(repr(exp(chance.gauss(0, noise))))
    week = min(chance.choice([0, 0, 1, 1, 2, 3]), WEEKS_A_MONTH - 1)
    share = value / (value + 4) * 100
    return Arrival(replace(site, value=share if unit == "%" else value), week)
