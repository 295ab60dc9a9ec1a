"""Joining: an invitation is opened, a language chosen, the privacy notice read and accepted."""

from dataclasses import dataclass

from handlers import conversation
from handlers.access import has_accepted
from handlers.account.menu import show_menu
from handlers.account.talk import offer_ways
from handlers.dialog import Dialog, Talk
from handlers.joining.rules import Standing, standing
from handlers.phones.sharing import offer_to_share
from handlers.questions import Choice, Confirm
from handlers.router import ANYONE, Router
from handlers.turn import Refused, Turn
from locales.text import _
from storage import people
from storage.tables.people import Invite, Role

routes = Router()


@routes.command("start", ANYONE, strangers=True, before_privacy=True)
def start(turn: Turn, token: str) -> None:
    """Open an invitation, or welcome somebody back."""
    if token and _open_invitation(turn, token):
        return
    if turn.person is None:
        raise Refused(_("Welcome. To take part, please open the invitation link that your contact sent you."))
    if turn.me.role is Role.SUPPLIER and not has_accepted(turn):
        conversation.start(turn, "join")
    else:
        turn.say(_("Good to see you, {name}.", name=turn.me.name))
        offer_ways(turn)


REFUSALS = {
    Standing.UNKNOWN: _("This invitation is not valid. Please ask your contact for a new link."),
    Standing.USED: _("This invitation has already been used. Please ask your contact for a new link."),
    Standing.EXPIRED: _("This invitation has expired. Please ask your contact for a new link."),
    Standing.SOMEBODY_ELSE: _("You already take part with this account. This invitation is for somebody else."),
}


def _open_invitation(turn: Turn, token: str) -> bool:
    """True if the person was asked whether they share their phone, and nothing more is to be said."""
    invite = people.invite_by_hash(turn.session, turn.house.pseudonym(token))
    found = standing(invite, turn.now, turn.person)
    if found is Standing.SOMEBODY_ELSE and invite is not None and offer_to_share(turn, invite, token):
        return True
    if found in REFUSALS:
        raise Refused(REFUSALS[found])
    if found is Standing.GOOD and invite is not None:
        _connect(turn, invite)
    return False


def _connect(turn: Turn, invite: Invite) -> None:
    invite.used_at = turn.now
    turn.session.add(invite)
    turn.person = people.by_id(turn.session, invite.person_id)
    at = turn.heard.address
    people.connect(turn.session, turn.person, at.channel, turn.heard.sender, at.conversation, turn.now)
    turn.note("joined", "person", turn.person.id, channel=at.channel)


@routes.dialog("join", _("Joining the programme"))
def join(talk: Talk) -> Dialog[None]:
    """Language, then the privacy notice; nothing else is open before both are settled."""
    languages = [(code, talk.read.language_name(code)) for code in talk.read.settings.languages]
    sites = tuple(site.name for site in talk.read.sites(talk.person))
    welcome = _(
        "Hello {name}. I am the assistant of the programme <b>{programme}</b>, for {sites}. "
        "Which language do you prefer?",
        name=talk.person.name,
        programme=talk.read.settings.name,
        sites=sites,
    )
    talk.do(ChooseLanguage((yield from Choice("language", welcome, languages, columns=2))))
    accepted = yield from Confirm(
        f"privacy/{talk.read.settings.privacy_version}",
        _(
            "Before we start: I keep your name, your account here and what you send me, so that the programme can "
            "work. "
            "The buying company and your own company can see your figures. You can ask me at any time what I hold "
            "about you, or to delete it: write privacy. Is that all right?"
        ),
        yes=_("Yes, I agree"),
        no=_("No"),
    )
    if accepted:
        talk.do(AcceptPrivacy(talk.read.settings.privacy_version))
    else:
        talk.say(_("That is fine. Nothing more is kept. If you change your mind, press /start."))


@dataclass(frozen=True)
class ChooseLanguage:
    """From now on this person is spoken to in this language."""

    language: str

    def perform(self, turn: Turn) -> None:
        """Set it, and turn the command menu into it."""
        turn.me.language = self.language
        turn.session.add(turn.me)
        turn.note("language chosen", "person", turn.me.id, language=self.language)
        show_menu(turn)


@dataclass(frozen=True)
class AcceptPrivacy:
    """The person accepted this version of the privacy notice."""

    version: str

    def perform(self, turn: Turn) -> None:
        """Record it, welcome the person and show what can be done."""
        turn.me.privacy_version, turn.me.privacy_at = self.version, turn.now
        turn.session.add(turn.me)
        turn.note("privacy accepted", "person", turn.me.id, version=self.version)
        turn.say(_("Thank you, {name}. You are in.", name=turn.me.name))
        offer_ways(turn)
