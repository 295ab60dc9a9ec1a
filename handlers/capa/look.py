"""Looking at CAPAs: the list of open ones, one of them whole, and its history, alike for both sides."""

from handlers.capa.buttons import buttons, more_buttons
from handlers.capa.card import STATES, card, look_button, owed_line, stacked
from handlers.capa.finding import meant, numbered, site_of
from handlers.capa.history import history
from handlers.capa.talk import new_by_hand
from handlers.message import Button
from handlers.router import ANYONE, BUYER, MENTOR, Router, action
from handlers.tickets import ticket
from handlers.turn import Refused, Turn
from locales.text import Phrase, _
from storage import capas, programme
from storage.tables.capas import Capa, Owed

routes = Router()
LISTED = 10
NEW = "new"


@routes.command("capas", ANYONE, menu=_("Corrective actions"))
def list_capas(turn: Turn, _argument: str) -> None:
    """The open CAPAs of the person's sites, the one due first first."""
    sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
    rows = capas.open_capas(turn.session, list(sites))
    if not rows:
        turn.say(_("No corrective action is open."))
    for capa in rows[:LISTED]:
        turn.say(_line(capa, sites[capa.site_id].name), buttons=[[look_button(capa)]])
    if len(rows) > LISTED:
        turn.say(_("And {count} more. Write “capa” and a number to see one.", count=len(rows) - LISTED))


def _line(capa: Capa, site: str) -> Phrase:
    number = ticket(capa.id)
    first = _("<b>CAPA {number}</b>, {site}: {finding}.", number=number, site=site, finding=capa.finding)
    below = owed_line(capa) if capa.owed is not Owed.NOTHING else STATES[capa.state]
    return stacked([first, below])


@routes.command("capa", ANYONE)
def one(turn: Turn, argument: str) -> None:
    """The CAPA of this number, as `capa 12`; without one the list; `capa new` opens one by hand."""
    word = argument.strip().lower()
    if word == NEW and turn.me.role in MENTOR:
        new_by_hand(turn)
        return
    found = numbered(word.removeprefix("#"))
    if found is None:
        list_capas(turn, "")
        return
    own = {site.id for site in programme.sites_of(turn.session, turn.me)}
    capa = capas.capa(turn.session, found)
    if capa is None or capa.site_id not in own:
        raise Refused(_("None of your corrective actions has the number {number}.", number=ticket(found)))
    show(turn, capa)


@routes.button("capa.look", ANYONE, site=site_of)
def look(turn: Turn, argument: str) -> None:
    """One CAPA, whole, with what can be done."""
    show(turn, meant(turn, argument))


def show(turn: Turn, capa: Capa) -> None:
    """Say what it is, where it stands, and what this person could do."""
    turn.say(*card(turn, capa), buttons=buttons(turn, capa, turn.me))


@routes.button("capa.history", ANYONE, site=site_of)
def tell_history(turn: Turn, argument: str) -> None:
    """What has happened so far; both sides read the same."""
    capa = meant(turn, argument)
    head = _("<b>CAPA {number}</b>: what has happened", number=ticket(capa.id))
    turn.say(stacked([head, *history(turn, capa)]), buttons=[[look_button(capa)]])


@routes.button("capa.more", BUYER, site=site_of)
def more(turn: Turn, argument: str) -> None:
    """What is needed seldom."""
    capa = meant(turn, argument)
    back = Button(_("Back"), action("capa.look", capa.id))
    turn.say(
        _("CAPA {number}: what would you like to do?", number=ticket(capa.id)), buttons=[*more_buttons(capa), [back]]
    )
