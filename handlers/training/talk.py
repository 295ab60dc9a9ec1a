"""Lessons: a few short screens, a question with feedback, a result that is stored."""

from dataclasses import dataclass

from courses.model import Course, Lesson
from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button, Speech
from handlers.questions import Choice
from handlers.router import SUPPLIER, Router, action
from handlers.training.rules import next_lesson
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import training
from storage.tables.training import LessonResult

routes = Router()


@routes.command("lesson", SUPPLIER, menu=_("Take a lesson"))
def lesson(turn: Turn, _argument: str) -> None:
    """Begin the person's next lesson, or say that all are done and offer to repeat one."""
    done = training.done(turn.session, turn.me.id)
    for course in turn.house.library.courses.values():
        following = next_lesson(course, done)
        if following is not None:
            conversation.start(turn, "lesson", {"course": course.key, "lesson": following.key})
            return
    turn.say(_("You have finished all lessons. Well done. Which one would you like to repeat?"))
    for course in turn.house.library.courses.values():
        rows = [
            [Button(turn.read.lesson_title(course, one), action("again", f"{course.key}/{place}"))]
            for place, one in enumerate(course.lessons)
        ]
        turn.say(turn.read.course_title(course), buttons=rows)


@routes.button("again", SUPPLIER)
def again(turn: Turn, which: str) -> None:
    """Take a lesson once more."""
    key, _slash, place = which.partition("/")
    course = turn.house.library.courses.get(key)
    if course is None or not place.isdecimal() or int(place) >= len(course.lessons):
        raise Refused(conversation.GONE)
    conversation.start(turn, "lesson", {"course": key, "lesson": course.lessons[int(place)].key})


@routes.dialog("lesson", _("Your lesson"))
def take_lesson(talk: Talk) -> Dialog[None]:
    """The lesson's screens in their order, then its questions, then the result."""
    course = talk.read.library.courses.get(talk.argument["course"])
    lesson = course.lesson(talk.argument["lesson"]) if course else None
    if course is None or lesson is None:
        talk.say(_("This lesson is no longer offered."))
        return
    talk.say(
        _(
            "<b>{course}</b>: {lesson}",
            course=talk.read.course_title(course),
            lesson=talk.read.lesson_title(course, lesson),
        )
    )
    for place, screen in enumerate(lesson.screens):
        yield from Choice(f"screen/{place}", talk.read.lesson_text(course, lesson, screen), [("next", _("Next"))])
    right = 0
    for place in range(len(lesson.questions)):
        right += yield from _ask(talk, course, lesson, place)
    version = yield from Fact("version", int, lambda: course.version)
    talk.do(RecordLesson(course.key, version, lesson.key, len(lesson.questions), right))
    talk.say(_result(right, len(lesson.questions)))
    talk.offer(Button(_("Next lesson"), action("go", "lesson")))


def _ask(talk: Talk, course: Course, lesson: Lesson, place: int) -> Dialog[int]:
    """1 if the question was answered right, else 0; the feedback comes at once."""
    question = lesson.questions[place]
    options = [
        (str(number), talk.read.lesson_text(course, lesson, option.text))
        for number, option in enumerate(question.options)
    ]
    prompt = talk.read.lesson_text(course, lesson, question.text)
    # An answer counts for the wording it was given to: another version of the course is asked anew.
    chosen = question.options[int((yield from Choice(f"question/{place}/{course.version}", prompt, options)))]
    feedback: list[Speech] = [_("That is right.") if chosen.right else _("Not quite.")]
    if chosen.feedback:
        feedback.append(talk.read.lesson_text(course, lesson, chosen.feedback))
    talk.say(*feedback)
    return int(chosen.right)


def _result(right: int, asked: int) -> Phrase:
    return _("Lesson finished: {right} of {asked} right. Your result is stored.", right=right, asked=asked)


@dataclass(frozen=True)
class RecordLesson:
    """A lesson that was played to its end."""

    course: str
    version: int
    lesson: str
    asked: int
    right: int

    def perform(self, turn: Turn) -> None:
        """Store the result."""
        row = LessonResult(
            person_id=turn.me.id,
            course=self.course,
            course_version=self.version,
            lesson=self.lesson,
            asked=self.asked,
            right=self.right,
            finished_at=turn.now,
        )
        turn.session.add(row)
        turn.session.flush()
        turn.note("lesson finished", "lesson", row.id, course=self.course, lesson=self.lesson, right=self.right)
