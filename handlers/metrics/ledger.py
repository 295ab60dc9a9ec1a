"""The figures of one site: those that were sent, and all that can be made of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from sqlmodel import Session

from courses.load import Library
from courses.model import Metric
from handlers.metrics.derived import Derived, Site, derivable, total
from handlers.metrics.periods import MONTHS, Length
from handlers.metrics.slips.figure import plain
from handlers.metrics.spans import months_of, months_until, periods_in
from storage import absences, submissions
from storage.tables import programme
from storage.tables.figures import Basis, Submission

LENGTHS: tuple[Length, ...] = ("month", "quarter", "year")


class Sent(Protocol):
    """A figure as it was sent, in the base unit."""

    @property
    def base_value(self) -> Decimal:
        """The value."""

    @property
    def base_unit(self) -> str:
        """Its unit."""

    @property
    def basis(self) -> Basis:
        """How it came about."""


@dataclass(frozen=True)
class Known:
    """What holds for a period, in the base unit; `estimated` if that, or a part of it, was not measured."""

    period: str
    value: Decimal
    unit: str
    estimated: bool = False


@dataclass(frozen=True)
class Ledger:
    """The figures of a site that hold and were not returned, by metric and period.

    `lengths` are the metrics that are asked of it, each with the length of the periods that it is owed for.
    """

    library: Library
    country: str
    lengths: Mapping[str, Length]
    rows: Mapping[str, Mapping[str, Sent]]

    def figure(self, metric: Metric, period: str) -> Known | None:
        """The figure of a period: as it was sent, put together from shorter periods, or computed; None if it lacks."""
        sent = self.rows.get(metric.key, {}).get(period)
        if sent is not None:
            return Known(period, sent.base_value, sent.base_unit, sent.basis is Basis.ESTIMATED)
        return self.over(metric, months_until(period, metric.window) if metric.window else months_of(period), period)

    def over(self, metric: Metric, months: Sequence[str], period: str = "") -> Known | None:
        """The figure of these months together, None if one of its parts lacks or they are in several units.

        A mean is rounded as it is shown.
        """
        made = self._made(metric, months)
        units = {
            self.rows[metric.key][one].base_unit
            for part in made.parts
            for one in part.periods
            if part.key == metric.key
        }
        if made.value is None or len(units) > 1:
            return None
        mean = metric.over_time == "mean" and not metric.derived
        value = made.value.quantize(Decimal(1).scaleb(-metric.places)) if mean else made.value
        estimated = any(self._is_estimated(one.key, one.periods) for one in made.parts)
        return Known(period, plain(value), next(iter(units), metric.base_unit), estimated)

    def computed(self) -> list[Metric]:
        """The computed metrics that say more than the figures they are made of; a sum of one figure does not."""
        return [self.library.metrics[key] for key in derivable(self.library, self.site.asked) if self._says_more(key)]

    def length(self, metric: Metric) -> Length:
        """The length of the periods for which there is such a figure; of a computed one, the longest of its parts."""
        if not metric.derived:
            return self.lengths.get(metric.key, metric.period)
        return max((self.lengths[key] for key in self._leaves(metric)), key=MONTHS.__getitem__, default=metric.period)

    def rests_on(self, metric: Metric, key: str) -> bool:
        """Whether a computed metric is made of the figure `key`."""
        return key in self._leaves(metric)

    @cached_property
    def site(self) -> Site:
        """What is known of the site, as formulas take it."""
        held = {key: {period: row.base_value for period, row in rows.items()} for key, rows in self.rows.items()}
        return Site(self.country, tuple(self.lengths), held, self.lengths)

    def _made(self, metric: Metric, months: Sequence[str]) -> Derived:
        return total(self.library, metric.key, self.site, months)

    def _leaves(self, metric: Metric) -> list[str]:
        """The figures asked of the site of which a computed one is made."""
        if not metric.derived:
            return [metric.key] if metric.key in self.lengths else []
        keys = [term.keys for term in metric.parsed().terms() if not term.is_factor]
        return list(
            dict.fromkeys(leaf for some in keys for key in some for leaf in self._leaves(self.library.metrics[key]))
        )

    def _says_more(self, key: str) -> bool:
        metric = self.library.metrics[key]
        leaves = self._leaves(metric)
        return len(leaves) > 1 or self.library.metrics[leaves[0]].base_unit != metric.base_unit

    def _is_estimated(self, key: str, periods: Sequence[str]) -> bool:
        return any(self.rows[key][period].basis is Basis.ESTIMATED for period in periods)


def ledger_of(
    session: Session, library: Library, site: programme.Site, lengths: Mapping[str, Length], months: Iterable[str]
) -> Ledger:
    """The figures of a site for these months, and for the quarters and years in which they lie.

    A metric that does not apply to the site counts as one that is not asked.
    """
    return ledgers_of(session, library, [(site, lengths)], months)[0]


def ledgers_of(
    session: Session,
    library: Library,
    sites: Sequence[tuple[programme.Site, Mapping[str, Length]]],
    months: Iterable[str],
) -> list[Ledger]:
    """The figures of several sites, each given with what is asked of it: two statements for all of them."""
    ids = [site.id for site, _lengths in sites]
    rows: dict[int, dict[str, dict[str, Submission]]] = {one: {} for one in ids}
    for row in submissions.held(session, ids, periods_in(months)):
        if row.returned_at is None:
            rows[row.site_id].setdefault(row.metric, {})[row.period] = row
    idle = {(one, key) for one, key in absences.not_applicable(session, ids) if key not in rows[one]}
    return [
        Ledger(
            library,
            site.country,
            {key: length for key, length in lengths.items() if (site.id, key) not in idle},
            rows[site.id],
        )
        for site, lengths in sites
    ]
