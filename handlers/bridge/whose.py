"""Words on a phone that several people use: before they go into somebody's talk, it is asked whose they are."""

from handlers.bridge.held import Held, hold
from handlers.bridge.reporter import is_discreet, reporter, veil
from handlers.bridge.words import brief
from handlers.message import Button
from handlers.phones.sharing import IDLE, idle_for, sharers
from handlers.router import action
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import tickets
from storage.tables.people import Person
from storage.tables.tickets import Side, Ticket


def reporter_here(turn: Turn, found: Ticket) -> Person | None:
    """Who brought the ticket, if they share this phone with others."""
    who, here = reporter(turn, found), sharers(turn)
    return who if who is not None and len(here) > 1 and any(one.id == who.id for one in here) else None


def is_doubtful(turn: Turn, found: Ticket) -> bool:
    """Whether words for this talk may be somebody else's: another speaks on the phone, or it has been idle."""
    who = reporter_here(turn, found)
    if who is None:
        return False
    written = [row.at for row in tickets.messages(turn.session, found.id) if row.side is Side.SITE]
    is_lively = any(turn.now - at < IDLE for at in written[-1:]) or idle_for(turn) < IDLE
    return who.id != turn.me.id or not is_lively


def ask_whose(turn: Turn, found: Ticket, held: Held) -> None:
    """Hold words, and ask who wrote them; of some talks it is not said whose they are."""
    who = reporter_here(turn, found)
    veil(turn, found)
    number = hold(turn, found, held)
    asked = _("Who wrote this? Several people use this phone.")
    if who is not None and not is_discreet(found):
        asked = _("Who wrote this? The talk about {ticket} is with {name}.", ticket=brief(found), name=who.name)
    turn.say(asked, buttons=[[_by(one, number)] for one in sharers(turn)])


def _by(one: Person, number: int) -> Button:
    return Button(p_("a person in a list", "{name}", name=one.name), action("words.from", f"{number}/{one.id}"))


def refuse_others(turn: Turn, found: Ticket) -> None:
    """Return if nobody else here could mean this talk; else raise `Refused`, which says how its reporter goes on."""
    who = reporter_here(turn, found)
    if who is None or who.id == turn.me.id:
        return
    if is_discreet(found):
        raise Refused(_("Only who began this talk can change it. Write /switch if that is you, then change it again."))
    raise Refused(
        _("This message is from {name}. Write /switch if you are {name}, then change it again.", name=who.name)
    )
