"""A mentor gives somebody a course."""

from dataclasses import dataclass
from datetime import date, timedelta

from courses.course import Course
from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.form import Form
from handlers.questions import Choice, Day
from handlers.router import MENTOR, Router
from handlers.training.pace import local_day, wake
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import assignments, people, programme, training
from storage.tables.people import Person
from storage.tables.training import Assignment, Reason

routes = Router()
USUAL_DAYS = 30
MOST = 100
"""So many options a menu holds in a modal."""


@routes.command("assign", MENTOR, menu=_("Assign a course"))
def assign(turn: Turn, _argument: str) -> None:
    """Ask who is to take which course by when."""
    conversation.start(turn, "assign", {}, modal=turn.capabilities.modals and bool(turn.heard.trigger))


@routes.dialog("assign", _("Assigning a course"))
def assign_course(talk: Talk) -> Dialog[None]:
    """Person, course and day, in one form."""
    staff = yield from Fact("staff", list[tuple[int, str, str]], lambda: _staff(talk))
    if not staff:
        talk.say(_("Nobody at your sites has joined yet. Please invite somebody first."))
        return
    courses = [(one.key, talk.read.course_title(one)) for one in talk.read.library.courses.values()]
    today = talk.began.date()
    terms = yield from Form(
        "terms",
        _("Assign a course"),
        [
            Choice("who", _("Who"), [(str(one), _at(name, site)) for one, name, site in staff]),
            Choice("course", _("Course"), courses[:MOST]),
            Day("due", _("By when"), earliest=today, initial=today + timedelta(days=USUAL_DAYS)),
        ],
        _("Assign"),
    )
    talk.do(AssignCourse(int(terms["who"]), terms["course"], terms["due"]))


def _staff(talk: Talk) -> list[tuple[int, str, str]]:
    """Everybody at the mentor's sites who has joined."""
    return [
        (person.id, person.name, site.name)
        for site in talk.read.sites(talk.person)
        for person in talk.read.staff(site.id)
        if person.privacy_at is not None
    ][:MOST]


def _at(name: str, site: str) -> Phrase:
    return p_("a person and their site", "{name}, {site}", name=name, site=site)


@dataclass(frozen=True)
class AssignCourse:
    """A course for somebody, as the mentor wants it."""

    person_id: int
    course: str
    due: date

    def perform(self, turn: Turn) -> None:
        """Put it into the person's queue, unless it is there already or they are not at one of the mentor's sites."""
        course, person = turn.house.library.courses.get(self.course), people.by_id(turn.session, self.person_id)
        if course is None or not _is_mine(turn, person):
            turn.say(conversation.GONE)
            return
        title = turn.read.course_title(course)
        if training.assignment_of(turn.session, person.id, self.course) is not None:
            turn.say(_("{name} is to take {course} already.", name=person.name, course=title))
            return
        _store(turn, person, course, self.due)
        turn.say(_("{name} gets {course}, lesson by lesson, by {day}.", name=person.name, course=title, day=self.due))


def _store(turn: Turn, person: Person, course: Course, due: date) -> None:
    """Whoever has passed it takes it anew."""
    passed = any(one.course == course.key for one in training.passed(turn.session, [person.id]))
    row = Assignment(
        person_id=person.id,
        course=course.key,
        round=f"mentor/{turn.now:%Y%m%d%H%M%S}",
        reason=Reason.MENTOR,
        assigned_by_id=turn.me.id,
        assigned_at=turn.now,
        counts_from=turn.now if passed else None,
        due_on=due,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.note("course assigned", "assignment", row.id, course=course.key, person=person.id)
    wake(turn, person)
    assignments.open_next(turn.session, local_day(turn, person), person.id)
    turn.session.expire_all()


def _is_mine(turn: Turn, person: Person) -> bool:
    sites = {site.id for site in programme.sites_of(turn.session, turn.me)}
    return any(site.id in sites for site in programme.sites_of(turn.session, person))
