"""Lessons that can help with a breach, and to whom they have been offered."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from courses.course import Course
from handlers.reminders.planning import plan_soon
from handlers.turn import Turn
from storage import due, people
from storage.tables.figures import Breach
from storage.tables.people import Person

OFFERED = "lesson.offered"


def courses_about(turn: Turn, breach: Breach) -> Sequence[Course]:
    """The courses that teach about the figure; none about what is no matter for a lesson."""
    if turn.read.metric(breach.metric).grave:
        return ()
    return [one for one in turn.house.library.courses.values() if breach.metric in one.metrics]


def offer(turn: Turn, course: Course, person: Person, calendar: str, breach: Breach) -> None:
    """Offer a course to somebody because of a breach: they read it at the next allowed hour, and nothing is forced."""
    plan_soon(turn, person, calendar, OFFERED, breach.id, course.key)


def offered(turn: Turn, breach: Breach) -> Mapping[str, tuple[str, ...]]:
    """The names of those to whom each course has been offered because of a breach, by the course's key."""
    notes = sorted(due.about(turn.session, OFFERED, breach.id), key=lambda note: (note.step, note.id))
    return {
        course: tuple(people.by_id(turn.session, note.person_id).name for note in several)
        for course, several in groupby(notes, key=lambda note: note.step)
    }
