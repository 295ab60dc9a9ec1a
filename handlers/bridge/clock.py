"""How long somebody has waited for an answer: counted in the working hours of who answers, shown, and escalated."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.bridge.mentor import answerer, managers
from handlers.reminders.planning import plan_from
from handlers.turn import Turn
from storage import calendar, due, programme
from storage.tables.planning import CalendarDay
from storage.tables.tickets import Ticket, TicketKind

WAITS, ESCALATED = "ticket.waits", "ticket.escalated"
DAYS_AHEAD = 120


def start(turn: Turn, found: Ticket) -> bool:
    """True if from now on somebody waits; who waits already goes on waiting by the term they were given.

    What is grave has a clock of its own, which knows no working hours.
    """
    if found.waiting_since is not None or found.kind is TicketKind.GRAVE:
        return False
    found.waiting_since = turn.now
    plan(turn, found)
    return True


def plan(turn: Turn, found: Ticket) -> None:
    """Set by when an answer is due, counted from when the wait began, and plan what is said when it is not there."""
    mentor, rules = answerer(turn, found), turn.settings.tickets
    began = found.waiting_since or turn.now
    name = (mentor.calendar if mentor else "") or programme.site(turn.session, found.site_id).calendar
    days = calendar.windows(turn.session, name, began, DAYS_AHEAD)
    hours = rules.answer_hours[found.urgency.value]
    found.answer_by = after(days, began, hours)
    turn.session.add(found)
    step = f"since {began.isoformat(timespec='seconds')}"
    if mentor is not None:
        plan_from(turn, mentor, name, WAITS, found.id, step, found.answer_by)
    late = after(days, began, hours + rules.escalate_hours)
    for manager in managers(turn):
        plan_from(turn, manager, manager.calendar or name, ESCALATED, found.id, step, late)


def stop(turn: Turn, found: Ticket) -> bool:
    """True if somebody had waited: now they have their answer."""
    waited = found.waiting_since is not None
    found.waiting_since = found.answer_by = None
    turn.session.add(found)
    for kind in (WAITS, ESCALATED):
        due.drop(turn.session, kind, found.id, "answered")
    return waited


def after(days: Iterable[CalendarDay], moment: datetime, hours: float) -> datetime:
    """The moment so many working hours later; with the days at an end, counted on by the clock."""
    left = timedelta(hours=hours)
    for day in days:
        begin = max(moment, day.opens_at)
        room = day.closes_at - begin
        if room >= left:
            return begin + left
        if room > timedelta():
            left -= room
            moment = day.closes_at
    return moment + left
