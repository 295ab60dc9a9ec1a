"""Breaches: a mentor looks at an alert and mostly opens a CAPA."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.playground.past.capas import plan_work
from bot.playground.past.history import History
from bot.playground.past.hours import local_day
from bot.playground.past.staff import Worker
from bot.playground.past.town import Shown
from bot.playground.past.words import FINDINGS
from storage import submissions
from storage.tables.figures import BreachState

OPENING_SHARE = 0.85
DAYS_TO_LOOK = (1, 3)
# Days from opening to the due date.
TERMS = {"critical": (10, 21), "major": (21, 45), "minor": (45, 70)}


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
    if not _is_open(history, alert.breach_id):
        return
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
    plan_work(history, worker, alert.breach_id, due)


def _is_open(history: History, breach_id: int) -> bool:
    """Whether nobody has taken it up: a CAPA that was watched may have opened again by itself."""
    with history.town.store.read() as session:
        breach = submissions.breach(session, breach_id)
    return breach is not None and breach.state is BreachState.OPEN


def _finding(history: History, worker: Worker, breach_id: int) -> str:
    """The finding in the owner's language where the mentor speaks it, else in English."""
    with history.town.store.read() as session:
        breach = submissions.breach(session, breach_id)
    if breach is None:
        raise LookupError(f"there is no breach {breach_id}")
    return FINDINGS.get(worker.language, FINDINGS["en"])[breach.metric]
