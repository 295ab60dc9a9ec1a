"""A mentor's or manager's home page: what is open at their sites, and the usual things to do."""

from handlers.message import Button, Home, Message
from handlers.router import BUYER, Router, action
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import capas, obstacles, programme

routes = Router()
SHOWN = 8


@routes.event("home_opened", BUYER)
def home(turn: Turn, _argument: str) -> None:
    """Show the home page as things stand now."""
    sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
    open_capas = capas.open_capas(turn.session, list(sites))
    problems = [row for row in obstacles.still_open(turn.session) if row.site_id in sites]
    lines: list[Phrase] = [
        _("<b>{programme}</b>", programme=turn.settings.name),
        _(
            "Your sites: {sites}. Corrective actions open: {capas}. Problems open: {problems}.",
            sites=len(sites),
            capas=len(open_capas),
            problems=len(problems),
        ),
    ]
    lines += [
        _("CAPA {number}, {site}: due {day}.", number=ticket(row.id), site=sites[row.site_id].name, day=row.due_on)
        for row in open_capas[:SHOWN]
    ]
    lines += [
        _(
            "Problem {number}, {site}, open since {day}.",
            number=ticket(row.id),
            site=sites[row.site_id].name,
            day=row.at.date(),
        )
        for row in problems[:SHOWN]
    ]
    ways = [route for route in turn.house.router.menu(turn.me.role) if route.menu is not None]
    buttons = tuple(Button(route.menu, action("go", route.name)) for route in ways if route.menu is not None)
    turn.reply(Home(Message(tuple(lines), (buttons,))))
