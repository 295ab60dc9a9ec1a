"""Telling the mentor's channel that somebody has passed a course: only if that person agreed, and until they object."""

from courses.course import Course
from handlers.message import Button, Message
from handlers.router import SUPPLIER, Router, action, number
from handlers.training.rules import per_cent
from handlers.turn import Turn
from locales.text import _
from storage import programme, training
from storage.tables.training import Consent, CourseResult

routes = Router()


def ask_or_tell(turn: Turn, result: CourseResult, course: Course) -> None:
    """Tell it where somebody agreed; ask who was never asked."""
    learner = training.learner(turn.session, turn.me.id)
    if learner.recognition is Consent.YES:
        _tell(turn, result, course)
    elif learner.recognition is Consent.NOT_ASKED and _channels(turn):
        turn.say(
            _("May I tell your mentor's channel, with your name, when you pass a course? You can stop it at any time."),
            buttons=[
                [Button(_("Yes, tell them"), action("recognition.yes", result.id))],
                [Button(_("No, keep it between us"), action("recognition.no"))],
            ],
        )


@routes.button("recognition.yes", SUPPLIER)
def agree(turn: Turn, result_id: str) -> None:
    """From now on successes are told; the one at hand at once."""
    _decide(turn, Consent.YES)
    turn.say(_("Thank you. I tell them now and each time you pass a course. To stop it: My learning."))
    found = training.course_result(turn.session, number(result_id) or 0)
    course = turn.house.library.courses.get(found.course) if found else None
    if found is not None and course is not None and found.person_id == turn.me.id:
        _tell(turn, found, course)


@routes.button("recognition.no", SUPPLIER)
def object_(turn: Turn, _argument: str) -> None:
    """From now on nothing is told."""
    _decide(turn, Consent.NO)
    turn.say(_("I tell nobody by name. Your mentor still sees your results when they look."))


def _decide(turn: Turn, consent: Consent) -> None:
    learner = training.learner(turn.session, turn.me.id)
    learner.recognition = consent
    turn.session.add(learner)
    turn.note("recognition decided", "person", turn.me.id, consent=consent.value)


def _channels(turn: Turn) -> bool:
    """Whether there is a mentor's channel to tell it to."""
    sites = programme.sites_of(turn.session, turn.me)
    mentor = turn.mentor_of(sites[0].id) if sites else None
    return mentor is not None and bool(mentor.channel)


def _tell(turn: Turn, result: CourseResult, course: Course) -> None:
    sites = programme.sites_of(turn.session, turn.me)
    mentor = turn.mentor_of(sites[0].id) if sites else None
    if mentor is None:
        return
    text = _(
        "{name} of {site} has passed <b>{course}</b>: {share} % right. Well done!",
        name=turn.me.name,
        site=sites[0].name,
        course=turn.read.course_title(course),
        share=per_cent(result.right, result.asked),
    )
    turn.post(mentor, f"training.passed/{result.id}", Message((text,)), about=turn.me)
