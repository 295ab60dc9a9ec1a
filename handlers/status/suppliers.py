"""A supplier by its name: its card, its sites, its open CAPAs and problems."""

from collections.abc import Sequence

from handlers.bridge.words import CATEGORIES
from handlers.router import BUYER, Router, number
from handlers.status.matching import matching
from handlers.status.overview import SupplierFacts, overview, site_line, supplier_buttons, supplier_line
from handlers.status.talk import SHOWN, say_card, say_rest, site_buttons
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import programme, suppliers

routes = Router()
LISTED = 5
"""So many CAPAs, and as many problems, stand below a card; the command `capas` lists more."""


def site_of_supplier(turn: Turn, argument: str) -> int | None:
    """A site of the supplier by which it is decided who may see it: one of the person's own, if any is."""
    supplier_id = number(argument)
    ids = [site.id for site in suppliers.sites(turn.session, supplier_id)] if supplier_id is not None else []
    own = {site.id for site in programme.sites_of(turn.session, turn.me)}
    return next((one for one in ids if one in own), ids[0] if ids else None)


@routes.command("supplier", BUYER, menu=_("Look at a supplier"))
def supplier(turn: Turn, typed: str) -> None:
    """The supplier of this name or key, among those that the person may see; else those it could be."""
    found = overview(turn)
    if not found:
        turn.say(_("No site is yours yet."))
        return
    meant = set(matching(typed, {one.supplier.id: _names(one) for one in found}))
    hits = [one for one in found if one.supplier.id in meant]
    if len(hits) == 1:
        show(turn, hits[0])
    elif hits:
        _offer(turn, hits, _("Several suppliers are called so. Which one?"))
    elif typed.strip():
        _offer(turn, found, _("None of your suppliers is called {name}. These are yours:", name=typed.strip()[:100]))
    else:
        _offer(turn, found, _("Which supplier would you like to see?"))


@routes.button("status.supplier", BUYER, site=site_of_supplier)
def show_supplier(turn: Turn, supplier_id: str) -> None:
    """The card of one supplier."""
    show(turn, next(one for one in overview(turn) if one.supplier.id == int(supplier_id)))


def show(turn: Turn, facts: SupplierFacts) -> None:
    """One site: its card. Several: a line each, the card of the worst, and a button for each of the others."""
    worst = max(facts.sites, key=lambda site: site.counts.urgency)
    if len(facts.sites) > 1:
        turn.say(supplier_line(turn.read, facts), *[site_line(turn.read, site) for site in facts.sites[:SHOWN]])
    say_card(turn, worst)
    turn.say(*_open_capas(facts), *_open_problems(turn, facts))
    others = [site.site for site in facts.sites if site is not worst]
    turn.buttons.extend(tuple(row) for row in site_buttons(others))


def _offer(turn: Turn, found: Sequence[SupplierFacts], question: Phrase) -> None:
    shown = found[:SHOWN]
    turn.say(question, buttons=supplier_buttons(shown))
    say_rest(turn, len(found) - len(shown))


def _open_capas(facts: SupplierFacts) -> list[Phrase]:
    """The open CAPAs of all sites, the one due first first."""
    rows = [(capa, site.site.name) for site in facts.sites for capa in site.capas]
    return [
        _(
            "<b>CAPA {number}</b>, {site}: {finding}. Due {day}.",
            number=ticket(capa.id),
            site=name,
            finding=capa.finding,
            day=capa.due_on,
        )
        for capa, name in sorted(rows, key=lambda row: (row[0].due_on, row[0].id))[:LISTED]
    ]


def _open_problems(turn: Turn, facts: SupplierFacts) -> list[Phrase]:
    """The open problems of all sites, the oldest first."""
    rows = [(problem, site.site.name) for site in facts.sites for problem in site.problems]
    return [
        _(
            "{site}: problem {number}, {kind}, open since {day}.",
            site=name,
            number=ticket(problem.id),
            kind=CATEGORIES[problem.category],
            day=problem.at.astimezone(turn.settings.zone).date(),
        )
        for problem, name in sorted(rows, key=lambda row: row[0].id)[:LISTED]
    ]


def _names(one: SupplierFacts) -> list[str]:
    sites = [name for facts in one.sites for name in (facts.site.name, facts.site.key)]
    return [one.supplier.name, one.supplier.key, *sites]
