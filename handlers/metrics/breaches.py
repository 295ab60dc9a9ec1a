"""What a mentor does with an alert besides opening a CAPA: seen, later."""

from datetime import timedelta

from handlers.message import Edit
from handlers.metrics.alert import alert_key, alert_message
from handlers.reminders.notice import Notice
from handlers.reminders.planning import plan_from
from handlers.reminders.router import Notices
from handlers.router import MENTOR, Router, number
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import programme, submissions
from storage.tables.figures import Breach, BreachState
from storage.tables.people import Person
from storage.tables.planning import DueNote

routes = Router()
notices = Notices()
LATER = timedelta(days=7)
SETTLED = _("Somebody has taken this up already.")


def site_of_breach(turn: Turn, argument: str) -> int | None:
    """The site that a button's breach is about."""
    breach_id = number(argument)
    breach = submissions.breach(turn.session, breach_id) if breach_id is not None else None
    return breach.site_id if breach else None


@routes.button("breach.seen", MENTOR, site=site_of_breach)
def seen(turn: Turn, breach_id: str) -> None:
    """Show on the alert who has seen it."""
    breach = open_breach(turn, breach_id)
    breach.seen_by_id, breach.seen_at = turn.me.id, turn.now
    turn.session.add(breach)
    turn.note("breach seen", "breach", breach.id)
    show(turn, breach, "seen")


@routes.button("breach.snooze", MENTOR, site=site_of_breach)
def snooze(turn: Turn, breach_id: str) -> None:
    """Remind the mentor in a week, if nobody has taken it up by then."""
    breach = open_breach(turn, breach_id)
    breach.snoozed_until = turn.now + LATER
    turn.session.add(breach)
    day = breach.snoozed_until.date()
    plan_from(turn, turn.me, turn.me.calendar, "breach.again", breach.id, str(day), breach.snoozed_until)
    turn.note("breach snoozed", "breach", breach.id, until=str(day))
    turn.say(_("I will remind you on {day}.", day=day))


@notices.kind("breach.again")
def again(turn: Turn, note: DueNote, _person: Person) -> Notice | None:
    """To the mentor, below the alert: it is still open."""
    breach = submissions.breach(turn.session, note.object_id)
    if breach is None or breach.state is not BreachState.OPEN:
        return None
    message = alert_message(turn, breach, turn.read.metric(breach.metric).base_unit, open_button=True)
    metric, site = turn.read.metric_text(breach.metric, "name"), programme.site(turn.session, breach.site_id).name
    why = _("You asked to be reminded of this alert. It stops when somebody opens a CAPA or the figure is corrected.")
    title = p_("an alert in a list", "{metric}, {site}", metric=metric, site=site)
    return Notice(title, message.parts, why, message.buttons, thread=f"@{alert_key(breach)}")


def open_breach(turn: Turn, breach_id: str) -> Breach:
    """The breach of this number that nobody has taken up; else a refusal."""
    breach_number = number(breach_id)
    breach = submissions.breach(turn.session, breach_number) if breach_number is not None else None
    if breach is None or breach.state is not BreachState.OPEN:
        raise Refused(SETTLED)
    return breach


def show(turn: Turn, breach: Breach, what: str) -> None:
    """Show on the alert how things stand; `what` tells this change from others."""
    message = alert_message(turn, breach, turn.read.metric(breach.metric).base_unit, open_button=True)
    mentor = turn.mentor_of(breach.site_id)
    if mentor is not None:
        turn.post(mentor, f"{alert_key(breach)}/{what}", Edit(alert_key(breach), message))
