"""How learning stands at the sites of a mentor, or at all for a manager: who is done, who is late, what to coach."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from handlers.message import Button, Speech
from handlers.router import BUYER, MENTOR, Router, action
from handlers.training.pace import local_day
from handlers.training.rules import WEAK
from handlers.training.score import Score, topics_of
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import people, programme, training, workshops
from storage.tables.people import Person
from storage.tables.programme import Site
from storage.tables.training import Assignment, CourseResult, PausedBy

routes = Router()
SHOWN = 10


@dataclass(frozen=True)
class Class:
    """Those at some sites who have joined, with what they have passed and have still to take."""

    sites: dict[int, Site]
    people: dict[int, Person]
    passed: list[CourseResult]
    waiting: list[Assignment]


@routes.command("training", BUYER, menu=_("Training"))
def overview(turn: Turn, _argument: str) -> None:
    """The state of learning in a few lines, and what can be done about it."""
    one = _class(turn)
    today = local_day(turn, turn.me)
    late = [row for row in one.waiting if row.due_on and row.due_on < today]
    turn.say(*_totals(turn, one, late))
    turn.say(*_by_course(turn, one))
    turn.say(*_late(turn, one, late))
    turn.say(*_topics(topics_of(turn, list(one.people)), turn))
    if turn.me.role in MENTOR:
        turn.say(
            buttons=[
                [
                    Button(_("Assign a course"), action("go", "assign")),
                    Button(_("Offer a workshop"), action("go", "workshop")),
                ],
                [Button(_("Workshops"), action("go", "workshops")), Button(_("Documents"), action("go", "documents"))],
            ]
        )


def _class(turn: Turn) -> Class:
    sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
    found: dict[int, Person] = {}
    for site_id in sorted(people.joined_sites(turn.session, list(sites))):
        found |= {one.id: one for one in programme.staff(turn.session, site_id) if one.privacy_at is not None}
    ids = list(found)
    return Class(sites, found, training.passed(turn.session, ids), training.unfinished(turn.session, ids))


def _totals(turn: Turn, one: Class, late: list[Assignment]) -> Iterator[Speech]:
    yield n_(
        "<b>Training</b>: {count} person takes part.", "<b>Training</b>: {count} people take part.", len(one.people)
    )
    paused = [
        row
        for row in training.learners(turn.session, list(one.people)).values()
        if row.paused_by is not PausedBy.NOBODY
    ]
    yield _(
        "Courses passed: {passed}. Under way or waiting: {waiting}. Overdue: {late}. Lessons paused: {paused}.",
        passed=len(one.passed),
        waiting=len(one.waiting),
        late=len(late),
        paused=len(paused),
    )
    seats = len(workshops.attended(turn.session, list(one.people)))
    if seats:
        yield n_("{count} seat in a workshop was taken.", "{count} seats in workshops were taken.", seats)


def _by_course(turn: Turn, one: Class) -> Iterator[Phrase]:
    """Who has passed each course, the newest names first."""
    for key, course in turn.house.library.courses.items():
        holders = list(dict.fromkeys(row.person_id for row in reversed(one.passed) if row.course == key))
        if holders:
            names = tuple(one.people[holder].name for holder in holders[:SHOWN])
            yield n_(
                "{course}: {count} person has passed ({names}).",
                "{course}: {count} people have passed ({names}).",
                len(holders),
                course=turn.read.course_title(course),
                names=names,
            )


def _late(turn: Turn, one: Class, late: list[Assignment]) -> Iterator[Phrase]:
    """Who is late with what, the longest first."""
    rows = sorted(late, key=lambda row: (row.due_on or date.max, row.id))
    if rows:
        yield _("<b>Overdue</b>")
    for row in rows[:SHOWN]:
        course = turn.house.library.courses.get(row.course)
        if course is not None:
            yield _(
                "{name}: {course}, was due on {day}",
                name=one.people[row.person_id].name,
                course=turn.read.course_title(course),
                day=row.due_on or date.max,
            )
    if len(rows) > SHOWN:
        yield _("and {count} more", count=len(rows) - SHOWN)


def _topics(scores: dict[str, Score], turn: Turn) -> Iterator[Phrase]:
    """How much of each topic sits; the weak ones are named as what to coach."""
    if scores:
        yield _("<b>What people remember, by topic</b>")
    for topic, score in scores.items():
        name = turn.read.topic(topic)
        if score.competence < WEAK:
            yield _("{topic}: {share} %. A topic to coach.", topic=name, share=score.competence)
        else:
            yield _("{topic}: {share} %", topic=name, share=score.competence)
