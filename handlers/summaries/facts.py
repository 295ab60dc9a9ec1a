"""What happened in a week, gathered from the store in a few statements."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from storage import capas, people, programme, submissions, tickets, training
from storage.tables.capas import Capa
from storage.tables.figures import Breach, Submission
from storage.tables.people import Person
from storage.tables.programme import Site
from storage.tables.tickets import Ticket
from storage.tables.training import LessonResult


@dataclass(frozen=True)
class WeekFacts:
    """The rows a summary is made of, limited to the reader's sites. `overdue` are CAPAs that owe something too late."""

    sites: dict[int, Site]
    people: dict[int, Person]
    figures: list[Submission]
    breaches: list[Breach]
    opened: list[Capa]
    open: list[Capa]
    overdue: list[Capa]
    lessons: list[LessonResult]
    obstacles: list[Ticket]
    open_obstacles: list[Ticket]

    def owner_of(self, capa: Capa) -> str:
        """The name of who has a CAPA to do; a draft may have nobody."""
        return self.people[capa.owner_id].name if capa.owner_id is not None else "…"


def gather(session: Session, reader: Person, since: datetime, until: datetime, today: date) -> WeekFacts:
    """The facts from `since` to `until` (UTC) about the sites that this reader may see."""
    sites = {site.id: site for site in programme.sites_of(session, reader)}
    figures = [row for row in submissions.received(session, since, until) if row.site_id in sites]
    still_open = capas.open_capas(session, list(sites))
    lessons = training.finished(session, since, until)
    mine = {person.id for site_id in sites for person in programme.staff(session, site_id)}
    problems = [row for row in tickets.reported(session, since, until) if row.site_id in sites]
    still_there = [row for row in tickets.still_open(session) if row.site_id in sites]
    owners = {row.owner_id for row in still_open if row.owner_id is not None}
    reporters = {row.person_id for row in problems if row.person_id is not None}
    return WeekFacts(
        sites=sites,
        people=_people(session, owners | reporters | mine),
        figures=figures,
        breaches=[row for row in submissions.breaches(session, since, until) if row.site_id in sites],
        opened=[row for row in capas.opened(session, since, until) if row.site_id in sites],
        open=still_open,
        overdue=[row for row in still_open if row.owed_on is not None and row.owed_on < today],
        lessons=[row for row in lessons if row.person_id in mine],
        obstacles=problems,
        open_obstacles=still_there,
    )


def _people(session: Session, ids: Collection[int]) -> dict[int, Person]:
    return {person_id: people.by_id(session, person_id) for person_id in ids}
