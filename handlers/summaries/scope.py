"""What a summary is about: a week, a reader, and the sites they may see with how each stands, read for all at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from handlers.metrics.periods import closed_before
from handlers.status.facts import SiteFacts, gather
from handlers.summaries.week import Week
from handlers.turn import Turn
from storage import people, programme
from storage.tables.people import Person, Role
from storage.tables.programme import Site

NOBODY = "…"


@dataclass(frozen=True)
class Scope:
    """`sites` come in order of name. What came in is told of the week, what is open as it is now.

    `today` is the programme's day, `since` and `until` the moments of the week.
    """

    week: Week
    reader: Person
    today: date
    since: datetime
    until: datetime
    sites: tuple[SiteFacts, ...]
    staff: dict[int, Person]
    others: dict[int, Person]

    @cached_property
    def by_id(self) -> dict[int, SiteFacts]:
        """The sites by their id."""
        return {one.site.id: one for one in self.sites}

    @property
    def ids(self) -> list[int]:
        """The ids of the sites."""
        return list(self.by_id)

    @property
    def month(self) -> str:
        """The last month that is over."""
        return closed_before("month", self.today)

    @property
    def months(self) -> list[str]:
        """The twelve months up to that one, oldest first."""
        return [closed_before("month", self.today, back) for back in range(12, 0, -1)]

    def site(self, site_id: int) -> Site:
        """A site of this scope."""
        return self.by_id[site_id].site

    def name(self, person_id: int | None) -> str:
        """What somebody is called; three dots for nobody."""
        found = self.staff.get(person_id or 0) or self.others.get(person_id or 0)
        return found.name if found else NOBODY

    def mentor(self, site_id: int) -> str:
        """Who looks after a site."""
        return self.name(self.site(site_id).mentor_id)

    @property
    def is_manager(self) -> bool:
        """Whether the reader runs the programme."""
        return self.reader.role is Role.MANAGER


def scope_of(turn: Turn, reader: Person, week: Week, sites: Collection[Site] | None = None) -> Scope:
    """The scope of a reader: all sites that they may see, or these of them."""
    since, until = week.moments(turn.settings.zone)
    own = programme.sites_of(turn.session, reader)
    kept = own if sites is None else [one for one in own if one.id in {site.id for site in sites}]
    facts = tuple(gather(turn, kept))
    staff = {person.id: person for _site_id, person in programme.staff_of(turn.session, [site.id for site in kept])}
    named = {one.owner_id for site in facts for one in site.capas} | {site.site.mentor_id for site in facts}
    others = people.by_ids(turn.session, {one for one in named if one is not None} - staff.keys())
    today = turn.now.astimezone(turn.settings.zone).date()
    return Scope(week, reader, today, since, until, facts, staff, others)
