"""A person's own view of their learning: what is to be taken, what was passed, what sits, and who decides the pace."""

from courses.course import Course
from handlers.message import Button
from handlers.router import SUPPLIER, Router, action, number
from handlers.training.certificate import certificate
from handlers.training.finishing import stands
from handlers.training.pace import came, pause
from handlers.training.score import topics_of
from handlers.turn import Refused, Turn
from locales.text import Phrase, _, n_
from storage import training, workshops
from storage.tables.training import Consent, CourseResult, PausedBy

routes = Router()
SHOWN = 10


@routes.command("progress", SUPPLIER, menu=_("My learning"))
def progress(turn: Turn, _argument: str) -> None:
    """Courses to take and courses passed, topics with how much of each sits, and the buttons for all of it."""
    lines = [*_to_take(turn), *_passed(turn), *_topics(turn), *_workshops(turn)]
    turn.say(*(lines or [_("You have not taken a lesson yet.")]))
    learner = training.learner(turn.session, turn.me.id)
    turn.say(buttons=[[Button(_("Take a lesson"), action("go", "lesson"))]])
    if learner.paused_by is not PausedBy.NOBODY:
        turn.say(_("Your lessons are paused."), buttons=[[Button(_("Go on with lessons"), action("lessons.resume"))]])
    elif training.open_assignment(turn.session, turn.me.id) is not None:
        turn.say(buttons=[[Button(_("Pause the lessons"), action("lessons.pause"))]])
    if learner.recognition is Consent.YES:
        turn.say(buttons=[[Button(_("Do not name me to the mentors"), action("recognition.no"))]])


@routes.button("lessons.pause", SUPPLIER)
def pause_lessons(turn: Turn, _argument: str) -> None:
    """Nothing more is brought until the person goes on."""
    pause(turn, turn.me)
    turn.say(
        _("Your lessons are paused. I bring no more until you press the button, or take a lesson."),
        buttons=[[Button(_("Go on with lessons"), action("lessons.resume"))]],
    )


@routes.button("lessons.resume", SUPPLIER)
def resume_lessons(turn: Turn, _argument: str) -> None:
    """Lessons are brought again."""
    learner = came(turn, turn.me)
    turn.note("lessons resumed", "person", turn.me.id)
    turn.say(_("Good to have you back.") if learner.lesson_on is None else _welcome(learner.lesson_on))
    turn.say(buttons=[[Button(_("Take a lesson"), action("go", "lesson"))]])


@routes.button("certificate", SUPPLIER)
def again(turn: Turn, result_id: str) -> None:
    """A certificate once more."""
    result = training.course_result(turn.session, number(result_id) or 0)
    course = turn.house.library.courses.get(result.course) if result else None
    if result is None or course is None or result.person_id != turn.me.id:
        raise Refused(_("This no longer exists."))
    turn.say(_("Your certificate: {course}.", course=turn.read.course_title(course)))
    turn.attach(certificate(turn, result, course))


def _welcome(day: object) -> Phrase:
    return _("Good to have you back. Your next lesson comes on {day}.", day=day)  # type: ignore[arg-type]


def _to_take(turn: Turn) -> list[Phrase]:
    lines = []
    for one in training.unfinished(turn.session, [turn.me.id])[:SHOWN]:
        course = turn.house.library.courses.get(one.course)
        if course is not None:
            lines.append(
                _line(turn, course, one.due_on, len(course.lessons) - len(stands(turn, turn.me.id, course, one).left))
            )
    return [_("<b>To take</b>"), *lines] if lines else []


def _line(turn: Turn, course: Course, due_on: object, done: int) -> Phrase:
    title, count = turn.read.course_title(course), len(course.lessons)
    if due_on is None:
        return _("{course}: {done} of {count} lessons", course=title, done=done, count=count)
    return _("{course}: {done} of {count} lessons, by {day}", course=title, done=done, count=count, day=due_on)  # type: ignore[arg-type]


def _passed(turn: Turn) -> list[Phrase]:
    newest: dict[str, CourseResult] = {one.course: one for one in training.passed(turn.session, [turn.me.id])}
    lines = []
    for result in newest.values():
        course = turn.house.library.courses.get(result.course)
        if course is None:
            continue
        title = turn.read.course_title(course)
        if result.valid_until:
            lines.append(
                _(
                    "{course}, passed on {day}, valid until {until}",
                    course=title,
                    day=result.passed_on,
                    until=result.valid_until,
                )
            )
        else:
            lines.append(_("{course}, passed on {day}", course=title, day=result.passed_on))
        turn.say(buttons=[[Button(_("Certificate: {course}", course=title), action("certificate", result.id))]])
    return [_("<b>Passed</b>"), *lines] if lines else []


def _topics(turn: Turn) -> list[Phrase]:
    found = topics_of(turn, [turn.me.id])
    lines = [
        _("{topic}: {share} %", topic=turn.read.topic(topic), share=score.competence) for topic, score in found.items()
    ]
    return [_("<b>What you remember</b>"), *lines] if lines else []


def _workshops(turn: Turn) -> list[Phrase]:
    count = len(workshops.attended(turn.session, [turn.me.id]))
    return [n_("You were in {count} workshop.", "You were in {count} workshops.", count)] if count else []
