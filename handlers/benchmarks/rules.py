"""Where a site stands among others, told so that nobody's figure can be worked out from it.

Four rules, each against one way of finding out, and `Protection` to see in a test what each of them is worth:

1. A site has one group, and groups do not overlap: no two answers can be subtracted from each other.
2. A group is told of only if, whichever company is taken out of it, five sites of three companies are left: somebody
   who knows two of its sites is still among strangers.
3. It is told of once for a period, as it stood on one day: what changes between two askings tells nothing.
4. Its marks are rounded to a coarse scale, and a site's place follows from its own value and the rounded marks alone,
   so that it says nothing more about the others than the marks do.
5. A mark stays as it was told for the period before while it is still about right. Else one site that comes or goes
   would move it, and show where it stands, in figures that hardly change from month to month.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from statistics import median, quantiles

LEAST_SITES = 5
LEAST_COMPANIES = 3
R10 = tuple(map(Decimal, ("1", "1.25", "1.6", "2", "2.5", "3.15", "4", "5", "6.3", "8", "10")))
"""Preferred numbers (ISO 3, series R10), each a quarter more than the one before."""
TEN = Decimal(10)
NEAR = Decimal("1.25")
"""A mark stands for what is nearer to it than this ratio; in shares from 10 % on, than ten points."""


Marks = tuple[Decimal, Decimal, Decimal]
"""The values below which a quarter, half and three quarters of a group lie, as they are told."""

Like = tuple[str, str, str]
"""Country, tier and kind of a group, "" for any."""


class Place(StrEnum):
    """Where a site stands in its group. Near the middle is whatever cannot be told from it as it is told."""

    BEST = "best"
    BETTER = "better"
    MIDDLE = "middle"
    WORSE = "worse"
    WORST = "worst"


@dataclass(frozen=True)
class Protection:
    """What is kept to. The product uses the defaults; a test takes one or all away to see that they matter."""

    least_sites: int = LEAST_SITES
    least_companies: int = LEAST_COMPANIES
    rounded: bool = True
    apart: bool = True
    steady: bool = True


KEPT = Protection()


@dataclass(frozen=True)
class Member:
    """A site with its value of one metric and period.

    `kind` is the same for values that can be compared: of what they are made, and for what unit of output.
    """

    site_id: int
    company_id: int
    country: str
    tier: str
    value: Decimal
    kind: str = ""

    def like(self, by: Collection[str]) -> Like:
        """What it has in common with others of its group, "" for what does not count there."""
        return self.country if "country" in by else "", self.tier if "tier" in by else "", self.kind


@dataclass(frozen=True)
class Standing:
    """What the sites of a group may be told: who they are by country and tier ("" for any), and its three marks."""

    country: str
    tier: str
    kind: str
    lower: Decimal
    middle: Decimal
    upper: Decimal
    sites: tuple[int, ...] = ()

    @property
    def marks(self) -> Marks:
        """The three marks, lowest first."""
        return self.lower, self.middle, self.upper

    @property
    def like(self) -> Like:
        """What its sites have in common."""
        return self.country, self.tier, self.kind


@dataclass(frozen=True)
class Grouping:
    """How sites are put into groups: the unit of their values, and what was told for the period before."""

    unit: str = ""
    before: Mapping[Like, Marks] = field(default_factory=dict)
    kept: Protection = KEPT


def standings(members: Iterable[Member], how: Grouping = Grouping()) -> list[Standing]:
    """The groups that may be told of: sites of one country and tier, else of one tier, else all that are left.

    No site is in two of them. A site whose groups are all too small is in none.
    """
    found, left = [], list(members)
    for by in (("country", "tier", "kind"), ("tier", "kind"), ("kind",)):
        groups: defaultdict[Like, list[Member]] = defaultdict(list)
        for one in left:
            groups[one.like(by)].append(one)
        told = {like: group for like, group in groups.items() if is_large_enough(group, how.kept)}
        found += [_standing(like, group, how) for like, group in told.items()]
        if how.kept.apart:
            taken = {one.site_id for group in told.values() for one in group}
            left = [one for one in left if one.site_id not in taken]
    return found


def is_large_enough(group: Sequence[Member], kept: Protection = KEPT) -> bool:
    """Whether enough sites and companies are left, whichever company is taken out."""
    sites = Counter(one.company_id for one in group)
    largest = max(sites.values(), default=0)
    return len(group) - largest >= kept.least_sites and len(sites) - 1 >= kept.least_companies


def place(value: Decimal, marks: Marks, unit: str, *, higher_is_better: bool) -> Place:
    """Where a value lies by the marks as they are told.

    A mark is near to what it stands for, so who is told to be beyond it is beyond that as well.
    """
    lower, middle, upper = marks
    if is_near(value, middle, unit):
        return Place.MIDDLE
    is_better = (value > middle) == higher_is_better
    outer = upper if value > middle else lower
    is_outermost = (value > outer if value > middle else value < outer) and not is_near(value, outer, unit)
    if is_better:
        return Place.BEST if is_outermost else Place.BETTER
    return Place.WORST if is_outermost else Place.WORSE


def told(value: Decimal, unit: str) -> Decimal:
    """A value as it is told: a preferred number; of shares from 10 % on, the nearest full ten."""
    if unit == "%" and abs(value) >= TEN:
        return (value / TEN).quantize(Decimal(1)) * TEN
    return preferred(value)


def is_near(one: Decimal, other: Decimal, unit: str) -> bool:
    """Whether two values are as good as the same, one of them being a mark that was told."""
    if unit == "%" and min(one, other) >= TEN and abs(one - other) < TEN:
        return True
    return one == other or (min(one, other) > 0 and max(one / other, other / one) < NEAR)


def preferred(value: Decimal) -> Decimal:
    """The nearest preferred number of the series R10, by ratio; nought stays nought."""
    if value == 0:
        return value
    scale = Decimal(1).scaleb(abs(value).adjusted())
    part = abs(value) / scale
    nearest = min(R10, key=lambda number: max(number / part, part / number))
    return (nearest * scale).copy_sign(value)


def _standing(like: Like, group: Sequence[Member], how: Grouping) -> Standing:
    values = sorted(one.value for one in group)
    lower, _middle, upper = quantiles(values, n=4, method="inclusive") if len(values) > 1 else values * 3
    exact = lower, median(values), upper
    before = how.before.get(like, (None, None, None)) if how.kept.steady else (None, None, None)
    lower, middle, upper = (_mark(one, last, how) for one, last in zip(exact, before, strict=True))
    return Standing(*like, lower, middle, upper, tuple(sorted(one.site_id for one in group)))


def _mark(exact: Decimal, last: Decimal | None, how: Grouping) -> Decimal:
    if not how.kept.rounded:
        return exact
    return last if last is not None and is_near(exact, last, how.unit) else told(exact, how.unit)
