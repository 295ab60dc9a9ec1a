"""How a ticket ends: closed with a reason, the reporter asked whether it helped, and opened again by either side."""

from dataclasses import dataclass
from typing import Any

from handlers import conversation
from handlers.bridge import clock, head
from handlers.bridge.find import is_mine, ticket_for
from handlers.bridge.mentor import post
from handlers.bridge.modal import one_choice
from handlers.bridge.reporter import tell_reporter, veil
from handlers.bridge.words import REASONS, title, yours
from handlers.capa import blocked
from handlers.dialog import Dialog, Talk
from handlers.message import Button, Message, Speech
from handlers.questions import Choice
from handlers.router import BUYER, SUPPLIER, Router, action
from handlers.turn import Refused, Turn
from locales.text import _
from storage.tables.tickets import Ticket, TicketKind, TicketState

routes = Router()
CHOICES = ("solved", "answered", "passed_on", "not_now")


@routes.button("ticket.close", BUYER, mine=is_mine)
def close(turn: Turn, ticket_id: str) -> None:
    """Ask why it is closed."""
    found = ticket_for(turn, ticket_id)
    if found.state is TicketState.CLOSED:
        raise Refused(_("This is closed already."))
    conversation.start(turn, "ticket_close", {"ticket": found.id}, modal=turn.capabilities.modals)


@routes.dialog("ticket_close", _("Closing a ticket"))
def choose_reason(talk: Talk) -> Dialog[None]:
    """The reason, which the reporter reads."""
    options: list[tuple[str, Speech]] = [(one, REASONS[one]) for one in CHOICES]
    asked = Choice("reason", _("Why do you close it? The reporter reads this."), options)
    reason = yield from one_choice(talk, _("Close"), asked)
    talk.do(Close(talk.argument["ticket"], reason))


@dataclass(frozen=True)
class Close:
    """A ticket closed for a reason."""

    ticket_id: int
    reason: str

    def perform(self, turn: Any) -> None:
        """Close it, stop the clock, ask the reporter whether it helped, and let go on what it stopped."""
        found = ticket_for(turn, str(self.ticket_id))
        if found.state is TicketState.CLOSED:
            turn.say(_("This is closed already."))
            return
        found.state, found.closed_at, found.close_reason, found.helped = TicketState.CLOSED, turn.now, self.reason, None
        clock.stop(turn, found)
        turn.note("ticket closed", "ticket", found.id, reason=self.reason)
        head.show(turn, found)
        _ask_whether_it_helped(turn, found)
        blocked.release(turn, found)
        turn.say(_("{title} is closed.", title=title(found)))


def _ask_whether_it_helped(turn: Turn, found: Ticket) -> None:
    text = _(
        "Your mentor has closed {ticket}: {reason}\nDid it help you?",
        ticket=yours(found),
        reason=REASONS[found.close_reason],
    )
    if found.kind is TicketKind.GRAVE:
        text = _("{name} has closed {ticket}. Did it help you?", name=turn.me.name, ticket=yours(found))
    yes = Button(_("Yes, it helped"), action("ticket.helped", found.id))
    no = Button(_("No, open it again"), action("ticket.unsolved", found.id))
    key = f"ticket/{found.id}/closed/{found.version}"
    tell_reporter(turn, found, key, Message((text,), ((yes,), (no,))), about=turn.me)


@routes.button("ticket.helped", SUPPLIER, mine=is_mine)
def helped(turn: Turn, ticket_id: str) -> None:
    """The reporter says that it helped."""
    found = ticket_for(turn, ticket_id)
    veil(turn, found)
    if found.state is TicketState.OPEN:
        raise Refused(_("This is open again."))
    found.helped = True
    turn.note("ticket helped", "ticket", found.id)
    head.show(turn, found)
    turn.say(_("Thank you. I have passed it on."))
    post(turn, found, f"ticket/{found.id}/helped/{found.version}", Message((_("The reporter says that it helped."),)))


@routes.button("ticket.unsolved", SUPPLIER, mine=is_mine)
def unsolved(turn: Turn, ticket_id: str) -> None:
    """The reporter opens it again, and waits for an answer."""
    found = ticket_for(turn, ticket_id)
    veil(turn, found)
    _open_again(turn, found)
    found.helped = False
    clock.start(turn, found)
    head.show(turn, found)
    said = _("The reporter says that it did not help, and has opened it again.")
    post(turn, found, f"ticket/{found.id}/unsolved/{found.version}", Message((said,)))
    turn.say(_("It is open again. Write here what is still wrong: it is passed on."))


@routes.button("ticket.reopen", BUYER, mine=is_mine)
def reopen(turn: Turn, ticket_id: str) -> None:
    """Somebody on the buyer's side opens it again."""
    found = ticket_for(turn, ticket_id)
    _open_again(turn, found)
    head.show(turn, found)
    turn.say(_("{title} is open again.", title=title(found)))


def _open_again(turn: Turn, found: Ticket) -> None:
    if found.state is TicketState.OPEN:
        raise Refused(_("This is open already."))
    if found.close_reason == "withdrawn":
        raise Refused(_("This was taken back by its reporter."))
    found.state, found.closed_at, found.close_reason = TicketState.OPEN, None, ""
    turn.session.add(found)
    turn.note("ticket opened again", "ticket", found.id)
