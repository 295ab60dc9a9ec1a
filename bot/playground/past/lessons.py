"""Lessons: people take one every few weeks and answer most questions right at first."""

from functools import partial

from bot.playground.past.history import History
from bot.playground.past.staff import Worker
from courses.course import Lesson

FIRST_AFTER, NEXT_AFTER = (15, 50), (14, 45)
RIGHT_SHARE = 0.72
KEEN_SHARE = 0.9
NEXT = 0


def plan_lessons(history: History) -> None:
    """Have everybody's first lesson taken; each plans the one after it."""
    for worker in history.workers:
        days = history.chance("lessons", worker.key).randint(*FIRST_AFTER)
        at = history.workers_hour(worker, days, "lesson", worker.key, 0)
        history.plan(at, partial(_take, history, worker, 0))


def _take(history: History, worker: Worker, number: int) -> None:
    """Take the lesson of this number, unless somebody is not there yet or has had enough."""
    lessons = _lessons(history)
    stream = history.chance("lesson", worker.key, number)
    if number >= len(lessons) or stream.random() > KEEN_SHARE:
        return
    if worker.id in history.joined:
        _play(history, worker, lessons[number])
        number += 1
    at = history.workers_hour(worker, stream.randint(*NEXT_AFTER), "lesson", worker.key, history.town.moment)
    history.plan(at, partial(_take, history, worker, number))


def _lessons(history: History) -> list[Lesson]:
    return [lesson for course in history.town.house.library.courses.values() for lesson in course.lessons]


def _play(history: History, worker: Worker, lesson: Lesson) -> None:
    phone = history.phone(worker)
    phone.command("lesson")
    for _screen in lesson.screens:
        phone.choose(NEXT)
    for place, question in enumerate(lesson.questions):
        stream = history.chance("answer", worker.key, lesson.key, place)
        wanted = stream.random() < RIGHT_SHARE
        fitting = [number for number, option in enumerate(question.options) if option.right is wanted]
        phone.choose(stream.choice(fitting))
