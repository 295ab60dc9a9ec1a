"""Words on a shared phone, once it is known who wrote them: into the talk they were meant for, or on as another's."""

from handlers.bridge import blue, relay
from handlers.bridge.held import let_go
from handlers.bridge.reporter import is_reporter, veil
from handlers.bridge.whose import reporter_here
from handlers.phones.sharing import become, sharers
from handlers.router import SUPPLIER, Router, number
from handlers.turn import Turn
from locales.text import _
from storage import tickets
from storage.tables.tickets import MessageState, Ticket, TicketMessage

routes = Router()


def is_held_here(turn: Turn, argument: str) -> bool | None:
    """Whether words of this number are held on this phone, and the person who is named behind it uses it."""
    message_id, _slash, person_id = argument.partition("/")
    row = tickets.message(turn.session, number(message_id) or 0)
    found = tickets.by_id(turn.session, row.ticket_id) if row and row.state is MessageState.HELD else None
    if found is None:
        return None
    here = {str(one.id) for one in sharers(turn)}
    return reporter_here(turn, found) is not None and person_id in here


@routes.button("words.from", SUPPLIER, mine=is_held_here)
def claim(turn: Turn, argument: str) -> None:
    """Whoever wrote them speaks from here on; the reporter's go into the talk, those of another where they say."""
    message_id, _slash, person_id = argument.partition("/")
    row = turn.session.get_one(TicketMessage, int(message_id))
    found, held = turn.session.get_one(Ticket, row.ticket_id), let_go(turn, row)
    become(turn, int(person_id))
    if is_reporter(turn, found, turn.me):
        veil(turn, found)
        relay.take_in(turn, found, held)
    elif not (relay.go_on_talking(turn, held.said, sure=True) or blue.ask_what(turn, held.said)):
        turn.say(_("Then nothing was sent."))
