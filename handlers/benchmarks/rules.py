"""Where a site stands among others, told so that nobody's figure can be worked out from it.

Four rules, each against one way of finding out, and `Protection` to see in a test what each of them is worth:

1. A site has one group, and groups do not overlap: no two answers can be subtracted from each other.
2. A group is told of only if, whichever company is taken out of it, five sites of three companies are left: somebody
   who knows two of its sites is still among strangers.
3. It is told of once for a period, as it stood on one day: what changes between two askings tells nothing.
4. Its marks are rounded to preferred numbers (ISO 3, series R10), a quarter apart.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median, quantiles
from typing import Literal

LEAST_SITES = 5
LEAST_COMPANIES = 3
R10 = tuple(map(Decimal, ("1", "1.25", "1.6", "2", "2.5", "3.15", "4", "5", "6.3", "8", "10")))

Quarter = Literal["best", "better", "worse", "worst"]


@dataclass(frozen=True)
class Protection:
    """What is kept to. The product uses the defaults; a test takes one or all away to see that they matter."""

    least_sites: int = LEAST_SITES
    least_companies: int = LEAST_COMPANIES
    rounded: bool = True
    apart: bool = True


KEPT = Protection()


@dataclass(frozen=True)
class Member:
    """A site with its value of one metric and period."""

    site_id: int
    company_id: int
    country: str
    tier: str
    value: Decimal


@dataclass(frozen=True)
class Standing:
    """What the sites of a group may be told: who they are by country and tier ("" for any), and its three marks."""

    country: str
    tier: str
    sites: tuple[int, ...]
    lower: Decimal
    middle: Decimal
    upper: Decimal


def standings(members: Iterable[Member], kept: Protection = KEPT) -> list[Standing]:
    """The groups that may be told of: sites of one country and tier, else of one tier, else all that are left.

    No site is in two of them. A site whose groups are all too small is in none.
    """
    found, left = [], list(members)
    for by in (("country", "tier"), ("tier",), ()):
        groups: defaultdict[tuple[str, ...], list[Member]] = defaultdict(list)
        for one in left:
            groups[tuple(getattr(one, name) for name in by)].append(one)
        told = [group for group in groups.values() if is_large_enough(group, kept)]
        found += [_standing(group, by, kept) for group in told]
        if kept.apart:
            taken = {one.site_id for group in told for one in group}
            left = [one for one in left if one.site_id not in taken]
    return found


def is_large_enough(group: Sequence[Member], kept: Protection = KEPT) -> bool:
    """Whether enough sites and companies are left, whichever company is taken out."""
    sites = Counter(one.company_id for one in group)
    largest = max(sites.values(), default=0)
    return len(group) - largest >= kept.least_sites and len(sites) - 1 >= kept.least_companies


def quarter(value: Decimal, standing: Standing, *, higher_is_better: bool) -> Quarter:
    """In which quarter a value lies, by the marks as they are told."""
    beyond = sum(value > mark for mark in (standing.lower, standing.middle, standing.upper))
    order: tuple[Quarter, ...] = ("best", "better", "worse", "worst")
    return order[3 - beyond] if higher_is_better else order[beyond]


def preferred(value: Decimal) -> Decimal:
    """The nearest preferred number of the series R10, by ratio; nought stays nought."""
    if value == 0:
        return value
    scale = Decimal(1).scaleb(abs(value).adjusted())
    part = abs(value) / scale
    nearest = min(R10, key=lambda number: max(number / part, part / number))
    return (nearest * scale).copy_sign(value)


def _standing(group: Sequence[Member], by: tuple[str, ...], kept: Protection) -> Standing:
    values = sorted(one.value for one in group)
    lower, _middle, upper = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    marks = [preferred(mark) if kept.rounded else mark for mark in (lower, median(values), upper)]
    first = group[0]
    return Standing(
        first.country if "country" in by else "",
        first.tier if "tier" in by else "",
        tuple(sorted(one.site_id for one in group)),
        *marks,
    )
