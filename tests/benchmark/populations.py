"""Made-up populations of sites with a year of figures each: companies of one to five sites, countries, tiers, noise."""

from dataclasses import dataclass
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


def population(seed: int) -> Population:
    """Ten to sixty sites; the attacker belongs to one company and sees up to two of its sites."""
    chance = Random(seed)
    sites = _sites(chance, chance.randint(10, 60))
    months = tuple(
        tuple(_arrival(chance, one) for one in sites if chance.random() > MISSED) for _month in range(MONTHS)
    )
    company = chance.choice([one.company_id for one in sites])
    mine = [one.site_id for one in sites if one.company_id == company]
    return Population(months, frozenset(chance.sample(mine, min(2, len(mine)))))


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


def _arrival(chance: Random, site: Member) -> Arrival:
    """The site's usual value with a month's noise, in its own week or a late one."""
    value = site.value * Decimal(repr(exp(chance.gauss(0, 0.1))))
    week = min(chance.choice([0, 0, 1, 1, 2, 3]), WEEKS_A_MONTH - 1)
    return Arrival(Member(site.site_id, site.company_id, site.country, site.tier, value), week)
