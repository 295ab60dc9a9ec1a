"""A ticket filed: stored with its first message, shown in its thread, and told to its reporter by number."""

from dataclasses import dataclass, replace
from typing import Any

from handlers.bridge import clock
from handlers.bridge.files import fetch_files
from handlers.bridge.head import about_of, head
from handlers.bridge.language import language_of
from handlers.bridge.mentor import open_thread
from handlers.bridge.translating import want
from handlers.bridge.words import title
from handlers.message import Button, FileRef
from handlers.router import action
from handlers.turn import Turn
from locales.text import Moment, _
from storage import programme
from storage.tables.tickets import MessageState, Side, Ticket, TicketKind, TicketMessage, Urgency


@dataclass(frozen=True)
class FileTicket:
    """A ticket as it was read back and confirmed; `about` is "" or `capa/7`, `metric/water`, `lesson/course/lesson`."""

    kind: TicketKind
    site_id: int
    category: str
    words: str
    about: str = ""
    files: tuple[FileRef, ...] = ()
    nameless: bool = False
    urgency: Urgency = Urgency.NORMAL

    def with_urgency(self, urgency: Urgency) -> "FileTicket":
        """The same, so urgent."""
        return replace(self, urgency=urgency)

    def perform(self, turn: Any) -> None:
        """File it."""
        self.file(turn)

    def file(self, turn: Turn) -> Ticket:
        """The ticket, stored; its thread is opened, its clock runs, and the reporter is given its number."""
        turn.veiled = turn.veiled or self.nameless
        found = self._stored(turn)
        first = first_message(turn, found)
        clock.start(turn, found)
        turn.note("ticket reported", "ticket", found.id, kind=self.kind.value, category=self.category)
        in_time = open_thread(turn, found, head(turn, found), about_of(turn, found))
        want(turn, found, first)
        fetch_files(turn, found, first, self.files)
        _tell_number(turn, found, first, in_time)
        return found

    def _stored(self, turn: Turn) -> Ticket:
        what, _slash, which = self.about.partition("/")
        row = Ticket(
            kind=self.kind,
            site_id=self.site_id,
            person_id=None if self.nameless else turn.me.id,
            anonymous=self.nameless,
            sealed=turn.house.seals.seal(str(turn.me.id)) if self.nameless else "",
            category=self.category,
            urgency=self.urgency,
            words=self.words,
            language=language_of(turn, self.site_id, self.words),
            metric=which if what == "metric" else "",
            lesson=which if what == "lesson" else "",
            capa_id=int(which) if what == "capa" else None,
            at=turn.now,
        )
        turn.veil = row.sealed
        turn.session.add(row)
        turn.session.flush()
        return row


def first_message(turn: Turn, found: Ticket) -> TicketMessage:
    """The report itself begins the talk; it goes to the other side as the thread's first message."""
    row = TicketMessage(
        ticket_id=found.id,
        person_id=found.person_id,
        side=Side.SITE,
        words=found.words,
        language=found.language,
        state=MessageState.SENDING,
        at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    return row


def _tell_number(turn: Turn, found: Ticket, first: TicketMessage, in_time: bool) -> None:
    site = programme.site(turn.session, found.site_id)
    due = Moment(found.answer_by or turn.now, site.timezone)
    turn.say(
        _(
            "Sent: {title}. Your mentor answers you here, usually by {moment}.",
            title=title(found),
            moment=due,
        ),
        buttons=[[Button(_("Take it back"), action("ticket.back", first.id))]],
    )
    if not in_time:
        turn.say(_("Your mentor cannot be reached here at the moment, so those who run the programme have it."))
