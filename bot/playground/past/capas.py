"""CAPAs: the owner makes a plan, the mentor approves it, the work is done in time, late or not at all, and checked."""

from datetime import date, timedelta
from functools import partial

from bot.playground.past.history import History
from bot.playground.past.hours import local_day
from bot.playground.past.staff import Mentor, Worker
from bot.playground.past.talker import Talker
from bot.playground.past.words import PLANS
from storage import capas
from storage.tables.capas import Capa, CapaState

DAYS_TO_PLAN, DAYS_TO_LOOK = (2, 6), (1, 2)
# Days from the due date to handing the work in.
IN_TIME, LATE = (-9, -1), (3, 12)
IN_TIME_SHARE, LATE_SHARE = 0.6, 0.2
FIRST, ROOT, NONE, YES = 0, 0, 0, 0


def plan_work(history: History, worker: Worker, breach_id: int, due: date) -> None:
    """Have the plan of a new CAPA made within a few days; the days of the work hang on its due date."""
    days = history.chance("planning", breach_id).randint(*DAYS_TO_PLAN)
    at = history.workers_hour(worker, days, "plan", breach_id)
    history.plan(at, partial(_make_plan, history, worker, breach_id, due))


def _capa(history: History, breach_id: int) -> Capa:
    with history.town.store.read() as session:
        capa = capas.of_breach(session, breach_id)
    if capa is None:
        raise LookupError(f"breach {breach_id} has no CAPA")
    return capa


def _make_plan(history: History, worker: Worker, breach_id: int, due: date) -> None:
    """Cause, action and one step; of what is critical, first what was done at once."""
    capa, words = _capa(history, breach_id), PLANS.get(worker.language, PLANS["en"])
    stream, phone = history.chance("plan", breach_id), history.phone(worker)
    plan = stream.choice(words)
    phone.command("capa", str(capa.id))
    if f"r:capa.contain:{capa.id}" in phone.sees.actions:
        phone.press(f"r:capa.contain:{capa.id}")
        phone.say(plan.at_once)
        phone.choose(NONE)
        phone.command("capa", str(capa.id))
    phone.press(f"r:capa.plan:{capa.id}")
    phone.say(plan.cause)
    phone.choose(ROOT)
    phone.say(plan.action)
    phone.choose(NONE)
    phone.say(plan.step)
    if phone.asked.endswith("/owner"):
        phone.choose(FIRST)
    phone.choose(FIRST)
    phone.choose(NONE)
    phone.choose(YES)
    at = history.mentors_hour(worker.mentor, stream.randint(*DAYS_TO_LOOK), "approve", breach_id)
    history.plan(at, partial(_approve, history, worker, breach_id, due))


def _approve(history: History, worker: Worker, breach_id: int, due: date) -> None:
    """The mentor approves the plan; most work is then done in time."""
    _decide(history, worker.mentor, _capa(history, breach_id), "approve")
    stream = history.chance("work", breach_id)
    drawn = stream.random()
    if drawn >= IN_TIME_SHARE + LATE_SHARE:
        return
    done = due + timedelta(days=stream.randint(*(IN_TIME if drawn < IN_TIME_SHARE else LATE)))
    days = max(1, (done - local_day(history.town.moment, worker.zone)).days)
    at = history.workers_hour(worker, days, "work", breach_id)
    history.plan(at, partial(_do_work, history, worker, breach_id))


def _do_work(history: History, worker: Worker, breach_id: int) -> None:
    """Every step is done, and the work is handed in with a few words."""
    capa, phone = _capa(history, breach_id), history.phone(worker)
    if capa.state is not CapaState.IN_PROGRESS:
        return
    step = _button(phone, capa, "step")
    while step:
        phone.press(step)
        phone.choose(NONE)
        step = _button(phone, capa, "step")
    phone.command("capa", str(capa.id))
    phone.press(f"r:capa.done:{capa.id}")
    phone.choose(NONE)
    phone.say(PLANS.get(worker.language, PLANS["en"])[0].done)
    days = history.chance("checking", breach_id).randint(*DAYS_TO_LOOK)
    at = history.mentors_hour(worker.mentor, days, "check", breach_id)
    history.plan(at, partial(_check, history, worker.mentor, breach_id))


def _check(history: History, mentor: Mentor, breach_id: int) -> None:
    """The mentor has looked at it; the next figures say whether it has helped."""
    _decide(history, mentor, _capa(history, breach_id), "verify")


def _decide(history: History, mentor: Mentor, capa: Capa, name: str) -> None:
    """Press a button of the CAPA, if it still waits for that."""
    desk = history.desk(mentor)
    desk.command("capa", str(capa.id))
    found = _named(desk, capa, name)
    if found:
        desk.press(found)


def _button(phone: Talker, capa: Capa, name: str) -> str:
    """A button of the CAPA as it is shown now, "" if it has none of this name."""
    phone.command("capa", str(capa.id))
    return _named(phone, capa, name)


def _named(talker: Talker, capa: Capa, name: str) -> str:
    start = f"r:capa.{name}:{capa.id}."
    return next((action for action in talker.sees.actions if action.startswith(start)), "")
