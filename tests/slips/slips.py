"""The slips, put into honest figures: what a person would send by mistake, and what should be offered instead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from handlers.metrics.slips.figure import Past
from handlers.metrics.slips.suspicion import Kind
from tests.slips.history import Site, period


@dataclass(frozen=True)
class Case:
    """A value sent by mistake after a past; `meant` is None where it cannot be known from what is given."""

    kind: Kind
    sent: Decimal
    meant: Decimal | None
    past: list[Past]
    last_index: Decimal | None = None


Slipper = Callable[[Random, Site, int, int], Case | None]
"""Makes a case from a site, the place of the month and the length of its past; None where this slip cannot happen."""


def _factor(kind: Kind, factor: str) -> Slipper:
    def slip(_chance: Random, site: Site, now: int, length: int) -> Case | None:
        honest = site.values[now]
        return Case(kind, honest * Decimal(factor), honest, site.past(now, length)) if honest else None

    return slip


def _year_to_date(_chance: Random, site: Site, now: int, length: int) -> Case | None:
    """The sum since January; what was meant can be told if all months since then are known."""
    back = now % 12
    if back == 0 or not site.values[now]:
        return None
    total = sum(site.values[now - back : now + 1], Decimal(0))
    return Case(Kind.YEAR_TO_DATE, total, site.values[now] if length >= back else None, site.past(now, length))


def _known_meter(_chance: Random, site: Site, now: int, length: int) -> Case | None:
    if not site.values[now]:
        return None
    past, last = site.past(now, length), site.reading(now - 1)
    return Case(Kind.METER_INDEX, site.reading(now), site.values[now], past, last)


def _unknown_meter(_chance: Random, site: Site, now: int, length: int) -> Case:
    return Case(Kind.METER_INDEX, site.reading(now), None, site.past(now, length))


def _always_the_meter(_chance: Random, site: Site, now: int, length: int) -> Case | None:
    """All earlier figures are readings too."""
    if not site.values[now]:
        return None
    past = [Past(period(month), site.reading(month)) for month in range(now - length, now)]
    return Case(Kind.METER_INDEX, site.reading(now), site.values[now], past)


def _last_month(_chance: Random, site: Site, now: int, length: int) -> Case | None:
    last = site.values[now - 1]
    return Case(Kind.SAME_AS_LAST_MONTH, last, None, site.past(now, length)) if last else None


def _last_year(_chance: Random, site: Site, now: int, length: int) -> Case | None:
    there = length >= 12 and site.values[now - 12]
    return Case(Kind.WRONG_MONTH, site.values[now - 12], None, site.past(now, length)) if there else None


def _other_month(chance: Random, site: Site, now: int, length: int) -> Case | None:
    """Any of the twelve months before the last one."""
    if length < 2:
        return None
    other = now - chance.randint(2, min(length, 13))
    return Case(Kind.WRONG_MONTH, site.values[other], None, site.past(now, length)) if site.values[other] else None


def _new_meter(chance: Random, site: Site, now: int, length: int) -> Case:
    """The reading of a meter that has run for two to eight months."""
    since = now - chance.randint(1, 7)
    return Case(Kind.METER_INDEX, sum(site.values[since : now + 1], Decimal(0)), None, site.past(now, length))


def _since_april(_chance: Random, site: Site, now: int, length: int) -> Case | None:
    """The sum of a business year that begins in April."""
    back = (now - 3) % 12
    if back == 0 or not site.values[now]:
        return None
    return Case(Kind.YEAR_TO_DATE, sum(site.values[now - back : now + 1], Decimal(0)), None, site.past(now, length))


def _two_digits(_chance: Random, site: Site, now: int, length: int) -> Case | None:
    """Last month's figure again, at a site that writes no more than two digits."""
    past = [Past(one.period, _rounded(one.value)) for one in site.past(now, length)]
    return Case(Kind.SAME_AS_LAST_MONTH, past[-1].value, None, past) if past[-1].value else None


def _rounded(value: Decimal) -> Decimal:
    return round(value, 1 - value.adjusted()) if value else value


SLIPS: Mapping[str, Slipper] = {
    "ten times": _factor(Kind.DECIMAL, "10"),
    "a tenth": _factor(Kind.DECIMAL, "0.1"),
    "thousand times": _factor(Kind.THOUSAND, "1000"),
    "a thousandth": _factor(Kind.THOUSAND, "0.001"),
    "year to date": _year_to_date,
    "meter reading, last one known": _known_meter,
    "meter reading, none known": _unknown_meter,
    "a meter reading every month": _always_the_meter,
    "same as last month": _last_month,
    "last year's figure": _last_year,
    "another month's figure": _other_month,
}

WEAK: Mapping[str, Slipper] = {
    "reading of a meter that is 2 to 8 months old": _new_meter,
    "sum since April": _since_april,
    "same as last month, two digits": _two_digits,
}
"""Slips that are known to be told badly; they are counted to say how badly."""
