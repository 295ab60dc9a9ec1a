"""A person's own affairs: help, language, privacy, and the ways back and out."""

from handlers import controls, conversation
from handlers.access import permit
from handlers.account.menu import show_menu
from handlers.message import Button
from handlers.router import ANYONE, Router, action
from handlers.turn import Refused, Turn
from locales.text import _, p_
from storage import dialogs
from storage.tables.people import Role

routes = Router()


def offer_ways(turn: Turn) -> None:
    """The usual things to do, as buttons, for the person's role."""
    ways = [
        route for route in turn.house.router.menu(turn.me.role) if route.name not in ("help", "language", "privacy")
    ]
    rows = [[Button(route.menu, action("go", route.name))] for route in ways if route.menu is not None]
    turn.say(_("What would you like to do?"), buttons=rows)


@routes.button("go", ANYONE, before_privacy=True)
def go(turn: Turn, name: str) -> None:
    """A button that does what the command of that name does; the command's own rule decides who may."""
    route = turn.house.router.find("command", name)
    if route is None:
        raise Refused(conversation.GONE)
    permit(turn, route, "")
    route.function(turn, "")


@routes.command("help", ANYONE, strangers=True, before_privacy=True, menu=_("Help"))
def help(turn: Turn, argument: str) -> None:
    """What can be done here; while a question is open, the ways out of it as well. `help me` calls the mentor."""
    if turn.person is None:
        raise Refused(_("I do not know you yet. Please ask your contact at the buying company for an invitation."))
    if argument.strip().lower() == "me" and turn.me.role is Role.SUPPLIER:
        go(turn, "helpme")
        return
    if conversation.current(turn) is not None:
        turn.say(_("Answer the question below, or press Back or Cancel."))
        return
    if turn.me.role is Role.SUPPLIER:
        turn.say(_("I help you with lessons, figures and corrective actions, and carry problems to your mentor."))
    else:
        turn.say(_("I bring you what your suppliers send, and carry your answers back to them."))
    offer_ways(turn)


@routes.command("unknown", ANYONE, strangers=True, before_privacy=True)
def unknown(turn: Turn, _words: str) -> None:
    """Words that nothing was waiting for."""
    if turn.person is None:
        raise Refused(_("I do not know you yet. Please ask your contact at the buying company for an invitation."))
    files = getattr(turn.heard.content, "files", ())
    if files:
        turn.say(
            _("Thank you for the picture. What is it for? To show a problem to your mentor, press Report a problem.")
        )
    else:
        turn.say(_("I did not understand that."))
    offer_ways(turn)


@routes.event("unknown", ANYONE, strangers=True, before_privacy=True)
def unreadable(turn: Turn, _argument: str) -> None:
    """A sticker, a contact or the like: said kindly, and the open question is asked again."""
    if turn.person is None or not turn.heard.private:
        return
    turn.say(_("I can read text, photos, documents and voice notes only."))
    row = conversation.current(turn)
    if row is not None:
        conversation.resume(turn, row)


@routes.command("cancel", ANYONE, before_privacy=True)
def cancel(turn: Turn, _argument: str) -> None:
    """Leave the open dialog."""
    row = conversation.current(turn)
    if row is None:
        turn.say(_("There is nothing to cancel."))
    else:
        controls.cancel(turn, row)


@routes.command("back", ANYONE, before_privacy=True)
def back(turn: Turn, _argument: str) -> None:
    """One question back; with none open, back to what was put aside."""
    row = conversation.current(turn)
    at = turn.heard.address
    parked = dialogs.parked_at(turn.session, at.channel, at.conversation, at.thread, turn.me.id)
    if row is not None:
        controls.back(turn, row)
    elif parked is not None:
        conversation.resume(turn, parked)
    else:
        turn.say(_("There is no question open."))


@routes.command("language", ANYONE, before_privacy=True, menu=_("Change language"))
def language(turn: Turn, _argument: str) -> None:
    """Offer the programme's languages, each under its own name."""
    names = turn.house.texts.name
    rows = [
        [Button(p_("a language by its own name", "{name}", name=names(code)), action("lang", code))]
        for code in turn.settings.languages
    ]
    turn.say(_("Which language do you prefer?"), buttons=rows)


@routes.button("lang", ANYONE, before_privacy=True)
def choose_language(turn: Turn, code: str) -> None:
    """From now on this language; an open dialog goes on in it with its answers as they are."""
    if code not in turn.settings.languages:
        raise Refused(conversation.GONE)
    turn.me.language = code
    turn.session.add(turn.me)
    turn.note("language chosen", "person", turn.me.id, language=code)
    turn.say(_("From now on I write to you in {name}.", name=turn.house.texts.name(code)))
    show_menu(turn)
    row = conversation.current(turn)
    if row is not None:
        conversation.resume(turn, row)


@routes.command("privacy", ANYONE, before_privacy=True, menu=_("My data"))
def privacy(turn: Turn, _argument: str) -> None:
    """What is held about the person, and how to have it deleted."""
    turn.say(
        _(
            "I hold your name, your language, your account here, and what you sent: figures, answers in lessons, "
            "problems you reported. To get a copy or to have it deleted, write to {contact}. Figures stay, without "
            "your name.",
            contact=turn.settings.contact,
        )
    )
