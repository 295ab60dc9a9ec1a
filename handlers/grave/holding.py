"""Words of a talk that has begun and that name something grave, kept back until their reporter says where they go."""

from handlers import conversation
from handlers.bridge.held import HELD, Held, hold
from handlers.bridge.reporter import veil
from handlers.grave.naming import category_of
from handlers.grave.who import named
from handlers.grave.words import NOT_ABOUT_THAT, after_call, sounds_grave, yes_alone
from handlers.message import Button
from handlers.router import action
from handlers.turn import Turn
from locales.text import _
from storage import programme
from storage.tables.tickets import Ticket, TicketKind


def kept_back(turn: Turn, found: Ticket, held: Held, known: str = "") -> bool:
    """True if these words are kept back, and it was asked whether one person alone is to have them.

    `known` are the words that they take the place of: if those named the same, it has been seen already. Words of an
    anonymous talk are held without a dialog: while it is open, its row would tell who is asked.
    """
    category = category_of(held.said.text)
    if found.kind is TicketKind.GRAVE or not category or category == category_of(known):
        return False
    if found.anonymous:
        veil(turn, found)
        _hold(turn, found, held, category)
        return True
    held = _with_what_is_asked(turn, found, held)
    argument = {"ticket": found.id, "site": found.site_id, "held": HELD.dump_python(held, mode="json")}
    conversation.start(turn, "grave_words", argument)
    return True


def _with_what_is_asked(turn: Turn, found: Ticket, held: Held) -> Held:
    """The words, behind those of the same talk about which it is just being asked."""
    row = conversation.current(turn)
    if row is None or row.name != "grave_words":
        return held
    earlier = HELD.validate_python(row.argument["held"])
    if row.argument["ticket"] == found.id and not earlier.edits and not held.edits:
        return earlier.joined(held)
    turn.say(_("What you wrote before was sent nowhere."))
    return held


def _hold(turn: Turn, found: Ticket, held: Held, category: str) -> None:
    """Keep words back from the talk about an anonymous ticket, and offer both ways on."""
    number, country = hold(turn, found, held), programme.site(turn.session, found.site_id).country
    who = named(turn.session, turn.settings, category, country)
    name = who.person.name if who.person else turn.settings.contact
    turn.say(
        after_call(category, turn.settings.safety.emergency.get(country, ""), sounds_grave(name)),
        buttons=[
            [Button(yes_alone(name), action("grave.give", number))],
            [Button(NOT_ABOUT_THAT, action("grave.pass", number))],
        ],
    )
