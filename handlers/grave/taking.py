"""Something grave taken by who is named for it, and added to by its reporter."""

from dataclasses import dataclass
from typing import Any

from handlers import conversation
from handlers.bridge import head
from handlers.bridge.find import is_mine, is_my_message, ticket_for
from handlers.bridge.held import HELD, Held, let_go
from handlers.bridge.onward import send_on
from handlers.bridge.reporter import tell_reporter, veil
from handlers.dialog import Dialog, Talk
from handlers.grave.filing import FileGrave
from handlers.grave.naming import category_of
from handlers.grave.talk import offered
from handlers.grave.untaken import UNTAKEN
from handlers.message import Message, Said
from handlers.questions import Text
from handlers.router import BUYER, SUPPLIER, Router
from handlers.turn import Refused, Turn
from locales.text import _
from storage import due, people
from storage.tables.tickets import Ticket, TicketKind, TicketMessage

routes = Router()


@routes.button("grave.take", BUYER, mine=is_mine)
def take(turn: Turn, ticket_id: str) -> None:
    """Whoever is named takes it; the reporter learns it, and nobody is called any more."""
    found = ticket_for(turn, ticket_id)
    if found.kind is not TicketKind.GRAVE:
        raise Refused(conversation.GONE)
    if found.taken_by_id is not None:
        raise Refused(_("{name} has taken this already.", name=people.by_id(turn.session, found.taken_by_id).name))
    found.taken_by_id, found.taken_at = turn.me.id, turn.now
    due.drop(turn.session, UNTAKEN, found.id, "taken")
    turn.note("grave ticket taken", "ticket", found.id)
    head.show(turn, found)
    text = _("{name} has read what you wrote, and will call you today.", name=turn.me.name)
    if found.anonymous:
        text = _("{name} has read what you wrote, and will answer you here today.", name=turn.me.name)
    tell_reporter(turn, found, f"ticket/{found.id}/taken", Message((text,)), about=turn.me)
    turn.say(_("Thank you. The reporter knows that you have it. What you write in reply to it reaches them."))


@routes.button("grave.add", SUPPLIER, mine=is_mine)
def add(turn: Turn, ticket_id: str) -> None:
    """Ask what is to be added."""
    found = ticket_for(turn, ticket_id)
    if found.kind is not TicketKind.GRAVE:
        raise Refused(conversation.GONE)
    veil(turn, found)
    conversation.start(turn, "grave_more", {"ticket": found.id})


@routes.dialog("grave_more", _("A message to one person"))
def more(talk: Talk) -> Dialog[None]:
    """More words, sent on at once."""
    words = yield from Text("more", _("Write what you want to add. It goes to the same person alone."))
    talk.do(More(talk.argument["ticket"], Held(Said(words), "")))


@routes.dialog("grave_words", _("What you wrote"))
def grave_words(talk: Talk) -> Dialog[None]:
    """Words of a talk that has begun and that name something grave: to one person alone, or on as they were meant."""
    held = HELD.validate_python(talk.argument["held"])
    if not (yield from offered(talk, talk.argument["site"], held.said.text, held.said.files)):
        talk.do(More(talk.argument["ticket"], held))


@routes.button("grave.give", SUPPLIER, mine=is_my_message)
def give(turn: Turn, message_id: str) -> None:
    """What was held of an anonymous talk goes to one person alone, as a grave matter of its own."""
    found, held = _let_go(turn, message_id)
    # Without its files: they can show who somebody is.
    FileGrave(category_of(held.said.text), found.site_id, held.said.text, nameless=True).perform(turn)


@routes.button("grave.pass", SUPPLIER, mine=is_my_message)
def pass_on(turn: Turn, message_id: str) -> None:
    """What was held goes on as it was meant."""
    send_on(turn, *_let_go(turn, message_id))


def _let_go(turn: Turn, message_id: str) -> tuple[Ticket, Held]:
    row = turn.session.get_one(TicketMessage, int(message_id))
    found = ticket_for(turn, str(row.ticket_id))
    veil(turn, found)
    return found, let_go(turn, row)


@dataclass(frozen=True)
class More:
    """Words added to the talk about a ticket."""

    ticket_id: int
    held: Held

    def perform(self, turn: Any) -> None:
        """Send them on as they were meant."""
        send_on(turn, ticket_for(turn, str(self.ticket_id)), self.held)
