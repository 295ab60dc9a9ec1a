"""Lessons: people take one every few weeks, whichever is theirs, and answer most questions right at first."""

from functools import partial

from bot.playground.past.history import History
from bot.playground.past.staff import Worker
from courses.course import QuizQuestion

FIRST_AFTER, NEXT_AFTER = (15, 50), (14, 45)
RIGHT_SHARE = 0.72
KEEN_SHARE = 0.9
NEXT = 0
IN_A_LESSON = ("screen/", "question/", "review/")


def plan_lessons(history: History) -> None:
    """Have everybody's first lesson taken; each plans the one after it."""
    for worker in history.workers:
        days = history.chance("lessons", worker.key).randint(*FIRST_AFTER)
        at = history.workers_hour(worker, days, "lesson", worker.key, 0)
        history.plan(at, partial(_take, history, worker, 0))


def _take(history: History, worker: Worker, number: int) -> None:
    """Take the lesson of this number, unless somebody is not there yet or has had enough."""
    stream = history.chance("lesson", worker.key, number)
    if stream.random() > KEEN_SHARE:
        return
    if worker.id in history.joined:
        _play(history, worker)
        number += 1
    at = history.workers_hour(worker, stream.randint(*NEXT_AFTER), "lesson", worker.key, history.town.moment)
    history.plan(at, partial(_take, history, worker, number))


def _play(history: History, worker: Worker) -> None:
    """The lesson that is this person's next; nothing if they are offered a choice of courses instead."""
    phone = history.phone(worker)
    phone.command("lesson")
    while phone.asked.startswith(IN_A_LESSON):
        question = _asked(history, phone.asked)
        phone.choose(NEXT if question is None else _chosen(history, worker, question))


def _asked(history: History, step: str) -> QuizQuestion | None:
    """The question of a step, None for a screen. The step carries the question's key."""
    questions = {
        question.key: question
        for course in history.town.house.library.courses.values()
        for lesson in course.lessons
        for question in lesson.questions
    }
    return next((questions[part] for part in step.split("/") if part in questions), None)


def _chosen(history: History, worker: Worker, question: QuizQuestion) -> int:
    stream = history.chance("answer", worker.key, question.key, history.town.moment)
    wanted = stream.random() < RIGHT_SHARE
    return stream.choice([place for place, option in enumerate(question.options) if option.right is wanted])
