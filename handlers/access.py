"""The one place where roles and supplier boundaries are enforced, between the router and the handlers."""

from handlers.message import Pressed, Submitted
from handlers.router import Route
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import people, programme
from storage.tables.people import Role


def permit(turn: Turn, route: Route, argument: str) -> None:
    """Return if this person may use this route for this argument; else raise `Refused` with the way that is open."""
    if turn.person is None and route.strangers:
        return
    admit(turn)
    person = turn.me
    if person.role not in route.roles:
        raise Refused(_not_yours(turn))
    if person.role is Role.SUPPLIER and not route.before_privacy and not has_accepted(turn):
        raise Refused(_("Please read and accept the privacy notice first. Press /start to see it."))
    if route.site is not None:
        _same_supplier(turn, route, argument)
    if route.mine is not None:
        _mine(turn, route.mine(turn, argument))


def admit(turn: Turn) -> None:
    """Return if this is somebody who takes part in the programme; else raise `Refused`."""
    if turn.person is None:
        raise Refused(_("I do not know you yet. Please ask your contact at the buying company for an invitation."))
    if not turn.person.active:
        raise Refused(_("You no longer take part in this programme. Please ask your contact if this is wrong."))


def has_accepted(turn: Turn) -> bool:
    """Whether the person has accepted the privacy notice in the version that holds."""
    return turn.me.privacy_version == turn.settings.privacy_version


def _same_supplier(turn: Turn, route: Route, argument: str) -> None:
    site_id = route.site(turn, argument) if route.site else None
    if site_id is None:
        raise Refused(_("This no longer exists."))
    if all(site.id != site_id for site in programme.sites_of(turn.session, turn.me)):
        raise Refused(_not_yours(turn))


def _mine(turn: Turn, mine: bool | None) -> None:
    if mine is None:
        raise Refused(_("This no longer exists."))
    if not mine and len(people.sharers(turn.session, turn.heard.address.channel, turn.heard.sender)) > 1:
        raise Refused(_("This is for somebody else. If others use this phone, write /switch and say who you are."))
    if not mine:
        raise Refused(_not_yours(turn))


def _not_yours(turn: Turn) -> Phrase:
    pressed = isinstance(turn.heard.content, Pressed | Submitted)
    return _("This is for somebody else.") if pressed else _("This is not for your role. Write help to see what is.")
