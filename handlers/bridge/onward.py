"""Words that were kept back, sent on as they were meant."""

from handlers.bridge.edits import rewrite
from handlers.bridge.held import Held, standing
from handlers.bridge.relay import to_thread
from handlers.bridge.reporter import veil
from handlers.bridge.words import brief
from handlers.turn import Turn
from locales.text import _
from storage import tickets
from storage.tables.tickets import Ticket


def send_on(turn: Turn, found: Ticket, held: Held) -> None:
    """New words go into the thread; those of an edit replace the old ones, unless these were changed since."""
    if not held.edits:
        to_thread(turn, found, held.said, held.message)
        return
    veil(turn, found)
    row = tickets.message(turn.session, held.edits)
    if row is None or standing(row) != held.stood:
        turn.say(_("You have changed that message again meanwhile, so it stays as it is now."))
        return
    rewrite(turn, found, row, held.said.text)
    turn.say(_("Your mentor reads your new words now ({ticket}).", ticket=brief(found)))
