"""What is on record of a supplier, read from the store."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers.metrics.periods import last_day, period_of
from handlers.tiers.rules import Given, Record, SiteFigure
from handlers.turn import Turn
from storage import absences, capas, submissions, suppliers, tiers
from storage.tables.figures import AbsenceKind, AbsenceState, Basis, Submission
from storage.tables.programme import Site, Supplier

ZERO_TOLERANCE = ("deaths", "corruption")
"""Figures of which anything above nought is never clean."""


def record_of(turn: Turn, supplier: Supplier) -> Record:
    """The record of a supplier over all its active sites."""
    sites = suppliers.sites(turn.session, supplier.id)
    zones, ids = {site.id: ZoneInfo(site.timezone) for site in sites}, [site.id for site in sites]
    rows = submissions.every_version(turn.session, ids)
    lengths = turn.read.lengths_of(supplier)
    accepted = tiers.last_accepted(turn.session, supplier.id)
    return Record(
        asked={site.id: lengths for site in sites},
        given=_given(rows, zones),
        spared=_spared(turn, sites),
        broken=frozenset(_month(one.period) for one in submissions.standing_breaches(turn.session, ids)),
        grave=frozenset(_month(row.period) for row in rows if row.metric in ZERO_TOLERANCE and row.base_value > 0),
        actions=[
            (
                _day(one.opened_at, zones[one.site_id]),
                _day(one.closed_at, zones[one.site_id]) if one.closed_at else None,
            )
            for one in capas.at_sites(turn.session, ids)
        ],
        since=period_of("month", _day(accepted.decided_at, turn.settings.zone))
        if accepted and accepted.decided_at
        else "",
    )


def _given(rows: Sequence[Submission], zones: dict[int, ZoneInfo]) -> dict[SiteFigure, Given]:
    """Each figure by its first version's day and its newest version's quality; one that was returned is not there."""
    found: dict[SiteFigure, Given] = {}
    for row in rows:
        figure = (row.site_id, row.metric, row.period)
        first = found[figure].on if figure in found else _day(row.at, zones[row.site_id])
        found[figure] = Given(first, row.basis is Basis.MEASURED and row.returned_at is None)
    return found


def _spared(turn: Turn, sites: Sequence[Site]) -> dict[tuple[int, str], str]:
    """From which period on a figure does not apply: only where the mentor has said so."""
    newest = {(row.site_id, row.metric): row for row in absences.at_sites(turn.session, [site.id for site in sites])}
    return {
        figure: row.period
        for figure, row in newest.items()
        if row.kind is AbsenceKind.NOT_APPLICABLE and row.state is AbsenceState.APPROVED
    }


def _month(period: str) -> str:
    return period_of("month", last_day(period))


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
