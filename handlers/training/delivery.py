"""The one push a day: the next lesson, questions that come back, a document to read, in one message with buttons."""

from dataclasses import dataclass, field

from courses.course import Course, Lesson
from handlers.message import Button, Speech
from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.training.documents import asked_again, to_ask
from handlers.training.finishing import stands
from handlers.training.pace import was_pushed
from handlers.training.review import due_questions
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage import training
from storage.pushes import KIND
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.training import Assignment, AssignmentState, Learner, PausedBy, Reason

notices = Notices()


@dataclass
class Push:
    """What a push says, and the ways on."""

    parts: list[Speech] = field(default_factory=list)
    buttons: list[tuple[Button, ...]] = field(default_factory=list)

    def add(self, text: Speech, *buttons: Button) -> None:
        """Say something more, each button on a line of its own."""
        self.parts.append(text)
        self.buttons += [(button,) for button in buttons]


@notices.kind(KIND, late=False)
def daily(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To somebody who learns: all that falls due on this day. What was brought moves on to its next day."""
    learner, push = training.learner(turn.session, person.id), Push()
    reading = to_ask(turn, person, note.day)
    learned = _learning(turn, note, person, learner, push)
    if reading is not None:
        title = turn.read.document_text(reading.document, turn.house.library.documents[reading.document].title)
        push.add(
            _("Please read this and confirm that you have: {document}.", document=title),
            Button(_("Read: {document}", document=title), action("document", reading.document)),
        )
    if not push.parts:
        return None

    def then() -> None:
        if learned:
            was_pushed(turn, person, learner, note.day)
        if reading is not None:
            asked_again(turn, person, reading, note.day)

    why_told = _(
        "You take part in the learning of this programme: lessons, questions that come back, documents to read. It "
        "comes once a day at most, and only while something is open. You can pause the lessons."
    )
    return Notice(_("Learning"), tuple(push.parts), why_told, tuple(push.buttons), then=then)


def _learning(turn: Turn, note: DueNote, person: Person, learner: Learner, push: Push) -> bool:
    """Add lesson and questions; True if there was something."""
    if learner.paused_by is not PausedBy.NOBODY:
        return False
    last = learner.nudges >= len(turn.settings.learning.nudges)
    lesson = _due_lesson(turn, note, person, learner)
    review = bool(learner.review_on and learner.review_on <= note.day)
    count = len(due_questions(turn.read, person.id, note.day)) if review else 0
    if lesson is not None:
        push.add(_about(turn, learner, *lesson), Button(_("Begin the lesson"), action("go", "lesson"), "primary"))
    if count:
        push.add(
            n_(
                "{count} question from before comes back. It takes a minute.",
                "{count} questions from before come back. They take a minute.",
                count,
            ),
            Button(_("Answer them"), action("review")),
        )
    if not push.parts:
        learner.lesson_on = None if lesson is None else learner.lesson_on
        learner.review_on = None if review else learner.review_on
        turn.session.add(learner)
        return False
    if last:
        push.add(
            _("I do not write about lessons any more until you want to go on. Any lesson you take starts them again.")
        )
    elif lesson is not None:
        push.buttons.append((Button(_("Pause the lessons"), action("lessons.pause")),))
    return True


def _due_lesson(
    turn: Turn, note: DueNote, person: Person, learner: Learner
) -> tuple[Assignment, Course, Lesson] | None:
    """The lesson to bring on the day of this note; a course in which nothing is left to do is closed quietly."""
    if learner.lesson_on is None or learner.lesson_on > note.day:
        return None
    assignment = training.open_assignment(turn.session, person.id)
    course = turn.house.library.courses.get(assignment.course) if assignment else None
    if assignment is None:
        return None
    following = stands(turn, person.id, course, assignment).following if course else None
    if course is None or following is None:
        assignment.state, assignment.finished_at = AssignmentState.DONE, turn.now
        turn.session.add(assignment)
        return None
    return assignment, course, following


def _about(turn: Turn, learner: Learner, assignment: Assignment, course: Course, lesson: Lesson) -> Phrase:
    names = {"course": turn.read.course_title(course), "lesson": turn.read.lesson_title(course, lesson)}
    if learner.nudges:
        return _("Your lesson is still here: <b>{lesson}</b> ({course}). It takes about three minutes.", **names)
    taken = training.results(turn.session, assignment.person_id, course.key)
    if any(one.finished_at >= assignment.assigned_at for one in taken):
        return _("Your next lesson: <b>{lesson}</b> ({course}). It takes about three minutes.", **names)
    return _(
        "{why} Your lesson: <b>{lesson}</b>. It takes about three minutes.",
        why=why(assignment, names["course"]),
        lesson=names["lesson"],
    )


def why(assignment: Assignment, course: Phrase) -> Phrase:
    """Why somebody is to take a course, as it is told to them."""
    match assignment.reason:
        case Reason.BREACH:
            return _("A figure of your site was above its limit. This course helps: {course}.", course=course)
        case Reason.MENTOR:
            return _("Your mentor suggests a course: {course}.", course=course)
        case Reason.CHANGED:
            return _("A course you passed has changed: {course}. You take only what is new.", course=course)
        case Reason.RENEWAL:
            return _("Your certificate runs out soon. Please take this course once more: {course}.", course=course)
        case Reason.OWN:
            return _("You chose this course: {course}.", course=course)
        case _:
            return _("A course for your work: {course}.", course=course)
