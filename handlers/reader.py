"""What a dialog may read of the world: the store without the means to write, and what the programme teaches and asks."""

from sqlmodel import Session

from courses.load import Library
from courses.model import Metric
from handlers.programme.settings import ProgrammeSettings
from storage import capas, people, programme, submissions
from storage.tables.capas import Capa
from storage.tables.figures import Breach, Submission
from storage.tables.people import Duty, Person
from storage.tables.programme import Site, Supplier


class Reader:
    """Reads for dialogs; every answer that steers a dialog goes through a `Fact`."""

    def __init__(self, session: Session, library: Library, settings: ProgrammeSettings) -> None:
        self._session = session
        self.library, self.settings = library, settings

    def sites(self, person: Person) -> list[Site]:
        """The sites the person may act on, in order of name."""
        return programme.sites_of(self._session, person)

    def site(self, site_id: int) -> Site:
        """The site of this id."""
        return programme.site(self._session, site_id)

    def supplier_of(self, site: Site) -> Supplier:
        """The company that a site belongs to."""
        return programme.supplier(self._session, site.supplier_id)

    def staff(self, site_id: int, *duties: Duty) -> list[Person]:
        """The people of a site, data owners first."""
        return programme.staff(self._session, site_id, *duties)

    def metric(self, key: str) -> Metric:
        """The metric of this key in the version that holds now."""
        return self.library.metrics[key]

    def given(self, site_ids: list[int], periods: list[str]) -> set[tuple[int, str, str]]:
        """Which (site, metric, period) have a figure."""
        return submissions.given(self._session, site_ids, periods)

    def latest(self, site_id: int, metric: str, period: str) -> Submission | None:
        """The version of a figure that holds."""
        return submissions.latest(self._session, site_id, metric, period)

    def breach(self, breach_id: int) -> Breach | None:
        """The breach of this id."""
        return submissions.breach(self._session, breach_id)

    def capa_of_breach(self, breach_id: int) -> Capa | None:
        """The CAPA a breach led to."""
        return capas.of_breach(self._session, breach_id)

    def person(self, person_id: int) -> Person:
        """The person of this id."""
        return people.by_id(self._session, person_id)
