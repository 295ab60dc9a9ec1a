"""Figures that a site owes, said to the site itself: before their day, on it, and after it until they are in."""

from dataclasses import dataclass
from datetime import date

from handlers.message import Button
from handlers.metrics.cadence import owed_with
from handlers.metrics.given import given
from handlers.metrics.periods import named, said
from handlers.reminders.away import local_day
from handlers.reminders.notice import Notice
from handlers.reminders.plan import due_on
from handlers.reminders.router import Notices
from handlers.router import action
from handlers.turn import Turn
from locales.text import Phrase, Value, _, n_, p_
from storage import absences, due, people, programme
from storage.tables.people import Person
from storage.tables.planning import DueNote
from storage.tables.programme import Site

notices = Notices()


@dataclass(frozen=True)
class OwedFigures:
    """How many figures of a month a site owes, and what a sentence about them needs."""

    count: int
    month: str
    about: dict[str, Value]


@notices.kind("figures.due", late=False)
def figures_due(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the data owner: what is still owed for the month, and by when."""
    owed = _owed(turn, note, person)
    if owed is None:
        return None
    text = n_(
        "<b>{count} figure of {month}</b> is due by {day}, {site}: {metrics}.",
        "<b>{count} figures of {month}</b> are due by {day}, {site}: {metrics}.",
        owed.count,
        **owed.about,
    )
    return _notice(turn, note, person, owed, text)


@notices.kind("figures.overdue")
def figures_overdue(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the data owner, later to the site manager too: the day has passed."""
    owed = _owed(turn, note, person)
    if owed is None:
        return None
    text = n_(
        "<b>{count} figure of {month}</b> was due by {day}, {site}: {metrics}.",
        "<b>{count} figures of {month}</b> were due by {day}, {site}: {metrics}.",
        owed.count,
        **owed.about,
    )
    return _notice(turn, note, person, owed, text)


def owed_at(turn: Turn, site: Site, month: str, today: date) -> list[tuple[str, str]]:
    """The figures that a site still owes for a month, or for a quarter or year that ended with it."""
    asked = owed_with(turn.read.lengths_of(turn.read.supplier_of(site)), month)
    periods = sorted({period for _key, period in asked})
    done = given(turn.session, [site.id], periods) | absences.excused(turn.session, [site.id], periods, today)
    return [(key, period) for key, period in asked if (site.id, key, period) not in done]


def _owed(turn: Turn, note: DueNote, person: Person) -> OwedFigures | None:
    """What the site still owes for the month of a note, None if nothing."""
    site, month = programme.site(turn.session, note.object_id), note.rung.partition("/")[0]
    owed = owed_at(turn, site, month, local_day(turn, person)) if site.active else []
    if not owed:
        return None
    names = tuple(named(turn.read.metric_text(key, "name"), period) for key, period in owed)
    about: dict[str, Value] = {"month": said(month), "day": due_on(turn.settings, month), "site": site.name}
    return OwedFigures(len(owed), month, about | {"metrics": names})


def _notice(turn: Turn, note: DueNote, person: Person, owed: OwedFigures, text: Phrase) -> Notice:
    """The text with why it is said and a button to send the figures."""
    others = due.told(turn.session, ("figures.due", "figures.overdue"), note.object_id, f"{owed.month}/")
    names = tuple(people.by_id(turn.session, one).name for one in others if one != person.id)
    told: Value = names or p_("nobody else was told", "nobody else")
    why = _(
        "You answer for the figures of {site}, which are due by {day} for {month}. Also told so far: {names}. It stops "
        "for each figure once you have sent it, or have said why there is none.",
        names=told,
        **owed.about,
    )
    send = Button(_("Send figures"), action("go", "figures"), "primary")
    return Notice(_("Figures of {month}, {site}", **owed.about), (text,), why, ((send,),))
