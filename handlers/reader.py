"""What a dialog may read of the world: the store without the means to write, and what is taught and asked."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from sqlmodel import Session

from courses.course import Course, Lesson
from courses.load import Library
from courses.model import Metric
from handlers.grave.who import named
from handlers.learning.audience import readers
from handlers.metrics.cadence import lengths_asked
from handlers.metrics.given import given
from handlers.metrics.ledger import Ledger, ledger_of
from handlers.metrics.periods import Length
from handlers.programme.settings import ProgrammeSettings
from handlers.tickets import ticket as numbered
from locales.text import Catalogue, Phrase, _
from storage import absences, benchmarks, capas, meters, people, programme, submissions, tickets, training
from storage.tables.capas import Capa, CapaStep
from storage.tables.figures import Breach, Submission
from storage.tables.meters import Meter, MeterReading
from storage.tables.people import Duty, Person, Role
from storage.tables.programme import Site, Supplier
from storage.tables.tickets import Ticket
from storage.tables.tips import Tip
from storage.tables.training import ReviewCard

TextPart = Literal["name", "question", "why", "how", "also", "evidence", "basis", "tip"]


class Reader:
    """Reads for dialogs; every answer that steers a dialog goes through a `Fact`.

    `can_hide` is whether there is a secret by which it can be hidden who said something.
    """

    def __init__(
        self,
        session: Session,
        library: Library,
        settings: ProgrammeSettings,
        texts: Catalogue,
        *,
        can_hide: bool = False,
    ) -> None:
        self._session, self.can_hide = session, can_hide
        self.library, self.settings, self._texts = library, settings, texts

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
        return given(self._session, site_ids, periods)

    def excused(self, site_ids: list[int], periods: list[str], today: date) -> set[tuple[int, str, str]]:
        """Which (site, metric, period) are not owed today, because something else was said about them."""
        return absences.excused(self._session, site_ids, periods, today)

    def history(self, site_id: int, metric: str, before: str, periods: int) -> list[Submission]:
        """The versions that hold for up to so many periods before one, oldest first."""
        return submissions.history(self._session, site_id, metric, before, periods)

    def newest(self, site_ids: list[int], limit: int) -> list[Submission]:
        """The versions that hold at these sites, those that came in last first."""
        return submissions.newest(self._session, site_ids, limit)

    def versions(self, site_id: int, metric: str, period: str) -> list[Submission]:
        """Every version of a figure, oldest first."""
        return submissions.of_figure(self._session, site_id, metric, period)

    def submission(self, submission_id: int) -> Submission | None:
        """One version of a figure."""
        return submissions.by_id(self._session, submission_id)

    def meter(self, site_id: int, metric: str, until: date) -> tuple[Meter, MeterReading] | None:
        """The meter that is read for a figure with its newest reading up to a day; None if none is known."""
        meter = meters.active(self._session, site_id, metric)
        last = meters.last_reading(self._session, meter.id, until) if meter else None
        return (meter, last) if meter and last else None

    def latest(self, site_id: int, metric: str, period: str) -> Submission | None:
        """The version of a figure that holds."""
        return submissions.latest(self._session, site_id, metric, period)

    def breach(self, breach_id: int) -> Breach | None:
        """The breach of this id."""
        return submissions.breach(self._session, breach_id)

    def capa_of_breach(self, breach_id: int) -> Capa | None:
        """The CAPA a breach led to."""
        return capas.of_breach(self._session, breach_id)

    def capa(self, capa_id: int) -> Capa:
        """The CAPA of this number; it must exist."""
        return self._session.get_one(Capa, capa_id)

    def capa_steps(self, capa_id: int) -> list[CapaStep]:
        """The steps of a CAPA's plan, in order."""
        return capas.steps(self._session, capa_id)

    def capa_returned(self, capa_id: int) -> str:
        """Why the plan of a CAPA was returned last, in the words of whoever returned it; "" if it was not."""
        events = capas.events(self._session, capa_id)
        returned = [row.note for row in events if row.what in ("return_plan", "replan", "reopen_plan")]
        return returned[-1] if returned else ""

    def capa_files(self, capa_id: int) -> int:
        """How many files show what was done for a CAPA."""
        return max(len(capas.evidence(self._session, capa_id)), capas.files_sent(self._session, capa_id))

    def person(self, person_id: int) -> Person:
        """The person of this id."""
        return people.by_id(self._session, person_id)

    def cards(self, person_id: int) -> list[ReviewCard]:
        """The questions that come back to a person, those due first first."""
        return training.cards(self._session, [person_id])

    def person_by_key(self, key: str) -> Person | None:
        """The person whom the programme folder calls so, if they take part."""
        found = people.by_key(self._session, key)
        return found if found is not None and found.active else None

    def metrics_of(self, site: Site) -> tuple[str, ...]:
        """The metrics that the site's tier asks for, in the programme's order."""
        return tuple(self.lengths_of(self.supplier_of(site)))

    def lengths_of(self, supplier: Supplier) -> dict[str, Length]:
        """The metrics that a supplier's tier asks for, each with the length of the periods that it is owed for."""
        return lengths_asked(self.settings, self.library.metrics, supplier.tier)

    def ledger(self, site: Site, months: Iterable[str]) -> Ledger:
        """The figures of a site for these months, and for the quarters and years in which they lie."""
        return ledger_of(self._session, self.library, site, self.lengths_of(self.supplier_of(site)), months)

    def evidence_of(self, site: Site) -> tuple[str, ...]:
        """The metrics for which the site's tier asks for papers."""
        tier = self.settings.tiers.get(self.supplier_of(site).tier)
        return tier.evidence if tier else ()

    def is_compared(self, person: Person) -> bool:
        """Whether one of the person's sites can be told where it stands among others."""
        sites = [site.id for site in self.sites(person)]
        return self.settings.benchmarks.on and benchmarks.is_told(self._session, sites)

    def zone(self, site: Site) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(site.timezone)

    # --- what a ticket may be about ---

    def open_capas(self, site_id: int) -> list[Capa]:
        """The open CAPAs of a site, the one due first first."""
        return capas.open_capas(self._session, [site_id])

    def breached(self, site_id: int) -> list[str]:
        """The metrics of a site with a breach that nobody has taken up, the newest first."""
        rows = submissions.open_breaches(self._session, [site_id])
        return list(dict.fromkeys(row.metric for row in rows))

    def last_lesson(self, person: Person, since: datetime) -> str:
        """The lesson that somebody finished last since a moment, as `course/lesson`; "" for none."""
        return training.last_finished(self._session, person.id, since)

    def buyers(self) -> list[Person]:
        """The mentors and managers of the programme."""
        return [*people.with_role(self._session, Role.MENTOR), *people.with_role(self._session, Role.MANAGER)]

    def ticket(self, ticket_id: int) -> Ticket | None:
        """The ticket of this number."""
        return tickets.by_id(self._session, ticket_id)

    def named_for(self, site_id: int, category: str) -> str:
        """The name of who reads what is grave of this category at this site."""
        who = named(self._session, self.settings, category, self.site(site_id).country)
        return who.person.name if who.person else self.settings.contact

    def names_near(self, found: Ticket) -> tuple[list[str], list[str]]:
        """The names of the people of a ticket's site, and those of the site and its company."""
        site = self.site(found.site_id)
        return [person.name for person in self.staff(site.id)], [site.name, self.supplier_of(site).name]

    def supplier_tier(self, found: Ticket) -> tuple[str, str]:
        """The tier and the country of a ticket's site."""
        site = self.site(found.site_id)
        return self.supplier_of(site).tier, site.country

    def audience(self, tip: Tip, found: Ticket) -> int:
        """How many people a tip made of a ticket would go to."""
        return len(readers(self._session, self.settings, tip, found.site_id))

    def concern_text(self, about: str) -> Phrase:
        """What a ticket may be about (`capa/7`, `metric/water`, `lesson/course/lesson`), as people read it."""
        what, _slash, which = about.partition("/")
        if what == "capa":
            capa = self.capa(int(which))
            return _("CAPA {number}: {finding}", number=numbered(capa.id), finding=capa.finding)
        if what == "metric":
            return _("{metric}, which is above its limit", metric=self.metric_text(which, "name"))
        course, _slash, lesson = which.partition("/")
        known = self.library.courses[course]
        return self.lesson_title(known, next(one for one in known.lessons if one.key == lesson))

    # --- texts of what is taught and asked ---

    def metric_text(self, key: str, part: TextPart) -> Phrase:
        """A text of a metric, to be said in the reader's language."""
        return content(f"metric/{key}/{part}", getattr(self.library.metrics[key], part))

    def metric_changes(self, key: str, known: int) -> list[Phrase]:
        """What each version of a metric since the one that was `known` brought, oldest first."""
        changed = sorted(self.library.metrics[key].changed.items())
        return [content(f"metric/{key}/changed/{version}", text) for version, text in changed if version > known]

    def course_title(self, course: Course) -> Phrase:
        """A course's title."""
        return content(f"course/{course.key}", course.title)

    def lesson_title(self, course: Course, lesson: Lesson) -> Phrase:
        """A lesson's title."""
        return self.lesson_text(course, lesson, lesson.title)

    def lesson_text(self, course: Course, lesson: Lesson, text: str) -> Phrase:
        """A screen, question, answer or feedback of a lesson."""
        return content(f"course/{course.key}/{lesson.key}", text)

    def topic(self, topic: str) -> Phrase:
        """What a topic is called."""
        return content("topic", topic)

    def document_text(self, key: str, text: str) -> Phrase:
        """A title, a section or a requirement of a document."""
        return content(f"document/{key}", text)

    def language_name(self, code: str) -> str:
        """A language's own name for itself."""
        return self._texts.name(code)

    def plain(self, phrase: Phrase, language: str) -> str:
        """The sentence in a language, without tags: for what a person is going to edit."""
        return self._texts.plain(phrase, language)


def content(context: str, text: str) -> Phrase:
    """A text from the files of courses and metrics."""
    return Phrase(id=text, context=context, domain="courses")
