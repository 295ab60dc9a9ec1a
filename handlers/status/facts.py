"""What is known about sites as they stand today, gathered from the store in a few statements for all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from handlers.metrics.cadence import owed_last
from handlers.metrics.given import given
from handlers.metrics.periods import Length, closed_before
from handlers.status.rules import Counts
from handlers.turn import Turn
from storage import absences, capas, submissions, suppliers, tickets
from storage.tables.capas import Capa
from storage.tables.figures import Breach
from storage.tables.programme import Site, Supplier
from storage.tables.tickets import Ticket

Figure = tuple[str, str]
"""Metric and period."""

SiteFigure = tuple[int, str, str]
"""Site, metric and period."""


class OfSite(Protocol):
    """A row that belongs to a site."""

    site_id: int


R = TypeVar("R", bound=OfSite)


@dataclass(frozen=True)
class SiteFacts:
    """A site today. `month` is its last closed one. `asked` is owed for the last closed periods, `missing` not in.

    `lengths` are all metrics that its tier asks for, each with the length of its periods.
    """

    site: Site
    supplier: Supplier
    month: str
    lengths: Mapping[str, Length]
    asked: tuple[Figure, ...]
    missing: tuple[Figure, ...]
    breaches: tuple[Breach, ...]
    capas: tuple[Capa, ...]
    overdue: tuple[Capa, ...]
    problems: tuple[Ticket, ...]

    @property
    def counts(self) -> Counts:
        """How much is open."""
        return Counts(len(self.missing), len(self.breaches), len(self.capas), len(self.overdue), len(self.problems))


def gather(turn: Turn, sites: Sequence[Site]) -> list[SiteFacts]:
    """The facts about these sites, in their order."""
    ids = [site.id for site in sites]
    named = suppliers.by_ids(turn.session, {site.supplier_id for site in sites})
    breaches = _by_site(submissions.open_breaches(turn.session, ids))
    open_capas = _by_site(capas.open_capas(turn.session, ids))
    problems = _by_site(tickets.still_open(turn.session))
    days = {site.id: local_day(turn, site) for site in sites}
    asks = {supplier_id: turn.read.lengths_of(one) for supplier_id, one in named.items()}
    owed = {site.id: owed_last(asks[site.supplier_id], days[site.id]) for site in sites}
    known, excused = _answered(turn, days, owed)
    found = []
    for site in sites:
        asked = [one for one in owed[site.id] if (site.id, *one) in known or (site.id, *one) not in excused]
        found.append(
            SiteFacts(
                site=site,
                supplier=named[site.supplier_id],
                month=closed_before("month", days[site.id]),
                lengths=asks[site.supplier_id],
                asked=tuple(asked),
                missing=tuple(one for one in asked if (site.id, *one) not in known),
                breaches=tuple(breaches[site.id]),
                capas=tuple(open_capas[site.id]),
                overdue=tuple(
                    row for row in open_capas[site.id] if row.owed_on is not None and row.owed_on < days[site.id]
                ),
                problems=tuple(problems[site.id]),
            )
        )
    return found


def local_day(turn: Turn, site: Site) -> date:
    """The day it is at a site."""
    return turn.now.astimezone(ZoneInfo(site.timezone)).date()


def _answered(
    turn: Turn, days: dict[int, date], owed: dict[int, list[Figure]]
) -> tuple[set[SiteFigure], set[SiteFigure]]:
    """The figures that are in, and those that are not owed."""
    periods = sorted({period for figures in owed.values() for _metric, period in figures})
    excused: set[SiteFigure] = set()
    for day in set(days.values()):
        # There are two or three local days in the world at once, so this is two or three statements.
        ids = [site_id for site_id, local in days.items() if local == day]
        excused |= absences.excused(turn.session, ids, periods, day)
    return given(turn.session, list(days), periods), excused


def _by_site(rows: Iterable[R]) -> defaultdict[int, list[R]]:
    grouped: defaultdict[int, list[R]] = defaultdict(list)
    for row in rows:
        grouped[row.site_id].append(row)
    return grouped
