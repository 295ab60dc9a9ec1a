"""Computed figures: shares, intensities, rates and emissions, from the figures that a site has sent.

Nothing computed is stored. A rate is made anew from its parts, and is shown with them, with its basis, and with the
source and year of every factor in it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from courses.factors import Factor, Source
from courses.formula import Term, ZeroDivisorError
from courses.load import Library
from courses.model import Metric
from handlers.metrics.periods import MONTHS, Length, first_day, length_of
from handlers.metrics.spans import covered, months_of, months_until, periods_of

FINEST = Decimal("0.000001")

Held = Mapping[str, Mapping[str, Decimal]]
"""The figures of one site that hold, in base units: by the key of the metric, then by period (`2026-10`, `2026-Q3`)."""


LackKind = Literal["missing", "not asked", "too short", "zero", "factor"]


@dataclass(frozen=True)
class Part:
    """A figure that went into a computed one: the sum, or the mean, of these periods."""

    key: str
    value: Decimal
    periods: tuple[str, ...]


@dataclass(frozen=True)
class Lack:
    """Why there is no value.

    `missing`: the figure `key` was not sent for `periods`. `not asked`: the site is not asked for `key`. `too short`:
    `key` is asked for longer periods than this one. `zero`: `key`, by which to divide, is nought. `factor`: there is no
    factor `key` for the site's country.
    """

    kind: LackKind
    key: str
    periods: tuple[str, ...] = ()


@dataclass(frozen=True)
class Derived:
    """A computed figure in the unit of its metric, to six places; without a value `lacks` says why.

    `shown` is rounded as people see it. `factors` are those that had a part in it, each with its source.
    """

    key: str
    period: str
    unit: str
    value: Decimal | None
    shown: Decimal | None = None
    parts: tuple[Part, ...] = ()
    factors: tuple[tuple[Factor, Source], ...] = ()
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True)
class Site:
    """What is known of a site: its country, the metrics that are asked of it, and the figures it sent.

    `lengths` says for which periods a metric is asked where these are not the metric's own.
    """

    country: str
    asked: Collection[str]
    held: Held
    lengths: Mapping[str, Length] = field(default_factory=dict)


def derive(library: Library, key: str, site: Site, period: str, window: int = 0) -> Derived:
    """The computed figure `key` of a period; a rate over a fixed time is that of the months up to the period's end.

    `window` is another number of months to take together than the metric's own.
    """
    metric = library.metrics[key]
    months = months_until(period, window or metric.window) if window or metric.window else months_of(period)
    return total(library, key, site, months, period)


def total(library: Library, key: str, site: Site, months: Sequence[str], period: str = "") -> Derived:
    """The figure `key` of these months together: computed, or the sum or mean of what was sent."""
    metric, work = library.metrics[key], _Work(library, site)
    value = work.value(metric, months)
    if value is None:
        return Derived(key, period, metric.base_unit, None, lacks=_merged(work.lacks))
    shown = value.quantize(Decimal(1).scaleb(-metric.places))
    factors = tuple((one, library.factors.sources[one.source]) for one in dict.fromkeys(work.factors))
    return Derived(key, period, metric.base_unit, value.quantize(FINEST), shown, work.joined(), factors)


def derivable(library: Library, asked: Collection[str]) -> list[str]:
    """The computed metrics for which a site that is asked for these can have a value, in the library's order."""
    return [key for key in library.derived() if is_available(library, key, asked)]


def is_available(library: Library, key: str, asked: Collection[str]) -> bool:
    """Whether a site that is asked for these has such a figure: sent, or computed from at least one that is sent."""
    metric = library.metrics[key]
    if not metric.derived:
        return key in asked
    terms = [term for term in metric.parsed().terms() if not term.is_factor]
    there = [any(is_available(library, one, asked) for one in term.keys) for term in terms]
    return any(there) and all(is_there or term.optional for term, is_there in zip(terms, there, strict=True))


@dataclass
class _Work:
    """One computation: what it used and what it lacked."""

    library: Library
    site: Site
    parts: list[Part] = field(default_factory=list)
    factors: list[Factor] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)

    def value(self, metric: Metric, months: Sequence[str]) -> Decimal | None:
        """The figure of these months together, None if something is lacking."""
        if not metric.derived:
            return self._sent(metric, months)
        if not is_available(self.library, metric.key, self.site.asked):
            self.lacks += self.not_asked(metric)
            return None
        if metric.over_time != "sum":
            return self._computed(metric, months)
        # Month by month, because a factor holds for a year.
        found = [self._computed(metric, span) for span in self._spans(metric, months)]
        values = [value for value in found if value is not None]
        return sum(values, Decimal(0)) if len(values) == len(found) else None

    def joined(self) -> tuple[Part, ...]:
        """The parts by figure, months that were taken one by one put together again."""
        by_key: dict[str, list[Part]] = {}
        for part in dict.fromkeys(self.parts):
            by_key.setdefault(part.key, []).append(part)
        return tuple(self._one_part(key, parts) for key, parts in by_key.items())

    def _one_part(self, key: str, parts: Sequence[Part]) -> Part:
        periods = tuple(sorted({period for part in parts for period in part.periods}))
        if len(parts) == 1:
            return parts[0]
        return Part(key, self._together(self.library.metrics[key], periods), periods)

    def _spans(self, metric: Metric, months: Sequence[str]) -> list[Sequence[str]]:
        """The months one by one, or by the longest periods that a figure in the formula is asked for."""
        keys = [key for term in metric.parsed().terms() if not term.is_factor for key in self._meant(term)]
        asked = [self._length(self.library.metrics[key]) for key in keys if not self.library.metrics[key].derived]
        longest: Length = max(asked, key=MONTHS.__getitem__, default="month")
        return [months_of(period) for period in periods_of(longest, months)] or [months]

    def _length(self, metric: Metric) -> Length:
        """The length of the periods for which a figure is asked of the site."""
        return self.site.lengths.get(metric.key, metric.period)

    def _computed(self, metric: Metric, months: Sequence[str]) -> Decimal | None:
        formula = metric.parsed()
        idle = {key for term in formula.terms() if not term.is_factor and not self._meant(term) for key in term.keys}
        values = {term: self._of_term(term, months, idle) for term in formula.terms()}
        known = {term: value for term, value in values.items() if value is not None}
        if len(known) < len(values):
            return None
        try:
            return formula.value(known.__getitem__)
        except ZeroDivisorError as error:
            self.lacks.append(Lack("zero", error.divisor, tuple(months)))
            return None

    def _of_term(self, term: Term, months: Sequence[str], idle: Collection[str]) -> Decimal | None:
        if term.is_factor:
            return self._factor(term.keys[0], months, idle)
        meant = self._meant(term)
        if meant:
            return self.value(self.library.metrics[meant[0]], months)
        # What is not asked of the site it does not use: no fuel is burned where none is asked for.
        return Decimal(0)

    def _meant(self, term: Term) -> list[str]:
        """The keys of a term that the site has figures for, the one that counts first."""
        return [key for key in term.keys if is_available(self.library, key, self.site.asked)]

    def _factor(self, key: str, months: Sequence[str], idle: Collection[str]) -> Decimal | None:
        if key.partition(".")[2] in idle:
            return Decimal(0)
        found = self.library.factors.find(key, self.site.country, first_day(months[-1]).year)
        if found is None:
            self.lacks.append(Lack("factor", key))
            return None
        self.factors.append(found)
        return found.value

    def _sent(self, metric: Metric, months: Sequence[str]) -> Decimal | None:
        """The sum or mean of a figure over these months."""
        if metric.key not in self.site.asked:
            self.lacks.append(Lack("not asked", metric.key))
            return None
        found = covered(months, self.site.held.get(metric.key, {}), self._length(metric))
        if found.cut:
            self.lacks.append(Lack("too short", metric.key, tuple(months)))
            return None
        if found.missing:
            self.lacks.append(Lack("missing", metric.key, found.missing))
            return None
        value = self._together(metric, found.periods)
        self.parts.append(Part(metric.key, value, found.periods))
        return value

    def _together(self, metric: Metric, periods: Sequence[str]) -> Decimal:
        """The sum of a figure over these periods, or its mean, in which a quarter counts like three months."""
        held = self.site.held[metric.key]
        if metric.over_time != "mean":
            return sum((held[one] for one in periods), Decimal(0))
        months = {one: MONTHS[length_of(one)] for one in periods}
        return sum((held[one] * months[one] for one in periods), Decimal(0)) / sum(months.values())

    def not_asked(self, metric: Metric) -> list[Lack]:
        """The figures of a formula that the site is not asked for; all of them are optional where fuels add up."""
        terms = [term for term in metric.parsed().terms() if not term.is_factor]
        needed = [term.keys[0] for term in terms if not term.optional and not self._meant(term)]
        return [Lack("not asked", key) for key in needed or [metric.key]]


def _merged(lacks: Sequence[Lack]) -> tuple[Lack, ...]:
    """Each lack once, with all its periods."""
    periods: dict[tuple[LackKind, str], dict[str, None]] = {}
    for one in lacks:
        periods.setdefault((one.kind, one.key), {}).update(dict.fromkeys(one.periods))
    return tuple(Lack(kind, key, tuple(sorted(these))) for (kind, key), these in periods.items())
