"""From an alert to a lesson: the mentor offers one, the data owners read why, and take it or leave it."""

from courses.course import Course
from handlers import conversation
from handlers.message import Button
from handlers.metrics.breaches import open_breach, show, site_of_breach
from handlers.metrics.offers import OFFERED, courses_about, offer, offered
from handlers.metrics.periods import said
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import MENTOR, SUPPLIER, Router, action
from handlers.training.talk import begin_course
from handlers.turn import Refused, Turn
from locales.text import _
from storage import people, programme, submissions
from storage.tables.figures import BreachState
from storage.tables.people import Duty, Person
from storage.tables.planning import DueNote

routes = Router()
notices = Notices()


def _site(turn: Turn, argument: str) -> int | None:
    return site_of_breach(turn, argument.partition("/")[0])


@routes.button("lesson.offer", MENTOR, site=_site)
def offer_lesson(turn: Turn, argument: str) -> None:
    """Offer a course to the data owners of the site, once; the alert shows to whom."""
    number, _slash, key = argument.partition("/")
    breach = open_breach(turn, number)
    course = next((one for one in courses_about(turn, breach) if one.key == key), None)
    if course is None:
        raise Refused(conversation.GONE)
    if course.key in offered(turn, breach):
        raise Refused(_("This lesson has been offered already."))
    owners = data_owners(turn, breach.site_id)
    calendar = programme.site(turn.session, breach.site_id).calendar
    for owner in owners:
        offer(turn, course, owner, calendar, breach)
    turn.note("lesson offered", "breach", breach.id, course=course.key)
    show(turn, breach, f"lesson/{course.key}")
    names = tuple(owner.name for owner in owners)
    turn.say(_("I offer the lesson to {people} at their next working hour.", people=names))


def data_owners(turn: Turn, site_id: int) -> list[Person]:
    """The data owners of a site who can be reached; if there are none, a refusal that says so."""
    owners = programme.staff(turn.session, site_id, Duty.DATA_OWNER)
    found = [one for one in owners if any(contact.conversation for contact in people.contacts(turn.session, one.id))]
    if not found:
        raise Refused(_("Nobody at this site has joined yet. Please invite somebody first."))
    return found


@notices.kind(OFFERED)
def tell_offered(turn: Turn, note: DueNote, _person: Person) -> Notice | None:
    """To a data owner: which lesson, and why; a figure that has been put right needs none."""
    breach = submissions.breach(turn.session, note.object_id)
    course = turn.house.library.courses.get(note.rung)
    if breach is None or breach.state is BreachState.SETTLED or course is None:
        return None
    mentor = turn.mentor_of(breach.site_id)
    text = _(
        "{metric} of {site} in {month} is beyond its limit. {mentor} thinks that a lesson of {minutes} minutes can "
        "help: <b>{course}</b>. Take it when it suits you.",
        metric=turn.read.metric_text(breach.metric, "name"),
        site=programme.site(turn.session, breach.site_id).name,
        month=said(breach.period),
        mentor=mentor.name if mentor else "",
        minutes=course.minutes,
        course=turn.read.course_title(course),
    )
    start = Button(_("Start the lesson"), action("lesson.begin", course.key), "primary")
    why = _("Your mentor offers you this lesson. You are asked once, and you need not take it.")
    return Notice(turn.read.course_title(course), (text,), why, ((start,),))


@routes.button("lesson.begin", SUPPLIER)
def begin(turn: Turn, key: str) -> None:
    """Begin the course where the person stands in it; one that is finished begins anew."""
    course: Course | None = turn.house.library.courses.get(key)
    if course is None:
        raise Refused(conversation.GONE)
    if not begin_course(turn, course):
        conversation.start(turn, "lesson", {"course": course.key, "lesson": course.lessons[0].key})
