"""Several people on one phone: who is speaking is asked when a talk begins anew, and can be changed at any time."""

from handlers import conversation
from handlers.access import permit
from handlers.account.menu import show_menu
from handlers.account.talk import offer_ways
from handlers.joining.rules import Standing, standing
from handlers.message import Button
from handlers.phones.sharing import IDLE, become, idle_for, is_ready, sharers
from handlers.router import SUPPLIER, Router, action, number
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import people
from storage.tables.people import Person

routes = Router()
ANYBODY = ("start", "switch", "help", "language", "cancel", "back", "unknown")
"""Commands that are the same for whoever speaks, or that say so themselves."""


def who_speaks(turn: Turn, command: str) -> bool:
    """True if it was asked who is speaking: a shared phone has been idle, and a command begins something anew."""
    if turn.person is None or not turn.person.active or not turn.heard.private or command in ANYBODY:
        return False
    others = sharers(turn)
    if len(others) < 2 or idle_for(turn) < IDLE:
        return False
    _ask(turn, others, command)
    return True


@routes.command("switch", SUPPLIER, before_privacy=True)
def switch(turn: Turn, _argument: str) -> None:
    """Ask who is speaking from now on."""
    others = sharers(turn)
    if len(others) < 2:
        raise Refused(_("Only you use this phone with me. Somebody else can join with an invitation of their own."))
    _ask(turn, others, "")


def _ask(turn: Turn, others: list[Person], command: str) -> None:
    rows = [
        [Button(p_("a person in a list", "{name}", name=one.name), action("speak", f"{one.id}/{command}"))]
        for one in others
    ]
    turn.say(_("Who is speaking?"), buttons=rows)


def is_here(turn: Turn, argument: str) -> bool | None:
    """Whether the person that a button names uses this phone."""
    person_id = number(argument.partition("/")[0])
    return None if person_id is None else any(one.id == person_id for one in sharers(turn))


@routes.button("speak", SUPPLIER, before_privacy=True, mine=is_here)
def speak(turn: Turn, argument: str) -> None:
    """From now on this person speaks; what was begun goes on as theirs."""
    person_id, _slash, command = argument.partition("/")
    become(turn, int(person_id))
    turn.note("speaks", "person", turn.me.id)
    show_menu(turn)
    route = turn.house.router.find("command", command) if command else None
    open_row = conversation.current(turn)
    if route is not None:
        permit(turn, route, "")
        route.function(turn, "")
    elif not is_ready(turn):
        conversation.start(turn, "join")
    elif open_row is not None:
        conversation.resume(turn, open_row)
    else:
        turn.say(_("Good to see you, {name}.", name=turn.me.name))
        offer_ways(turn)


@routes.button("share", SUPPLIER, before_privacy=True)
def share(turn: Turn, token: str) -> None:
    """The invited person joins on this phone, and is the one who speaks."""
    invite = people.invite_by_hash(turn.session, turn.house.pseudonym(token))
    if not turn.capabilities.shared or invite is None or standing(invite, turn.now, None) is not Standing.GOOD:
        raise Refused(conversation.GONE)
    invite.used_at = turn.now
    turn.session.add(invite)
    become(turn, invite.person_id)
    turn.note("joined", "person", turn.me.id, channel=turn.heard.address.channel)
    conversation.start(turn, "join")
