"""Where suppliers get stuck most, on request."""

from handlers.bridge.words import CATEGORIES
from handlers.learning.rules import Bottleneck, bottlenecks
from handlers.router import BUYER, Router
from handlers.turn import Turn
from locales.text import Country, Phrase, _, n_
from storage import programme, tickets

routes = Router()
SHOWN = 10


@routes.command("bottlenecks", BUYER, menu=_("Where suppliers get stuck"))
def show(turn: Turn, _argument: str) -> None:
    """The open problems of the reader's sites by category and country, where most time is lost first."""
    found = ranked(turn)
    if not found:
        turn.say(_("No problem is open."))
        return
    turn.say(_("<b>Where suppliers get stuck</b>, by days lost"))
    turn.say(*(line(one) for one in found[:SHOWN]))


def ranked(turn: Turn) -> list[Bottleneck]:
    """The bottlenecks of the sites that the person may see."""
    countries = {site.id: site.country for site in programme.sites_of(turn.session, turn.me)}
    return bottlenecks(tickets.still_open(turn.session), countries, turn.now)


def line(one: Bottleneck) -> Phrase:
    """One bottleneck in a sentence."""
    return n_(
        "{category}, {country}: {count} open, for {oldest} days.",
        "{category}, {country}: {count} open, the oldest for {oldest} days, half of them for {middle} or more.",
        one.count,
        category=CATEGORIES[one.category],
        country=Country(one.country),
        oldest=one.oldest,
        middle=one.middle,
    )
