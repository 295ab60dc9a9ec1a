"""A mentor's or manager's home page: how their suppliers stand, the worst first, and the usual things to do."""

from handlers.message import Button, Home, Message, Speech
from handlers.router import BUYER, Router, action
from handlers.status.overview import SupplierFacts, overview, rest, supplier_buttons, supplier_line
from handlers.status.rules import Counts, Standing
from handlers.turn import Turn
from locales.text import Phrase, _

routes = Router()
SHOWN = 100
"""So many suppliers stand on the page: a line each, well within the 100 blocks and 250 kB that a home page may have."""
WITH_BUTTON = 10


@routes.event("home_opened", BUYER)
def home(turn: Turn, _argument: str) -> None:
    """Show the home page as things stand now."""
    found = overview(turn)
    shown = found[:SHOWN]
    lines: list[Speech] = [_("<b>{programme}</b>", programme=turn.settings.name), _totals(found)]
    lines += [supplier_line(turn.read, one) for one in shown]
    if len(found) > SHOWN:
        lines.append(rest(len(found) - SHOWN, turn.capabilities.command_prefix))
    urgent = [one for one in shown if one.counts.standing is not Standing.IN_ORDER][:WITH_BUTTON]
    ways = [route for route in turn.house.router.menu(turn.me.role) if route.menu is not None]
    usual = tuple(Button(route.menu, action("go", route.name)) for route in ways if route.menu is not None)
    looks = tuple(button for row in supplier_buttons(urgent) for button in row)
    turn.reply(Home(Message(tuple(lines), tuple(row for row in (looks, usual) if row))))


def _totals(found: list[SupplierFacts]) -> Phrase:
    counts = sum((one.counts for one in found), Counts())
    return _(
        "Your sites: {sites}. Corrective actions open: {capas}. Problems open: {problems}.",
        sites=sum(len(one.sites) for one in found),
        capas=counts.capas,
        problems=counts.problems,
    )
