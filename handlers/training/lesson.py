"""A lesson: a few short screens, questions with feedback, a result that is stored."""

from dataclasses import dataclass

from courses.course import Course, Lesson, Screen
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Attachment, Speech
from handlers.questions import Choice
from handlers.router import Router
from handlers.training.asking import ask
from handlers.training.finishing import lesson_finished
from handlers.training.review import note_answer
from handlers.turn import Turn
from locales.text import Phrase, _, n_
from storage.tables.training import LessonResult

routes = Router()


@routes.dialog("lesson", _("Your lesson"))
def take_lesson(talk: Talk) -> Dialog[None]:
    """The lesson's screens in their order, then its questions, then the result."""
    course = talk.read.library.courses.get(talk.argument["course"])
    lesson = course.lesson(talk.argument["lesson"]) if course else None
    if course is None or lesson is None:
        talk.say(_("This lesson is no longer offered."))
        return
    talk.say(_heading(talk, course, lesson))
    for place, screen in enumerate(lesson.screens):
        yield from _shown(talk, course, lesson, screen, f"screen/{place}")
    right: list[str] = []
    for place, question in enumerate(lesson.questions):
        if (yield from ask(talk, course, lesson, question, f"question/{place}")):
            right.append(question.key)
    version = yield from Fact("version", int, lambda: course.version)
    talk.say(_result(len(right), len(lesson.questions)))
    talk.do(RecordLesson(course.key, version, lesson.key, tuple(right)))


def _heading(talk: Talk, course: Course, lesson: Lesson) -> Phrase:
    place = [one.key for one in course.lessons].index(lesson.key) + 1
    return _(
        "<b>{course}</b>, lesson {place} of {count}: {lesson}",
        course=talk.read.course_title(course),
        place=place,
        count=len(course.lessons),
        lesson=talk.read.lesson_title(course, lesson),
    )


def _shown(talk: Talk, course: Course, lesson: Lesson, screen: Screen, key: str) -> Choice:
    """The screen as a step with the one way on; its picture goes along, and what it shows is said."""
    text: Speech = talk.read.lesson_text(course, lesson, screen.text)
    if screen.picture is not None:
        picture = Attachment(screen.picture.name, draw="picture", values={"name": screen.picture.name})
        talk.say(
            _("Picture: {shows}", shows=talk.read.lesson_text(course, lesson, screen.picture.shows)),
            attachments=[picture],
        )
    return Choice(key, text, [("next", _("Next"))])


def _result(right: int, asked: int) -> Phrase:
    return n_(
        "Lesson finished: {right} of {count} question right. Your result is stored.",
        "Lesson finished: {right} of {count} questions right. Your result is stored.",
        asked,
        right=right,
    )


@dataclass(frozen=True)
class RecordLesson:
    """A lesson that was played to its end; `right` are the keys of the questions that were right at first."""

    course: str
    version: int
    lesson: str
    right: tuple[str, ...]

    def perform(self, turn: Turn) -> None:
        """Store the result, have what was wrong come back, and go on in the course."""
        course = turn.house.library.courses[self.course]
        lesson = course.lesson(self.lesson)
        assert lesson is not None  # noqa: S101  (the dialog has just played it)
        row = LessonResult(
            person_id=turn.me.id,
            course=self.course,
            course_version=self.version,
            lesson=self.lesson,
            digest=lesson.digest(),
            asked=len(lesson.questions),
            right=len(self.right),
            finished_at=turn.now,
        )
        turn.session.add(row)
        turn.session.flush()
        turn.note("lesson finished", "lesson", row.id, course=self.course, lesson=self.lesson, right=row.right)
        for question in lesson.questions:
            note_answer(turn, course, lesson, question.key, question.key in self.right)
        lesson_finished(turn, course)
