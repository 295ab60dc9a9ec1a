"""A person's pace: on which days the next lesson and the next questions may be brought, and when nothing is."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from handlers.training.rules import nudge_gap
from handlers.turn import Turn
from storage import calendar, training
from storage.tables.people import Person
from storage.tables.training import Learner, PausedBy


def local_day(turn: Turn, person: Person) -> date:
    """The date where the person is."""
    return turn.now.astimezone(ZoneInfo(person.timezone)).date()


def working_days_on(turn: Turn, person: Person, day: date, count: int) -> date:
    """So many working days later by the person's calendar; where they have none, so many days later."""
    return calendar.working_day_after(turn.session, person.calendar, day, count) or day + timedelta(days=count)


def came(turn: Turn, person: Person) -> Learner:
    """Somebody has done something: lessons that had stopped go on, and the next comes on the next working day."""
    learner, today = training.learner(turn.session, person.id), local_day(turn, person)
    learner.nudges, learner.paused_by, learner.paused_at = 0, PausedBy.NOBODY, None
    waiting = training.open_assignment(turn.session, person.id) is not None
    learner.lesson_on = working_days_on(turn, person, today, 1) if waiting else None
    dates = [card.due_on for card in training.cards(turn.session, [person.id]) if card.due_on]
    # What is due already was offered or will be with the next lesson; it never comes twice on a day.
    learner.review_on = max(min(dates), working_days_on(turn, person, today, 1)) if dates else None
    turn.session.add(learner)
    turn.session.flush()
    return learner


def was_pushed(turn: Turn, person: Person, learner: Learner, day: date) -> bool:
    """Move on what was brought on a day to the day of its next reminder; True if that was the last one."""
    gap = nudge_gap(learner.nudges, turn.settings.learning.nudges)
    following = working_days_on(turn, person, day, gap) if gap else None
    learner.nudges += 1
    if learner.lesson_on and learner.lesson_on <= day:
        learner.lesson_on = following
    if learner.review_on and learner.review_on <= day:
        learner.review_on = following
    if following is None:
        _stop(turn, learner, PausedBy.SILENCE)
    turn.session.add(learner)
    return following is None


def wake(turn: Turn, person: Person) -> None:
    """Lessons that had stopped because of silence may come again: there is a new reason. A person's own pause holds."""
    learner = training.learner(turn.session, person.id)
    if learner.paused_by is PausedBy.SILENCE:
        learner.nudges, learner.paused_by, learner.paused_at = 0, PausedBy.NOBODY, None
        turn.session.add(learner)
        turn.session.flush()


def pause(turn: Turn, person: Person) -> None:
    """Nothing more is brought until the person goes on."""
    learner = training.learner(turn.session, person.id)
    _stop(turn, learner, PausedBy.PERSON)
    turn.session.add(learner)
    turn.note("lessons paused", "person", person.id)


def _stop(turn: Turn, learner: Learner, by: PausedBy) -> None:
    learner.paused_by, learner.paused_at = by, turn.now
    learner.lesson_on = learner.review_on = None
