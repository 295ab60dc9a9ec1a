"""Something grave filed: given to the named person's private chat at once, at any hour, and to nobody else."""

from dataclasses import dataclass
from typing import Any

from handlers.bridge.files import fetch_files
from handlers.bridge.filing import first_message
from handlers.bridge.head import about_of, head
from handlers.bridge.language import language_of
from handlers.bridge.mentor import open_thread
from handlers.bridge.translating import want
from handlers.grave.untaken import escalate, plan_next
from handlers.grave.who import Named, named
from handlers.grave.words import call_first, reach
from handlers.message import Button, FileRef
from handlers.reminders.away import reading_for
from handlers.router import action
from handlers.turn import Turn
from locales.text import _
from storage import programme
from storage.tables.people import Person
from storage.tables.tickets import Ticket, TicketKind, Urgency


@dataclass(frozen=True)
class FileGrave:
    """A grave matter as it was told; without words its reporter asks to be contacted."""

    category: str
    site_id: int
    words: str
    files: tuple[FileRef, ...] = ()
    nameless: bool = False

    def perform(self, turn: Any) -> None:
        """Store it, tell who is named, let the hour run, and say who makes contact."""
        turn.veiled = turn.veiled or self.nameless
        site = programme.site(turn.session, self.site_id)
        who = named(turn.session, turn.settings, self.category, site.country)
        found = self._stored(turn, who)
        first = first_message(turn, found)
        # The trail does not say what it is about: more people read it than may know.
        turn.note("ticket reported", "ticket", found.id)
        reached = who.person is not None and open_thread(turn, found, head(turn, found), about_of(turn, found))
        plan_next(turn, found, 1)
        if not reached or who.person is None or _is_away(turn, who.person):
            escalate(turn, found)
        want(turn, found, first)
        fetch_files(turn, found, first, self.files)
        _comfort(turn, found, who, first.id, site.country)

    def _stored(self, turn: Turn, who: Named) -> Ticket:
        row = Ticket(
            kind=TicketKind.GRAVE,
            site_id=self.site_id,
            person_id=None if self.nameless else turn.me.id,
            anonymous=self.nameless,
            sealed=turn.house.seals.seal(str(turn.me.id)) if self.nameless else "",
            category=self.category,
            urgency=Urgency.HIGH,
            words=self.words,
            language=language_of(turn, self.site_id, self.words),
            assignee_id=who.person.id if who.person else None,
            at=turn.now,
        )
        turn.veil = row.sealed
        turn.session.add(row)
        turn.session.flush()
        return row


def _is_away(turn: Turn, person: Person) -> bool:
    """Whether somebody is on leave, with or without a deputy: what is grave opens to the one named beside them then."""
    return reading_for(turn, person).leave is not None


def _comfort(turn: Turn, found: Ticket, who: Named, message_id: int, country: str) -> None:
    name = who.person.name if who.person else turn.settings.contact
    if found.category == "danger":
        turn.say(call_first(turn.settings.safety.emergency.get(country, "")))
    if found.anonymous:
        turn.say(
            _("Thank you for telling. {name} has it and answers you here, without knowing who you are.", name=name)
        )
    else:
        turn.say(_("Thank you for telling. {name} has it, nobody else, and will contact you.", name=name))
    turn.say(*reach(name, who.phone, who.email, who.hours))
    turn.say(
        _("To add something, press the button, now or later. If others use your phone, delete these messages."),
        buttons=[
            [Button(_("Add something"), action("grave.add", found.id))],
            [Button(_("Take it back"), action("ticket.back", message_id))],
        ],
    )
