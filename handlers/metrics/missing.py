"""Figures that are missing after the day they were owed: one note to each mentor, once a month."""

from handlers.metrics.cadence import owed_with
from handlers.metrics.given import given
from handlers.metrics.periods import closed_before, named, said
from handlers.reminders.notice import Notice
from handlers.reminders.planning import plan_soon
from handlers.reminders.router import Notices
from handlers.turn import Turn
from locales.text import Phrase, _, n_, p_
from storage import absences, due, people, programme
from storage.tables.people import Person, Role
from storage.tables.planning import DueNote

notices = Notices()
SHOWN = 15


def plan_missing(turn: Turn) -> None:
    """Plan the note of the last month to each mentor, once its day has passed in the programme's zone."""
    today = turn.now.astimezone(turn.settings.zone).date()
    if today.day <= turn.settings.reporting.due_day:
        return
    period = closed_before("month", today)
    for mentor in people.with_role(turn.session, Role.MENTOR):
        # The key of a note holds its day, so that tomorrow's would be another one.
        planned = any(note.step == period for note in due.about(turn.session, "figures.missing", mentor.id))
        if mentor.channel and mentor.calendar and not planned:
            plan_soon(turn, mentor, mentor.calendar, "figures.missing", mentor.id, period)


@notices.kind("figures.missing")
def missing(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the mentor: which sites owe what. Sites where nobody has joined yet are not among them."""
    lines = _lines(turn, note.rung, person)
    if not lines:
        return None
    count = len(lines)
    head = n_(
        "<b>Figures of {month} are missing</b> from {count} site.",
        "<b>Figures of {month} are missing</b> from {count} sites.",
        count,
        month=said(note.rung),
    )
    rest = [_("and {count} more", count=count - SHOWN)] if count > SHOWN else []
    why = _(
        "You are the mentor of these sites, and day {day} of the month has passed, by which figures are owed. Their "
        "data owners are reminded themselves. It stops for a site once its figures are in.",
        day=turn.settings.reporting.due_day,
    )
    title = _("Figures of {month}", month=said(note.rung))
    return Notice(title, (head, *lines[:SHOWN], *rest), why)


def _lines(turn: Turn, month: str, mentor: Person) -> list[Phrase]:
    """A line for each site that owes a figure of this month, or of a quarter or year that ended with it."""
    sites = {site.id: site for site in programme.sites_of(turn.session, mentor)}
    ids = sorted(people.joined_sites(turn.session, list(sites)))
    asked = {one: owed_with(turn.read.lengths_of(turn.read.supplier_of(sites[one])), month) for one in ids}
    periods = sorted({period for figures in asked.values() for _metric, period in figures})
    done = given(turn.session, ids, periods) | absences.excused(turn.session, ids, periods, turn.now.date())
    lines = []
    for site_id in ids:
        owed = tuple(
            named(turn.read.metric_text(figure[0], "name"), figure[1])
            for figure in asked[site_id]
            if (site_id, *figure) not in done
        )
        if owed:
            lines.append(p_("what a site owes", "{site}: {metrics}", site=sites[site_id].name, metrics=owed))
    return lines
