"""The summary on Monday morning: to each manager, in the first allowed hour of the week where they are.

A week in which nothing came in, nothing is open and nothing waits is not told: a message that says nothing teaches
people to skip the next one.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.reminders.notice import Notice
from handlers.reminders.planning import plan_from
from handlers.reminders.router import Notices
from handlers.summaries.talk import buttons, lines, picture
from handlers.summaries.week import Week, week_of
from handlers.summaries.weekly import weekly
from handlers.turn import Turn
from locales.text import _
from storage import calendar, people
from storage.tables.people import Person, Role
from storage.tables.planning import DueNote

notices = Notices()
KIND = "summary.week"


def plan_summaries(turn: Turn) -> None:
    """Plan the summary of the week that runs, for the Monday after it, or the working day after that."""
    for manager in people.with_role(turn.session, Role.MANAGER):
        monday = _next_monday(turn, manager)
        if manager.calendar and calendar.next_window(turn.session, manager.calendar, monday) is not None:
            week = _before(monday, manager)
            plan_from(turn, manager, manager.calendar, KIND, int(f"{week.first:%Y%m%d}"), str(week), monday)


def _next_monday(turn: Turn, manager: Person) -> datetime:
    """The first moment of the next week where the manager is, in UTC."""
    zone = ZoneInfo(manager.timezone)
    today = turn.now.astimezone(zone).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday()), time(), zone).astimezone(UTC)


def _before(monday: datetime, manager: Person) -> Week:
    """The week that ends with this moment."""
    first = monday.astimezone(ZoneInfo(manager.timezone)).date() - timedelta(days=7)
    return Week(first, first + timedelta(days=6))


@notices.kind(KIND)
def say(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """To the managers' channel, once for all who share it, else to the manager's private chat."""
    first = datetime.strptime(str(note.object_id), "%Y%m%d").replace(tzinfo=UTC).date()
    week = Week(first, first + timedelta(days=6))
    made = weekly(turn, person, week)
    if made.is_empty:
        return None
    return Notice(
        _("Summary of week {week}", week=str(week)),
        tuple(lines(made)),
        _("You run the programme. The summary comes on the first working day of a week in which something happened."),
        tuple(tuple(row) for row in buttons(week, week_of(turn.now, turn.settings.zone))),
        (picture(made),),
        key=f"summary/{week}/{person.channel or person.id}",
        shared=True,
    )
