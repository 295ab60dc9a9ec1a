"""A look at how things stand: people of a site see their card, mentors and managers all their suppliers."""

from collections.abc import Sequence

from handlers.message import Button
from handlers.router import ANYONE, Router, action, number
from handlers.status.facts import SiteFacts, gather
from handlers.status.look import look_at
from handlers.status.overview import overview, rest, supplier_buttons, supplier_line
from handlers.turn import Turn
from locales.text import _
from storage import benchmarks, programme
from storage.tables.people import Role
from storage.tables.programme import Site

routes = Router()
SHOWN = 10
"""So many suppliers or sites stand in one message of a chat."""


def _site(_turn: Turn, argument: str) -> int | None:
    return number(argument)


@routes.command("status", ANYONE, menu=_("How things stand"))
def status(turn: Turn, _argument: str) -> None:
    """The card of the person's site; those with several choose one, the buyer's side sees its suppliers."""
    if turn.me.role is not Role.SUPPLIER:
        _say_overview(turn)
        return
    sites = programme.sites_of(turn.session, turn.me)
    if len(sites) == 1:
        say_card(turn, gather(turn, sites)[0])
    elif sites:
        turn.say(_("Which site would you like to see?"), buttons=site_buttons(sites))
    else:
        turn.say(_("No site is yours yet. Please ask your contact at the buying company."))


@routes.button("status.site", ANYONE, site=_site)
def show_site(turn: Turn, site_id: str) -> None:
    """The card of one site."""
    say_card(turn, gather(turn, [programme.site(turn.session, int(site_id))])[0])


def say_card(turn: Turn, facts: SiteFacts) -> None:
    """Say the lines of a site and send its picture along."""
    look = look_at(turn, turn.me, facts)
    rows = [[Button(_("Send figures"), action("go", "figures"))]] if _can_send(turn, facts) else []
    rows.append([Button(_("One page for a meeting (PDF)"), action("supplier.card", facts.supplier.id))])
    if _is_compared(turn, facts.site):
        rows.append([Button(_("How you compare"), action("compare.site", facts.site.id))])
    if any(past.last for past in look.asked):
        rows.append([Button(_("What if"), action("whatif.site", facts.site.id))])
    turn.say(*look.lines(), buttons=rows)
    if picture := look.picture():
        turn.attach(picture)
    turn.note("status shown", "site", facts.site.id)


def site_buttons(sites: Sequence[Site]) -> list[list[Button]]:
    """A button for each site, which shows its card."""
    return [[Button(site.name, action("status.site", site.id))] for site in sites[:SHOWN]]


def _can_send(turn: Turn, facts: SiteFacts) -> bool:
    return turn.me.role is Role.SUPPLIER and bool(facts.missing)


def _is_compared(turn: Turn, site: Site) -> bool:
    """Whether the site's own people can be told where it stands among others."""
    may = turn.me.role is Role.SUPPLIER and turn.settings.benchmarks.on
    return may and benchmarks.is_told(turn.session, [site.id])


def _say_overview(turn: Turn) -> None:
    found = overview(turn)
    if not found:
        turn.say(_("No site is yours yet."))
        return
    shown = found[:SHOWN]
    turn.say(*[supplier_line(turn.read, one) for one in shown], buttons=supplier_buttons(shown))
    say_rest(turn, len(found) - len(shown))


def say_rest(turn: Turn, left: int) -> None:
    """How many suppliers did not fit, and how to see one of them."""
    if left:
        turn.say(rest(left, turn.capabilities.command_prefix))
