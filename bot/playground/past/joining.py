"""Joining: mentors invite from Slack, most people open the link within days, a few have not done so yet."""

from functools import partial

from bot.playground.past.history import History
from bot.playground.past.staff import Worker
from bot.playground.past.town import TOKEN

# A colleague of each has joined. Amina is whom the tour follows, from her invitation on.
NOT_YET = frozenset({"amina", "tarek", "jun"})
EARLY, LATE = (1, 12), (30, 60)
LATE_SHARE = 0.15
DAYS_TO_OPEN = 5
AGREED = 0


def plan_joining(history: History) -> None:
    """Have everybody invited who is to join."""
    for worker in history.workers:
        if worker.key not in NOT_YET:
            stream = history.chance("joining", worker.key)
            days = stream.randint(*(LATE if stream.random() < LATE_SHARE else EARLY))
            at = history.mentors_hour(worker.mentor, days, "invite", worker.key)
            history.plan(at, partial(_invite, history, worker))


def _invite(history: History, worker: Worker) -> None:
    answer = history.desk(worker.mentor).command("invite", worker.key)
    found = TOKEN.search(answer.text)
    if found is None:
        raise LookupError(f"no invitation for {worker.key}: {answer.text}")
    days = history.chance("opening", worker.key).randint(1, DAYS_TO_OPEN)
    at = history.workers_hour(worker, days, "open", worker.key)
    history.plan(at, partial(_open, history, worker, found[1]))


def _open(history: History, worker: Worker, token: str) -> None:
    """Follow the link, choose the language, accept the privacy notice."""
    phone = history.phone(worker)
    phone.command("start", token)
    phone.choose(history.languages.index(worker.language))
    phone.choose(AGREED)
    history.joined.add(worker.id)
