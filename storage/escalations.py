"""What ladders will bring of some CAPAs, for all of them at once: in the calendars of the people they touch alone."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import CTE, literal, select, union
from sqlmodel import Session, col

from storage import debts, ladders
from storage.ladders import Span
from storage.plans import Ladder
from storage.tables.capas import Capa
from storage.tables.people import Duty, Membership, Person, Role
from storage.tables.programme import Site


class Told(NamedTuple):
    """Who will be told of a CAPA on which local day, as what, and by which `step`, as `close/2026-12-10/before/7`."""

    capa_id: int
    person_id: int
    who: str
    day: date
    step: str

    @property
    def rung(self) -> str:
        """The rung of the ladder."""
        return self.step.split("/", 2)[2]


def ahead(
    session: Session, ladder: Ladder, committee: Sequence[str], capa_ids: Collection[int], span: Span
) -> list[Told]:
    """Every note that the ladder holds within the span for those of these CAPAs that it is for, by time."""
    pairs = _pairs(capa_ids, committee)
    found: list[Any] = []
    for rungs, firing in ((ladder.part(after=False), ladders.before), (ladder.part(after=True), ladders.after)):
        if rungs and ladder.which:
            days = firing(rungs, pairs)
            owed = debts.of_capas({rung.who for rung in rungs}, ladder.which, committee, days)
            query = ladders.met(owed, days).where(owed.c.object_id.in_(capa_ids))
            found += session.execute(query, span.values()).all()
    found.sort(key=lambda row: (row.opens_at, debts.WHO.index(row.who)))
    return [Told(row.object_id, row.person_id, row.who, row.day, row.step) for row in found]


def _pairs(capa_ids: Collection[int], committee: Sequence[str]) -> CTE:
    """The calendar of each site that has one of these CAPAs, with those of everybody who could be told, and as what."""
    at_site = (col(Membership.site_id) == Site.id) & (col(Membership.duty) == Duty.SITE_MANAGER)
    manages = col(Person.id).in_(select(col(Membership.person_id)).where(at_site).correlate(Site))
    told: dict[str, Any] = {
        "owner": col(Person.id) == Capa.owner_id,
        "site_manager": manages,
        "mentor": col(Person.id) == Site.mentor_id,
        "manager": col(Person.role) == Role.MANAGER,
        "committee": col(Person.key).in_(committee),
    }
    columns: Any = (col(Site.calendar).label("calendar"), col(Person.calendar).label("person_calendar"))
    found = [
        select(*columns, literal(who).label("who"))
        .join_from(Capa, Site, col(Site.id) == Capa.site_id)
        .join(Person, which)
        .where(col(Capa.id).in_(capa_ids))
        for who, which in told.items()
    ]
    return union(*found).cte("pairs").prefix_with("MATERIALIZED")
