"""Whether the work has helped: read from the next figures by itself, or asked when its day has come.

A figure counts if its whole period lies after the day on which the work was handed in: what happened before that says
nothing about it.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from courses.model import Metric
from handlers.capa.actors import decider, managers
from handlers.capa.buttons import mentors
from handlers.capa.card import card
from handlers.capa.moving import NOTHING, Given, move, record
from handlers.capa.telling import card_message, show_in_thread, tell_owner, thread_key
from handlers.capa.terms import begin_again, local_day, owe, terms_of
from handlers.message import Edit, Message
from handlers.metrics.alert import alert_key, alert_message
from handlers.metrics.breaking import Looked, Looking, shown
from handlers.reminders.notice import Notice
from handlers.reminders.planning import plan_from
from handlers.reminders.router import Notices
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import capas, programme, submissions
from storage.tables.capas import Capa, CapaState
from storage.tables.figures import BreachState
from storage.tables.people import Person, Role
from storage.tables.planning import DueNote

notices = Notices()


def watch(turn: Turn, capa: Capa) -> None:
    """Begin to watch: until when, after how many figures, and whom to ask then."""
    terms = terms_of(turn.session, turn.settings, capa)
    capa.check_figures = terms.figures
    _look_on(turn, capa, terms.effect[0])


def look_again(turn: Turn, capa: Capa, given: Given = NOTHING) -> bool:
    """True if it has helped so far and is looked at again on a later day; False if this was the last."""
    site, terms = programme.site(turn.session, capa.site_id), terms_of(turn.session, turn.settings, capa)
    since = local_day(site, capa.verified_at or turn.now)
    later = [days for days in terms.effect if since + timedelta(days=days) > (capa.check_on or since)]
    if not later:
        return False
    _look_on(turn, capa, later[0])
    record(turn, capa, "helped_so_far", given)
    return True


def _look_on(turn: Turn, capa: Capa, days: int) -> None:
    """Set the day, so many days after the work was checked, and plan to ask on it."""
    site = programme.site(turn.session, capa.site_id)
    capa.check_on = local_day(site, capa.verified_at or turn.now) + timedelta(days=days)
    owe(capa)
    turn.session.add(capa)
    at = datetime.combine(capa.check_on, time(), ZoneInfo(site.timezone))
    for person in _deciders(turn, capa):
        plan_from(turn, person, person.calendar, "capa.check", capa.id, str(capa.check_on), at)


def _deciders(turn: Turn, capa: Capa) -> list[Person]:
    if decider(turn, capa, "evidence") == "manager":
        return managers(turn)
    mentor = turn.mentor_of(capa.site_id)
    return [mentor] if mentor is not None else []


def read(turn: Turn, one: Looked) -> None:
    """Judge every CAPA whose effect is read from the metric of this figure."""
    for capa in capas.watched(turn.session, one.row.site_id, one.metric.key):
        _judge(turn, capa, Looking(turn, one.row), one.metric)


def _judge(turn: Turn, capa: Capa, looking: Looking, metric: Metric) -> None:
    """Open it again if a figure that counts is beyond the limit; close it once enough are within, or on its day."""
    day = local_day(looking.site, capa.submitted_at or capa.verified_at or capa.opened_at)
    figures = looking.after(metric, day, local_day(looking.site, turn.now))
    beyond = [one for one in figures if looking.broken(one) is not None]
    if beyond:
        _open_again(turn, capa, looking, beyond[0])
        return
    is_enough = 0 < capa.check_figures <= len(figures)
    given = Given(detail=_detail(looking, figures), by_figures=True)
    if not is_enough and not (figures and _has_come(turn, capa)):
        return
    if is_enough or not look_again(turn, capa, given):
        move(turn, capa, "effective", given)
    _tell(turn, capa)


def _has_come(turn: Turn, capa: Capa) -> bool:
    site = programme.site(turn.session, capa.site_id)
    return capa.check_on is not None and local_day(site, turn.now) >= capa.check_on


def _detail(looking: Looking, figures: Sequence[Looked]) -> dict[str, Any]:
    """The figures as the history keeps them."""
    return {"figures": [_kept(looking, one) for one in figures]}


def _kept(looking: Looking, one: Looked) -> dict[str, str]:
    found, limit = looking.broken(one), looking.limit(one)
    value, against = (found.value, found.threshold) if found else (shown(one.value, one.metric), limit)
    unit = "%" if found and found.rule == "drift" else one.metric.base_unit
    return {"period": one.period, "value": str(value), "limit": "" if against is None else str(against), "unit": unit}


def _open_again(turn: Turn, capa: Capa, looking: Looking, one: Looked) -> None:
    """The figure's own alert needs no second CAPA: this one is open again."""
    name = "replan" if terms_of(turn.session, turn.settings, capa).plan else "rework"
    move(turn, capa, name, Given(detail=_detail(looking, [one]), by_figures=True))
    begin_again(turn.session, turn.settings, capa, turn.now)
    breach = submissions.breach_of(turn.session, capa.site_id, one.metric.key, one.period)
    mentor = turn.mentor_of(capa.site_id)
    if breach is not None and breach.state is BreachState.OPEN:
        breach.state = BreachState.TAKEN_UP
        turn.session.add(breach)
        alert = alert_message(turn, breach, one.metric.base_unit, open_button=False)
        told = Message((*alert.parts, _("CAPA {number} is open again because of this.", number=ticket(capa.id))))
        if mentor is not None:
            turn.post(mentor, f"{alert_key(breach)}/capa {capa.id}", Edit(alert_key(breach), told))
    _tell(turn, capa)


def _tell(turn: Turn, capa: Capa) -> None:
    show_in_thread(turn, capa)
    tell_owner(turn, capa, always=True)


@notices.kind("capa.check")
def ask(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """On the day: closed by the figures that have come in; else whoever decides is asked whether it has helped."""
    capa = capas.capa(turn.session, note.object_id)
    if capa is None or capa.state is not CapaState.WATCHING or str(capa.check_on) != note.rung:
        return None
    breach = submissions.breach(turn.session, capa.breach_id) if capa.breach_id is not None else None
    newest = submissions.newest(turn.session, [capa.site_id], 1)
    if breach is not None and newest:
        _judge(turn, capa, Looking(turn, newest[0]), turn.read.metric(breach.metric))
    is_open = capa.state is CapaState.WATCHING and str(capa.check_on) == note.rung
    return _question(turn, capa, person) if is_open else None


def _question(turn: Turn, capa: Capa, person: Person) -> Notice:
    why = _(
        "You decide whether the work of CAPA {number} has helped, and its day has come. It stops once you have "
        "decided, or once a figure that counts is in.",
        number=ticket(capa.id),
    )
    parts, rows = (*card(turn, capa), _question_of(capa)), tuple(mentors(turn, capa))
    thread = "" if person.role is Role.MANAGER else f"@{thread_key(capa)}"
    if thread:
        turn.post(person, thread_key(capa), card_message(turn, capa))
    return Notice(_("CAPA {number}", number=ticket(capa.id)), parts, why, rows, thread=thread)


def _question_of(capa: Capa) -> Phrase:
    if capa.breach_id is not None:
        return _("Its day has come, but no figure since then is in yet. Has it helped?")
    return _("Its day has come. Has it helped?")
