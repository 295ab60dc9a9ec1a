"""Opens a CAPA: its terms, its first state, its first event, and who is told."""

from datetime import date, datetime

from sqlmodel import Session

from handlers.capa.card import look_button
from handlers.capa.telling import show_in_thread
from handlers.capa.terms import begin, is_zero_tolerance, local_day, owe, terms_of
from handlers.message import Button
from handlers.programme.settings import ProgrammeSettings
from handlers.reminders.planning import plan_soon
from handlers.router import action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import capas, people, programme, submissions
from storage.tables.capas import Capa, CapaState
from storage.tables.people import Duty, Person

BY_RULE = ("critical", "major", "minor")
"""Findings of these severities go to the site at once; the others are drafts that a mentor looks at first."""


def put(
    session: Session,
    settings: ProgrammeSettings,
    capa: Capa,
    now: datetime,
    *,
    draft: bool = False,
    due: date | None = None,
    imported: bool = False,
) -> Capa:
    """Store a new CAPA in the state where its life begins, with the days that its severity gives."""
    site, terms = programme.site(session, capa.site_id), terms_of(session, settings, capa)
    begin(session, capa, terms, site, local_day(site, now))
    if due is not None:
        # What comes before the work is never due after it.
        capa.due_on = due
        capa.plan_on = min(capa.plan_on, due) if capa.plan_on else None
        capa.contain_on = min(capa.contain_on, due) if capa.contain_on else None
    capa.opened_at = now
    capa.state = CapaState.PLAN_REQUESTED if terms.plan else CapaState.IN_PROGRESS
    if draft or capa.owner_id is None:
        capa.state = CapaState.DRAFT
    owe(capa)
    session.add(capa)
    session.flush()
    capas.note(session, capa, "opened", now, capa.opened_by_id, "", {"imported": True} if imported else {})
    return capa


def usual_owner(session: Session, site_id: int) -> Person | None:
    """Who gets a CAPA that names nobody: the manager of the site, else whoever sends its figures."""
    managers = programme.staff(session, site_id, Duty.SITE_MANAGER)
    return next(iter(managers or programme.staff(session, site_id)), None)


def announce(turn: Turn, capa: Capa) -> None:
    """Begin its thread in the mentor's channel, and tell the owner at the next allowed hour."""
    turn.note("capa opened", "capa", capa.id, severity=capa.severity, owner=capa.owner_id)
    show_in_thread(turn, capa)
    tell_opened(turn, capa)


def tell_opened(turn: Turn, capa: Capa) -> None:
    """Plan to tell the owner, once something is asked of the site."""
    if capa.owner_id is None or capa.state is CapaState.DRAFT:
        return
    owner, site = people.by_id(turn.session, capa.owner_id), programme.site(turn.session, capa.site_id)
    plan_soon(turn, owner, site.calendar, "capa.opened", capa.id, "opened")


def earlier_one(turn: Turn, capa: Capa) -> Capa | None:
    """An earlier CAPA of the site about the same metric or requirement, unless it is linked already."""
    breach = submissions.breach(turn.session, capa.breach_id) if capa.breach_id is not None else None
    found = capas.earlier(turn.session, capa, breach.metric if breach else "")
    return found if found is not None and capa.earlier_id is None else None


def say_opened(turn: Turn, capa: Capa) -> None:
    """Say that it is open, what comes first, and whether the same has come up before."""
    parts: list[Phrase] = [_opened(turn, capa)]
    rows = [[look_button(capa)]]
    if is_zero_tolerance(capa):
        parts.append(
            _(
                "Please speak with the manager of the site today, in person or by phone. I have asked nobody anything, "
                "and I do not send questions about this. Write down here what you have agreed."
            )
        )
        about = f"{capa.id}.{capa.version}"
        rows.append([Button(_("I have spoken with them"), action("capa.contact", about), "primary")])
    before = earlier_one(turn, capa)
    if before is not None:
        parts.append(_("Something like this came up at the site before: CAPA {number}.", number=ticket(before.id)))
        about = f"{capa.id}.{capa.version}.{before.id}"
        rows.append([Button(_("Link to CAPA {number}", number=ticket(before.id)), action("capa.link", about))])
    turn.say(*parts, buttons=rows)


def _opened(turn: Turn, capa: Capa) -> Phrase:
    owner = people.by_id(turn.session, capa.owner_id).name if capa.owner_id is not None else "…"
    if capa.state is CapaState.DRAFT:
        return _("CAPA {number} is a draft. Nothing has been asked of the site yet.", number=ticket(capa.id))
    return _("CAPA {number} is open. Owner: {owner}. Due: {day}.", number=ticket(capa.id), owner=owner, day=capa.due_on)
