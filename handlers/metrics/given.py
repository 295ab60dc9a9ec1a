"""Which figures are in: a quarter or a year also if all its months were sent before it was asked for as a whole."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from handlers.metrics.spans import months_of
from storage import submissions

SiteFigure = tuple[int, str, str]
"""Site, metric and period."""


def given(session: Session, site_ids: Sequence[int], periods: Collection[str]) -> set[SiteFigure]:
    """Which (site, metric, period) have a figure that was not returned."""
    months = {period: months_of(period) for period in periods}
    found = submissions.given(session, site_ids, sorted({*periods, *(one for some in months.values() for one in some)}))
    return {figure for figure in found if figure[2] in months} | {
        (site_id, metric, period)
        for site_id, metric in {(site_id, metric) for site_id, metric, _period in found}
        for period, some in months.items()
        if all((site_id, metric, month) in found for month in some)
    }
