"""Obstacles: people report what stands in their way, mentors answer in the thread, most are closed.

The last answer in a thread comes more than a week before the end: what its reader writes within a week goes into the
thread, which the demo's workspace does not have.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from bot.playground.past.history import History
from bot.playground.past.hours import at_work
from bot.playground.past.joining import NOT_YET
from bot.playground.past.staff import Worker
from bot.playground.past.words import ANSWERS, TROUBLES, Trouble

SHARE_A_MONTH = 0.22
FIRST_DAY, A_MONTH = 14, 30
DAYS_TO_ANSWER = (1, 3)
# The answer and the thanks for it come within ten days, weekends included.
QUIET_DAYS = 18
THANKED_SHARE, CLOSED_SHARE = 0.8, 0.7
NO_PHOTO, YES = 0, 0


def plan_obstacles(history: History) -> None:
    """Have obstacles reported all along, until all that people have to say in their language has been said."""
    stream = history.chance("troubles")
    left = {language: stream.sample(troubles, len(troubles)) for language, troubles in TROUBLES.items()}
    for worker in history.workers:
        for day in _days(history, worker):
            if left[worker.language]:
                at = at_work(day, worker.zone, worker.weekend, history.chance("obstacle", worker.key, day))
                history.plan(at, partial(_report, history, worker, left[worker.language].pop()))


def _days(history: History, worker: Worker) -> Iterator[date]:
    """The days on which somebody reports an obstacle."""
    quiet = history.span.last - timedelta(days=QUIET_DAYS)
    month = history.span.first + timedelta(days=FIRST_DAY)
    while month < quiet:
        stream = history.chance("obstacles", worker.key, month)
        day = month + timedelta(days=stream.randrange(A_MONTH))
        if stream.random() < SHARE_A_MONTH and day < quiet and worker.key not in NOT_YET:
            yield day
        month += timedelta(days=A_MONTH)


def _report(history: History, worker: Worker, trouble: Trouble) -> None:
    """Report it, without a photo; its mentor sees it as a thread."""
    if worker.id not in history.joined:
        return
    phone, before = history.phone(worker), set(history.town.posts)
    phone.command("obstacle")
    phone.choose(trouble.kind)
    phone.say(trouble.words)
    if phone.asked == "about":
        # None of what is offered: that is the last button.
        phone.choose(len(phone.choices) - 1)
    phone.choose(NO_PHOTO)
    phone.choose(YES)
    (key,) = (
        key for key in history.town.posts.keys() - before if key.startswith("ticket/") and key.endswith("/thread")
    )
    days = history.chance("answering", key).randint(*DAYS_TO_ANSWER)
    history.plan(
        history.mentors_hour(worker.mentor, days, "answer", key), partial(_answer, history, worker, trouble, key)
    )


def _answer(history: History, worker: Worker, trouble: Trouble, key: str) -> None:
    """The mentor's words in the thread, in the reporter's language if the mentor writes it."""
    stream, mentor = history.chance("answer", key), worker.mentor
    words = ANSWERS.get(worker.language, ANSWERS["en"])[trouble.kind]
    history.thread(mentor, history.town.posts[key].ref).say(stream.choice(words))
    if stream.random() < THANKED_SHARE:
        at = history.workers_hour(worker, 1, "thanks", key)
        history.plan(at, partial(_thank, history, worker, trouble))
    if stream.random() < CLOSED_SHARE:
        at = history.mentors_hour(mentor, stream.randint(4, 9), "closing", key)
        history.plan(at, partial(_close, history, worker, key))


def _thank(history: History, worker: Worker, trouble: Trouble) -> None:
    history.phone(worker).say(trouble.thanks)


def _close(history: History, worker: Worker, key: str) -> None:
    """The mentor presses the button below the report, and says why."""
    root, number = history.town.posts[key], key.split("/")[1]
    thread = history.thread(worker.mentor, root.ref)
    thread.submit(thread.opened(f"r:ticket.close:{number}", root), {"reason": "solved"})
