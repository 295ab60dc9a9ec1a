"""What is said about a meeting of the committee: to its members, before it and on the day."""

from datetime import date

from handlers.reminders.notice import Notice
from handlers.reminders.router import Notices
from handlers.turn import Turn
from locales.text import Phrase, Value, _
from storage import people
from storage.tables.people import Person
from storage.tables.planning import DueNote

notices = Notices()


@notices.kind("meeting", late=False)
def meeting(turn: Turn, note: DueNote, person: Person) -> Notice | None:
    """When it meets and who has the chair; nothing to those who are members no more, nor once the day has passed."""
    committee, day = turn.settings.committee, date.fromordinal(note.object_id)
    if committee is None or person.key not in committee.members or not committee.meetings(day, day):
        return None
    about: dict[str, Value] = {"committee": committee.name, "day": day}
    why = _(
        "You are a member of {committee}, which meets on {day}. All members are reminded. When it meets is in the "
        "files of the programme.",
        **about,
    )
    chair = people.by_key(turn.session, committee.chair(day))
    lines: list[Phrase] = [_("<b>{committee}</b> meets on {day}.", **about)]
    if chair is not None:
        lines.append(_("The chair is with {name}.", name=chair.name))
    return Notice(_("{committee}, {day}", **about), tuple(lines), why)
