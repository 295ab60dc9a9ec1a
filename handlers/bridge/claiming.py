"""Words on a shared phone, once it is known who wrote them: into the talk they were meant for, or on as another's."""

from handlers.bridge import blue, relay
from handlers.bridge.held import Held, let_go
from handlers.bridge.reporter import is_discreet, reporter, veil
from handlers.bridge.whose import reporter_here
from handlers.phones.sharing import become, sharers
from handlers.router import SUPPLIER, Router, number
from handlers.turn import Turn
from locales.text import _
from storage import tickets
from storage.tables.tickets import MessageState, Ticket, TicketMessage

routes = Router()


def is_held_here(turn: Turn, argument: str) -> bool | None:
    """Whether words of this number are held for somebody of this phone, and whoever is named uses it too."""
    message_id, _slash, person_id = argument.partition("/")
    row = tickets.message(turn.session, number(message_id) or 0)
    found = tickets.by_id(turn.session, row.ticket_id) if row and row.state is MessageState.HELD else None
    if found is None:
        return None
    here = {str(one.id) for one in sharers(turn)}
    return reporter_here(turn, found) is not None and (not person_id or person_id in here)


@routes.button("words.mine", SUPPLIER, mine=is_held_here)
def mine(turn: Turn, message_id: str) -> None:
    """The reporter wrote them: they speak from here on, and their words go into the talk."""
    found, held = _let_go(turn, message_id)
    who = reporter(turn, found)
    assert who is not None  # noqa: S101  (they are known to be here)
    become(turn, who.id)
    relay.take_in(turn, found, held)


@routes.button("words.other", SUPPLIER, mine=is_held_here)
def other(turn: Turn, argument: str) -> None:
    """Somebody else wrote them: nobody's talk gets them, unless it is a talk of their own or they say what it is."""
    message_id, _slash, person_id = argument.partition("/")
    found, held = _let_go(turn, message_id)
    if person_id:
        become(turn, int(person_id))
    if is_discreet(found) or not (relay.go_on_talking(turn, held.said, sure=True) or blue.ask_what(turn, held.said)):
        turn.say(_("Then nothing was sent."))


def _let_go(turn: Turn, message_id: str) -> tuple[Ticket, Held]:
    row = turn.session.get_one(TicketMessage, int(message_id))
    found = turn.session.get_one(Ticket, row.ticket_id)
    veil(turn, found)
    return found, let_go(turn, row)
