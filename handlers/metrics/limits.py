"""The limit that holds for a figure: the narrowest threshold of the programme that fits it."""

from courses.model import Metric
from handlers.metrics.rules import Limit
from handlers.programme.settings import ProgrammeSettings, Threshold
from storage.tables.programme import Site, Supplier


def limit_of(settings: ProgrammeSettings, metric: Metric, site: Site, supplier: Supplier, period: str) -> Limit | None:
    """The limit for a month (`2026-10`), in the metric's base unit; None if the programme sets none.

    Site goes before country, country before tier, tier before all; among equals the one valid from the latest date.
    """
    fitting = [
        one
        for one in settings.thresholds
        if one.metric == metric.key and _fits(one, site, supplier) and _holds(one, period)
    ]
    if not fitting:
        return None
    narrowest = max(fitting, key=lambda one: (bool(one.site), bool(one.country), bool(one.tier), one.valid_from))
    return Limit(narrowest.limit, metric.base_unit)


def _fits(one: Threshold, site: Site, supplier: Supplier) -> bool:
    return one.site in ("", site.key) and one.country in ("", site.country) and one.tier in ("", supplier.tier)


def _holds(one: Threshold, period: str) -> bool:
    return one.valid_from.isoformat()[:7] <= period
