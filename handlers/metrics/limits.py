"""Limits and targets that hold for a figure: the narrowest of the programme that fits it.

Like is compared with like: a limit or target is meant for the metric's own period. Where a figure is for a longer one,
amounts are held against so many times the limit; means and ratios against the limit itself. Sums of twelve months and
changes in per cent are the same whatever the period.
"""

from decimal import Decimal
from typing import TypeVar

from courses.model import Metric
from handlers.metrics.cadence import in_proportion
from handlers.metrics.periods import first_day
from handlers.metrics.rules import Limit
from handlers.metrics.slips.figure import plain
from handlers.programme.aims import Aim, Baseline, Threshold
from handlers.programme.settings import ProgrammeSettings
from storage.tables.programme import Site, Supplier

A = TypeVar("A", bound=Aim)


def limit_of(settings: ProgrammeSettings, metric: Metric, site: Site, supplier: Supplier, period: str) -> Limit | None:
    """The limit for a period's figure, in the metric's base unit; None if the programme sets none."""
    held = threshold_of(settings, metric, site, supplier, period, "limit")
    return _limit(held.limit, metric, period) if held else None


def threshold_of(
    settings: ProgrammeSettings, metric: Metric, site: Site, supplier: Supplier, period: str, rule: str
) -> Threshold | None:
    """The threshold of this rule that holds for a period."""
    return _narrowest([one for one in settings.thresholds if one.rule == rule], metric, site, supplier, period)


def target_of(settings: ProgrammeSettings, metric: Metric, site: Site, supplier: Supplier, period: str) -> Limit | None:
    """The target for a period's figure, in the metric's base unit; None if the programme sets none."""
    held = _narrowest(list(settings.targets), metric, site, supplier, period)
    return _limit(held.value, metric, period) if held else None


def baseline_of(
    settings: ProgrammeSettings, metric: Metric, site: Site, supplier: Supplier, period: str
) -> Baseline | None:
    """The baseline for a period's figure: one for the metric before one for all; None if the programme sets none."""
    return _narrowest(list(settings.baselines), metric, site, supplier, period)


def _limit(own: Decimal, metric: Metric, period: str) -> Limit:
    """The limit for a period, from that for the metric's own."""
    return Limit(plain(own * in_proportion(metric, period)), metric.base_unit, metric.direction == "higher")


def _narrowest(among: list[A], metric: Metric, site: Site, supplier: Supplier, period: str) -> A | None:
    """Site goes before country, country before tier, tier before all; among equals the one valid from the last day."""
    meant = [one for one in among if one.metric in (metric.key, "")]
    fitting = [one for one in meant if _fits(one, site, supplier) and _holds(one, period)]
    return max(fitting, key=_narrowness, default=None)


def _narrowness(one: Aim) -> tuple[object, ...]:
    return bool(one.metric), bool(one.site), bool(one.country), bool(one.tier), one.valid_from


def _fits(one: Aim, site: Site, supplier: Supplier) -> bool:
    return one.site in ("", site.key) and one.country in ("", site.country) and one.tier in ("", supplier.tier)


def _holds(one: Aim, period: str) -> bool:
    return one.valid_from.replace(day=1) <= first_day(period)
