"""What happens when a lesson is finished: the next one, another try, or a passed course with its certificate."""

from datetime import date

from courses.course import Course
from handlers.message import Button
from handlers.router import action
from handlers.training.certificate import certificate
from handlers.training.pace import came, local_day
from handlers.training.recognition import ask_or_tell
from handlers.training.rules import Standing, months_later, standing
from handlers.turn import Turn
from locales.text import _
from storage import assignments, training
from storage.tables.training import Assignment, AssignmentState, CourseResult


def lesson_finished(turn: Turn, course: Course) -> None:
    """Say how it goes on in a course after one of its lessons."""
    assignment = training.assignment_of(turn.session, turn.me.id, course.key)
    now = stands(turn, turn.me.id, course, assignment)
    if now.passed and (assignment is not None or not _has_passed(turn, course)):
        _passed(turn, course, now, assignment)
    elif now.complete and not now.passed:
        _not_yet(turn, now)
    elif now.following is not None:
        _go_on(turn, now)
    else:
        turn.say(buttons=[[Button(_("Other courses"), action("courses"))]])
    came(turn, turn.me)


def stands(turn: Turn, person_id: int, course: Course, assignment: Assignment | None) -> Standing:
    """How far somebody is in a course; for a course that was assigned anew, since then."""
    since = assignment.counts_from if assignment else None
    return standing(course, training.results(turn.session, person_id, course.key), since)


def settle(turn: Turn, course: Course, now: Standing, assignment: Assignment | None) -> CourseResult:
    """Store that a course is passed, and open the next of the queue."""
    today = local_day(turn, turn.me)
    result = CourseResult(
        person_id=turn.me.id,
        course=course.key,
        version=course.version,
        asked=now.asked,
        right=now.right,
        passed_at=turn.now,
        passed_on=today,
        valid_until=months_later(today, course.valid_for),
    )
    turn.session.add(result)
    turn.session.flush()
    turn.note("course passed", "course", result.id, course=course.key, version=course.version, right=now.right)
    if assignment is not None:
        assignment.state, assignment.finished_at = AssignmentState.DONE, turn.now
        turn.session.add(assignment)
        turn.session.flush()
        _open_next(turn, today)
    return result


def _open_next(turn: Turn, today: date) -> None:
    assignments.open_next(turn.session, today, turn.me.id)
    turn.session.expire_all()


def _passed(turn: Turn, course: Course, now: Standing, assignment: Assignment | None) -> None:
    result = settle(turn, course, now, assignment)
    turn.say(
        _(
            "<b>You have passed: {course}.</b> {share} % of the questions were right. Your certificate is below.",
            course=turn.read.course_title(course),
            share=now.share,
        )
    )
    if result.valid_until:
        turn.say(_("It counts until {day}. I remind you in time.", day=result.valid_until))
    turn.attach(certificate(turn, result, course))
    following = training.open_assignment(turn.session, turn.me.id)
    next_course = turn.house.library.courses.get(following.course) if following else None
    if next_course is not None:
        turn.say(
            _("Your next course: {course}. Its first lesson comes soon.", course=turn.read.course_title(next_course)),
            buttons=[[Button(_("Begin now"), action("go", "lesson"))]],
        )
    ask_or_tell(turn, result, course)


def _not_yet(turn: Turn, now: Standing) -> None:
    following = now.following
    turn.say(
        _(
            "That was the last lesson. {share} % of the questions were right at first; {needed} % are needed. Take the "
            "lessons with wrong answers once more: this time you know more.",
            share=now.share,
            needed=now.pass_mark,
        ),
        buttons=[[Button(_("Try again"), action("go", "lesson"))]] if following else [],
    )


def _go_on(turn: Turn, now: Standing) -> None:
    turn.say(_("Lessons left: {count}.", count=len(now.left)) if now.left else _("One more try at what was wrong."))
    turn.say(buttons=[[Button(_("Next lesson"), action("go", "lesson"))]])


def _has_passed(turn: Turn, course: Course) -> bool:
    """Whether it is passed already in this version: repeating a lesson for oneself gives no second certificate."""
    return any(
        one.course == course.key and one.version == course.version
        for one in training.passed(turn.session, [turn.me.id])
    )
