"""Asking for a lesson: what is assigned comes first, then questions that come back, then all courses by topic."""

from courses.course import Course
from handlers import conversation
from handlers.message import Button
from handlers.router import SUPPLIER, Router, action
from handlers.training.finishing import stands
from handlers.training.pace import local_day
from handlers.training.planning import assign_to
from handlers.training.review import due_questions
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import training
from storage.tables.training import Assignment, AssignmentState, Reason

routes = Router()


@routes.command("lesson", SUPPLIER, menu=_("Take a lesson"))
def lesson(turn: Turn, _argument: str) -> None:
    """Begin the next lesson of what is assigned, else ask what is due again, else offer all courses."""
    if training.open_assignment(turn.session, turn.me.id) is None:
        assign_to(turn, turn.me)
    for assignment in training.unfinished(turn.session, [turn.me.id]):
        course = turn.house.library.courses.get(assignment.course)
        if course is not None and _begin(turn, course, assignment):
            return
    if due_questions(turn.read, turn.me.id, local_day(turn, turn.me)):
        review(turn, "")
        return
    courses(turn, "")


@routes.button("review", SUPPLIER)
def review(turn: Turn, _argument: str) -> None:
    """Ask the questions that are due again."""
    conversation.start(turn, "review", {"day": local_day(turn, turn.me).isoformat()})


@routes.button("courses", SUPPLIER)
def courses(turn: Turn, _argument: str) -> None:
    """All courses by topic, each with how far the person is."""
    turn.say(_("Which course would you like to take?"))
    for topic, found in turn.house.library.topics().items():
        turn.say(_("<b>{topic}</b>", topic=turn.read.topic(topic)))
        turn.say(buttons=[[Button(_offered(turn, course), action("course", course.key))] for course in found])


@routes.button("course", SUPPLIER)
def course(turn: Turn, key: str) -> None:
    """Begin a course of one's own choice, or go on in it; a finished one offers its lessons to be repeated."""
    chosen = turn.house.library.courses.get(key)
    if chosen is None:
        raise Refused(conversation.GONE)
    if not begin_course(turn, chosen):
        _offer_again(turn, chosen)


def begin_course(turn: Turn, course: Course) -> bool:
    """Begin a course, or go on in it, as assigned or else as one's own choice; False if it is finished."""
    assignment = training.assignment_of(turn.session, turn.me.id, course.key)
    if assignment is None and not stands(turn, turn.me.id, course, None).passed:
        assignment = _assign_to_oneself(turn, course)
    return assignment is not None and _begin(turn, course, assignment)


@routes.button("again", SUPPLIER)
def again(turn: Turn, which: str) -> None:
    """Take a lesson once more."""
    key, _slash, place = which.partition("/")
    chosen = turn.house.library.courses.get(key)
    if chosen is None or not place.isdecimal() or len(place) > 3 or int(place) >= len(chosen.lessons):
        raise Refused(conversation.GONE)
    conversation.start(turn, "lesson", {"course": key, "lesson": chosen.lessons[int(place)].key})


def _begin(turn: Turn, course: Course, assignment: Assignment) -> bool:
    """Begin the next lesson of a course, or go on in it where it was left; False if there is none."""
    following = stands(turn, turn.me.id, course, assignment).following
    if following is None:
        return False
    argument = {"course": course.key, "lesson": following.key}
    row = conversation.current(turn)
    if row is not None and row.name == "lesson" and row.argument == argument:
        conversation.resume(turn, row)
    else:
        conversation.start(turn, "lesson", argument)
    return True


def _offered(turn: Turn, course: Course) -> Phrase:
    """A course on its button: its title, with a sign once it is passed."""
    title = turn.read.course_title(course)
    now = stands(turn, turn.me.id, course, training.assignment_of(turn.session, turn.me.id, course.key))
    if now.passed:
        return _("✓ {course}", course=title)
    return _("{course}, {minutes} min", course=title, minutes=course.minutes)


def _offer_again(turn: Turn, course: Course) -> None:
    title = turn.read.course_title(course)
    turn.say(
        _("You have passed {course}. Well done. Which lesson would you like to repeat?", course=title),
        buttons=[
            [Button(turn.read.lesson_title(course, one), action("again", f"{course.key}/{place}"))]
            for place, one in enumerate(course.lessons)
        ],
    )


def _assign_to_oneself(turn: Turn, course: Course) -> Assignment:
    """The course as one's own choice: it is brought lesson by lesson, after what is open."""
    busy = training.open_assignment(turn.session, turn.me.id) is not None
    number = len(training.results(turn.session, turn.me.id, course.key))
    row = Assignment(
        person_id=turn.me.id,
        course=course.key,
        round=f"own/{number}/{turn.now:%Y%m%d%H%M%S}",
        reason=Reason.OWN,
        assigned_by_id=turn.me.id,
        assigned_at=turn.now,
        state=AssignmentState.QUEUED if busy else AssignmentState.OPEN,
    )
    turn.session.add(row)
    turn.session.flush()
    turn.note("course assigned", "assignment", row.id, course=course.key, reason=Reason.OWN.value)
    return row
