"""Breaches: a mentor looks at an alert and mostly opens a CAPA; it is closed in time, late, or not at all."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from bot.playground.past.history import History
from bot.playground.past.hours import local_day
from bot.playground.past.staff import Mentor, Worker
from bot.playground.past.town import Shown
from bot.playground.past.words import FINDINGS
from storage import capas, submissions

OPENING_SHARE = 0.85
DAYS_TO_LOOK = (1, 3)
# Days from opening to the due date, and to closing against the due date.
TERMS = {"critical": (10, 21), "major": (21, 45), "minor": (45, 70)}
IN_TIME, LATE = (-9, -1), (3, 12)
IN_TIME_SHARE, LATE_SHARE = 0.6, 0.2
A_WEEK = 7


@dataclass(frozen=True)
class Alert:
    """An alert in a mentor's channel."""

    breach_id: int
    post: Shown


def look_at_alerts(history: History, worker: Worker) -> None:
    """Have the mentor look at the alerts that this person's figures have raised."""
    for alert in _new_alerts(history):
        stream = history.chance("alert", alert.breach_id)
        at = history.mentors_hour(worker.mentor, stream.randint(*DAYS_TO_LOOK), "alert", alert.breach_id)
        if stream.random() < OPENING_SHARE:
            history.plan(at, partial(_open, history, worker, alert))


def _new_alerts(history: History) -> list[Alert]:
    """The alerts that nobody has looked at; they are taken off the town's posts."""
    keys = [key for key in history.town.posts if key.startswith("breach/") and key.endswith("/alert")]
    return [Alert(int(key.split("/")[1]), history.town.posts.pop(key)) for key in keys]


def _open(history: History, worker: Worker, alert: Alert) -> None:
    """Open a CAPA in the modal, for the person who sent the figure."""
    mentor, stream = worker.mentor, history.chance("capa", alert.breach_id)
    modal = history.thread(mentor, alert.post.ref).opened(f"r:capa.open:{alert.breach_id}", alert.post)
    severity = stream.choice(("critical", "major", "major", "minor"))
    due = local_day(history.town.moment, worker.zone) + timedelta(days=stream.randint(*TERMS[severity]))
    values = {
        "finding": _finding(history, worker, alert.breach_id),
        "severity": severity,
        "owner": str(worker.id),
        "due": due.isoformat(),
    }
    history.desk(mentor).submit(modal, values)
    _plan_closing(history, mentor, alert.breach_id, due, stream)


def _finding(history: History, worker: Worker, breach_id: int) -> str:
    """The finding in the owner's language where the mentor speaks it, else in English."""
    with history.town.store.read() as session:
        breach = submissions.breach(session, breach_id)
    if breach is None:
        raise LookupError(f"there is no breach {breach_id}")
    return FINDINGS.get(worker.language, FINDINGS["en"])[breach.metric]


def _plan_closing(history: History, mentor: Mentor, breach_id: int, due: date, stream: Random) -> None:
    drawn = stream.random()
    if drawn >= IN_TIME_SHARE + LATE_SHARE:
        return
    closing = due + timedelta(days=stream.randint(*(IN_TIME if drawn < IN_TIME_SHARE else LATE)))
    days = max(1, (closing - local_day(history.town.moment, mentor.zone)).days)
    at = history.mentors_hour(mentor, days, "close", breach_id)
    history.plan(at, partial(_close, history, mentor, breach_id))


def _close(history: History, mentor: Mentor, breach_id: int) -> None:
    """Close it from the list of open ones; one that is too far down the list waits a week."""
    with history.town.store.read() as session:
        capa = capas.of_breach(session, breach_id)
    if capa is None:
        raise LookupError(f"breach {breach_id} has no CAPA")
    desk, closing = history.desk(mentor), f"r:capa.close:{capa.id}"
    if closing in desk.command("capas").actions:
        desk.press(closing)
    else:
        at = history.mentors_hour(mentor, A_WEEK, "close again", breach_id, history.town.moment)
        history.plan(at, partial(_close, history, mentor, breach_id))
