"""What the clock does for learning: assigns courses by the programme's rules, asks for documents, plans the pushes."""

from datetime import date, timedelta

from handlers.programme.learning import TrainingRule
from handlers.training.pace import local_day
from handlers.turn import Turn
from storage import assignments, documents, pushes, training
from storage.assignments import Wanted
from storage.tables.people import Person
from storage.tables.training import Reason

BREACH_DAYS = 14
"""A breach older than so many days assigns nothing any more: the rule may have been written after it."""
RECENT_DAYS = 90
"""Who has passed a course in so many days before a breach is not sent into it again."""


def plan_training(turn: Turn) -> None:
    """Assign what is to be assigned, open what is next in each queue, and plan the pushes of the days to come."""
    turn.session.flush()
    today = turn.now.astimezone(turn.settings.zone).date()
    for rule in turn.settings.training:
        if rule.course in turn.house.library.courses:
            _assign(turn, rule, today)
    _assign_anew(turn, today)
    for document in turn.house.library.documents.values():
        documents.ask_all(turn.session, document.key, document.version, document.duties, turn.now, today)
    assignments.open_next(turn.session, today)
    pushes.plan_pushes(turn.session, turn.now)
    turn.session.expire_all()


def assign_to(turn: Turn, person: Person) -> None:
    """Assign what the programme's rules have for one person, who does not wait for the clock."""
    turn.session.flush()
    today = local_day(turn, person)
    for rule in turn.settings.training:
        if rule.course in turn.house.library.courses and not rule.breach:
            _assign(turn, rule, today, person.id)
    assignments.open_next(turn.session, today, person.id)
    turn.session.expire_all()


def _assign(turn: Turn, rule: TrainingRule, today: date, person_id: int | None = None) -> None:
    due_on = today + timedelta(days=rule.days)
    if rule.breach:
        wanted = Wanted(rule.course, Reason.BREACH, turn.now, due_on)
        since, recent = turn.now - timedelta(days=BREACH_DAYS), turn.now - timedelta(days=RECENT_DAYS)
        assignments.assign_by_breach(turn.session, wanted, rule.breach, rule.duty, since, recent)
    else:
        reason = Reason.DUTY if rule.duty else Reason.TIER
        wanted = Wanted(rule.course, reason, turn.now, due_on)
        assignments.assign_by_rule(turn.session, wanted, rule.tier, rule.duty, person_id)


def _assign_anew(turn: Turn, today: date) -> None:
    """Courses that have changed since they were passed, and those whose result runs out."""
    renew = timedelta(days=turn.settings.learning.renew)
    for course in filter(None, map(turn.house.library.courses.get, training.passed_by_anybody(turn.session))):
        changed = Wanted(course.key, Reason.CHANGED, turn.now, today + renew)
        if course.version > 1:
            assignments.assign_changed(turn.session, changed, course.version)
        if course.valid_for:
            renewal = Wanted(course.key, Reason.RENEWAL, turn.now, today + renew)
            assignments.assign_renewals(turn.session, renewal, today + renew)
