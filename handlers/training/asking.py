"""A question of a lesson, asked in a dialog: the feedback comes at once."""

from courses.course import Course, Lesson, QuizQuestion
from handlers.dialog import Dialog, Talk
from handlers.message import Speech
from handlers.questions import Choice
from locales.text import _


def ask(talk: Talk, course: Course, lesson: Lesson, question: QuizQuestion, key: str) -> Dialog[bool]:
    """Whether it was answered right.

    An answer counts for the wording and the version it was given to: the key of the step carries both.
    """
    options = [
        (str(number), talk.read.lesson_text(course, lesson, option.text))
        for number, option in enumerate(question.options)
    ]
    prompt = talk.read.lesson_text(course, lesson, question.text)
    step = Choice(f"{key}/{question.key}/{course.version}", prompt, options)
    chosen = question.options[int((yield from step))]
    feedback: list[Speech] = [_("That is right.") if chosen.right else _("Not quite.")]
    if chosen.feedback:
        feedback.append(talk.read.lesson_text(course, lesson, chosen.feedback))
    talk.say(*feedback)
    return chosen.right
