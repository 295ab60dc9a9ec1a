"""Changes of a calendar: whoever lives by it gets the new one, and what was planned by the old one is planned anew."""

from collections.abc import Sequence

from handlers.reminders.away import local_day
from handlers.reminders.calendars import calendar_name, fill_anew, with_hour
from handlers.reminders.plan import plan_all
from handlers.turn import Turn
from storage import due, programme, time_off
from storage.tables.people import Person, Role
from storage.tables.programme import Site


def site_changed(turn: Turn, site: Site) -> None:
    """A site has other days off: its calendar and those of its people are filled again from today on."""
    turn.session.flush()
    closed = site.id if time_off.closed_days(turn.session, site.id) else None
    site.calendar = calendar_name(site.timezone, site.country, site.weekend, closed)
    turn.session.add(site)
    staff = time_off.people_at(turn.session, site.id)
    for person in staff:
        person.calendar = with_hour(site.calendar, person.hour)
        turn.session.add(person)
    _plan_anew(turn, staff, [site.calendar, *(person.calendar for person in staff)])


def hour_changed(turn: Turn, person: Person) -> None:
    """A person wants to be written to from another hour on."""
    plain = "|".join(part for part in person.calendar.split("|") if not part.startswith("from "))
    person.calendar = with_hour(plain, person.hour)
    turn.session.add(person)
    _plan_anew(turn, [person], [person.calendar])


def _plan_anew(turn: Turn, whom: Sequence[Person], calendars: Sequence[str]) -> None:
    """Nothing is doubled: what was said keeps its row, and only what was not said goes."""
    turn.session.flush()
    today = min([local_day(turn, person) for person in whom], default=turn.now.date())
    fill_anew(
        turn.session,
        sorted(set(calendars)),
        today,
        turn.settings.opens,
        turn.settings.closes,
        turn.settings.lesson_hour,
    )
    due.forget_planned(turn.session, [person.id for person in whom])
    plan_all(turn)


def deputies_for(turn: Turn, person: Person) -> list[Person]:
    """Who could read somebody's notes meanwhile: others of their sites, or others with their role at the buyer's."""
    if person.role is not Role.SUPPLIER:
        return [one for one in programme.buyers(turn.session) if one.id != person.id]
    found: dict[int, Person] = {}
    for site in programme.sites_of(turn.session, person):
        found |= {one.id: one for one in programme.staff(turn.session, site.id) if one.id != person.id}
    return list(found.values())
