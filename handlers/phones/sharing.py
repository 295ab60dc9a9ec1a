"""A phone that several people use: who is asked to join on it, and who then speaks."""

from datetime import timedelta

from handlers.access import has_accepted
from handlers.message import Button
from handlers.router import action
from handlers.turn import Turn
from locales.text import _
from storage import dialogs, people
from storage.tables.people import Invite, Person, Role

IDLE = timedelta(minutes=30)
"""After so long without a talk somebody else may hold the phone."""


def sharers(turn: Turn) -> list[Person]:
    """The people who use the account of this turn."""
    return people.sharers(turn.session, turn.heard.address.channel, turn.heard.sender)


def idle_for(turn: Turn) -> timedelta:
    """For how long nobody has answered a question in this chat."""
    at = turn.heard.address
    touched = dialogs.touched_at(turn.session, at.channel, at.conversation)
    return turn.now - touched if touched is not None else timedelta.max


def offer_to_share(turn: Turn, invite: Invite, token: str) -> bool:
    """True if the phone's owner was asked whether the invited person uses it too."""
    other = people.by_id(turn.session, invite.person_id)
    open_still = invite.used_at is None and invite.expires_at > turn.now
    if not (turn.capabilities.shared and open_still and turn.me.role is other.role is Role.SUPPLIER):
        return False
    asked = _(
        "This phone is used by {owner}. The invitation is for {name}. Do you share this phone? Then each reads what "
        "the other is sent here.",
        owner=turn.me.name,
        name=other.name,
    )
    yes = Button(_("Yes, {name} uses it too", name=other.name), action("share", token), "primary")
    turn.say(asked, buttons=[[yes], [Button(_("No"), action("go", "help"))]])
    return True


def become(turn: Turn, person_id: int) -> None:
    """From here on this person speaks on the phone."""
    turn.person = people.by_id(turn.session, person_id)
    at = turn.heard.address
    people.connect(turn.session, turn.me, at.channel, turn.heard.sender, at.conversation, turn.now)


def is_ready(turn: Turn) -> bool:
    """Whether who speaks now has accepted the privacy notice."""
    return has_accepted(turn)
