"""What holds metrics together: each key is taken once, and what a metric names is there."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from courses.faults import Fault
from courses.formula import Term
from courses.metric_file import Written
from courses.units import MONEY


def knots(written: Sequence[Written], factors: Collection[str]) -> list[Fault]:
    """Every fault between metrics: a key taken twice, a name that means nothing, a formula that needs itself."""
    by_key: dict[str, Written] = {}
    faults: list[Fault] = []
    for one in written:
        if one.metric.key in by_key:
            faults.append(one.fault("key", f"another metric has the key '{one.metric.key}'"))
        by_key.setdefault(one.metric.key, one)
    for one in written:
        faults += _of_bounds(one, by_key)
        if one.metric.derived:
            faults += _of_formula(one, by_key, factors)
    return faults


def _of_bounds(one: Written, by_key: Mapping[str, Written]) -> Iterator[Fault]:
    for name, bounds in (("soft", one.metric.soft), ("within", one.metric.within)):
        for bound in bounds:
            known = by_key.get(bound.per)
            if bound.per and (known is None or known.metric.derived):
                yield one.fault(name, f"no metric that is asked is called '{bound.per}'")
            elif known is not None and known.metric.base_unit == MONEY:
                yield one.fault(name, f"'{bound.per}' is money, in many currencies, and nothing can be held against it")


def _of_formula(one: Written, by_key: Mapping[str, Written], factors: Collection[str]) -> Iterator[Fault]:
    for term in one.metric.parsed().terms():
        if term.is_factor:
            yield from _of_factor(one, term, factors)
            continue
        for key in term.keys:
            if key not in by_key:
                # A minus without spaces around it is read as a hyphen.
                hint = "; put spaces around a minus" if "-" in key else ""
                yield one.fault("formula", f"no metric is called '{key}'{hint}")
            elif by_key[key].metric.base_unit == MONEY:
                yield one.fault("formula", f"'{key}' is money, in many currencies, and cannot be computed with")
    if one.metric.key in _needed(one.metric.key, by_key, frozenset()):
        yield one.fault("formula", "needs its own value")


def _of_factor(one: Written, term: Term, factors: Collection[str]) -> Iterator[Fault]:
    if len(term.keys) > 1 or term.optional:
        yield one.fault("formula", f"'{term}': a factor stands alone")
    if term.keys[0] not in factors:
        yield one.fault("formula", f"no factor is called '{term.keys[0]}'")
    if one.metric.over_time != "sum":
        yield one.fault("formula", "uses a factor, which holds for a year: over_time must be sum")


def _needed(key: str, by_key: Mapping[str, Written], above: frozenset[str]) -> set[str]:
    """Every key that a formula needs, directly or not."""
    if key not in by_key or not by_key[key].metric.derived or key in above:
        return set()
    keys = set(by_key[key].metric.parsed().keys())
    return keys.union(*(_needed(one, by_key, above | {key}) for one in keys))
