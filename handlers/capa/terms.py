"""What the owner of a CAPA owes and by when: the terms as days at the site. The dates are pure but for the calendar."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from handlers.programme.capa_terms import ZERO_TOLERANCE, Terms
from handlers.programme.settings import ProgrammeSettings
from locales.text import Phrase, p_
from storage import calendar, capas, programme
from storage.tables.capas import Capa, CapaState, Owed
from storage.tables.programme import Site

SEVERITIES: dict[str, Phrase] = {
    ZERO_TOLERANCE: p_("severity", "Zero tolerance"),
    "critical": p_("severity", "Critical"),
    "major": p_("severity", "Major"),
    "minor": p_("severity", "Minor"),
    "observation": p_("severity", "Observation"),
}
DAYS = {Owed.CONTAIN: "contain_on", Owed.PLAN: "plan_on", Owed.CLOSE: "due_on"}
"""The column that has the day of what is owed."""


def is_zero_tolerance(capa: Capa) -> bool:
    """Whether people talk about this one, and nobody is asked about it in chat."""
    return capa.severity == ZERO_TOLERANCE


def owe(capa: Capa) -> None:
    """Set what the owner owes now and by when; every change of a CAPA ends with this."""
    capa.owed = _owed(capa)
    capa.owed_on = getattr(capa, DAYS[capa.owed]) if capa.owed is not Owed.NOTHING else None


def _owed(capa: Capa) -> Owed:
    if capa.blocked_since is not None:
        return Owed.NOTHING
    if capa.state is CapaState.IN_PROGRESS:
        return Owed.CLOSE if not _is_to_be_contained(capa) else Owed.CONTAIN
    if capa.state is not CapaState.PLAN_REQUESTED or is_zero_tolerance(capa):
        # The plan of a zero tolerance case is made by the mentor together with the site.
        return Owed.NOTHING
    return Owed.CONTAIN if _is_to_be_contained(capa) else Owed.PLAN


def _is_to_be_contained(capa: Capa) -> bool:
    return capa.contain_on is not None and capa.contained_at is None


def terms_of(session: Session, settings: ProgrammeSettings, capa: Capa) -> Terms:
    """The terms of this CAPA in its supplier's tier."""
    return settings.capa_terms(capa.severity, tier_of(session, capa))


def tier_of(session: Session, capa: Capa) -> str:
    """The tier of the supplier."""
    return programme.supplier(session, programme.site(session, capa.site_id).supplier_id).tier


def begin(session: Session, capa: Capa, terms: Terms, site: Site, today: date) -> None:
    """Count the days from today on: working days of the site for what is answered, calendar days for closing."""
    capa.contain_on = (
        calendar.working_day_after(session, site.calendar, today, terms.contain) if terms.contain else None
    )
    capa.plan_on = calendar.working_day_after(session, site.calendar, today, terms.plan) if terms.plan else None
    capa.due_on = today + timedelta(days=terms.close)


def shift(session: Session, capa: Capa, site: Site, days: int) -> None:
    """Move what is still ahead on by so many working days."""
    ahead = {
        Owed.CONTAIN: ("contain_on", "plan_on", "due_on"),
        Owed.PLAN: ("plan_on", "due_on"),
        Owed.CLOSE: ("due_on",),
        Owed.NOTHING: (),
    }
    for name in ahead[capa.owed]:
        day = getattr(capa, name)
        if day is not None and days:
            setattr(capa, name, calendar.working_day_after(session, site.calendar, day, days))


def begin_again(session: Session, settings: ProgrammeSettings, capa: Capa, now: datetime) -> None:
    """Give the site its days anew: a plan that is asked for again, or work whose day is past or all too near.

    What was agreed on stays where there is time left: never less than half of what the severity gives for it.
    """
    site, terms = programme.site(session, capa.site_id), terms_of(session, settings, capa)
    today = local_day(site, now)
    if capa.state is CapaState.PLAN_REQUESTED and terms.plan:
        soonest = calendar.working_day_after(session, site.calendar, today, max(1, terms.plan // 2))
        capa.plan_on = max(capa.plan_on or soonest, soonest)
    soonest = today + timedelta(days=max(1, terms.close // 4))
    capa.due_on = max(capa.due_on, soonest)
    owe(capa)
    session.add(capa)


def agree_on_days(session: Session, capa: Capa) -> None:
    """In a zero tolerance case the work is due when its last step is: the plan is what was agreed."""
    days = [step.due_on for step in capas.steps(session, capa.id)]
    if is_zero_tolerance(capa) and days:
        capa.due_on = max(days)
        owe(capa)
        session.add(capa)


def lift(session: Session, capa: Capa, site: Site, now: datetime) -> int:
    """Start the clock again; by how many working days what lies ahead has moved on: as many as it stood still."""
    if capa.blocked_since is None:
        return 0
    since, until = local_day(site, capa.blocked_since), local_day(site, now)
    days = calendar.working_days(session, site.calendar, since, until)
    capa.blocked_since = capa.blocked_by_id = None
    owe(capa)
    shift(session, capa, site, days)
    return days


def local_day(site: Site, moment: datetime) -> date:
    """The date at the site."""
    return moment.astimezone(ZoneInfo(site.timezone)).date()
