"""What if: somebody picks a lever and how far to pull it, and sees what it would do to a site's figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers import conversation
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Button
from handlers.metrics.periods import closed_before
from handlers.quantity import Quantity
from handlers.questions import Choice
from handlers.router import ANYONE, Router, action, number
from handlers.status.matching import matching
from handlers.turn import Refused, Turn
from handlers.whatif.outcome import Scenario, levers_of
from handlers.whatif.picture import picture
from handlers.whatif.rules import Lever
from handlers.whatif.words import LEVERS, lines
from locales.text import Phrase, _, p_
from locales.units import UNITS
from storage import programme
from storage.tables.people import Role
from storage.tables.programme import Site

routes = Router()
SHOWN = 10
OTHER = "other"
STEPS = ("5", "10", "20", "30", "50")
STEPS_OF_OUTPUT = ("-20", "-10", "10", "20", "50")


def _site(_turn: Turn, argument: str) -> int | None:
    return number(argument)


@routes.command("whatif", ANYONE, menu=_("What if"))
def whatif(turn: Turn, typed: str) -> None:
    """Begin for the person's site, for the one of this name, or ask which."""
    sites = programme.sites_of(turn.session, turn.me)
    meant = set(matching(typed, {site.id: [site.name, site.key] for site in sites}))
    hits = [site for site in sites if site.id in meant] or sites
    if not sites:
        turn.say(_no_site(turn))
    elif len(hits) == 1:
        conversation.start(turn, "whatif", {"site": hits[0].id})
    else:
        _offer(turn, hits)


@routes.button("whatif.site", ANYONE, site=_site)
def begin(turn: Turn, site_id: str) -> None:
    """Begin for one site."""
    conversation.start(turn, "whatif", {"site": int(site_id)})


@routes.dialog("whatif", _("What if"))
def pull(talk: Talk) -> Dialog[None]:
    """Which lever, how far; then what it would do."""
    site = talk.read.site(talk.argument["site"])
    month = _last_month(talk, site)
    levers = yield from Fact("levers", list[str], lambda: levers_of(talk.read, site, month))
    if not levers:
        talk.say(_("No figures of {site} are known yet that could be changed.", site=site.name))
        return
    prompt = _("What would you change at {site}? You can try freely: nothing is stored.", site=site.name)
    lever = Lever((yield from Choice("lever", prompt, [(one, LEVERS[Lever(one)]) for one in levers])))
    percent = yield from _percent(lever)
    talk.do(ShowScenario(site.id, lever, percent, month))
    talk.offer(Button(_("Try something else"), action("whatif.site", site.id)))


def _percent(lever: Lever) -> Dialog[Decimal]:
    """How far: one of a few steps, or typed."""
    steps = STEPS_OF_OUTPUT if lever is Lever.OUTPUT else STEPS
    options = [(one, _label(lever, Decimal(one))) for one in steps]
    chosen = yield from Choice(f"{lever}/step", _("By how much?"), [*options, (OTHER, _("Another value"))], columns=3)
    if chosen != OTHER:
        return Decimal(chosen)
    low, high = (Decimal(-90), Decimal(500)) if lever is Lever.OUTPUT else (Decimal(1), Decimal(100))
    typed = yield from Quantity(
        f"{lever}/typed", _question(lever), units=[UNITS["%"]], version=1, minimum=low, maximum=high
    )
    return typed.base_value


def _label(lever: Lever, percent: Decimal) -> Phrase:
    if lever is not Lever.OUTPUT:
        return p_("a share on a button", "{percent} %", percent=percent)
    if percent < 0:
        return p_("a change on a button", "{percent} % less", percent=abs(percent))
    return p_("a change on a button", "{percent} % more", percent=percent)


def _question(lever: Lever) -> Phrase:
    if lever is Lever.OUTPUT:
        return _("How many per cent more? For less, write a minus before it.")
    return _("How many per cent?")


def _last_month(talk: Talk, site: Site) -> str:
    """The last month that is over at the site, as of the start of the talk."""
    return closed_before("month", talk.began.astimezone(talk.read.zone(site)).date())


@dataclass(frozen=True)
class ShowScenario:
    """What a change would do, for who asked; of it only the question stays, in the trail."""

    site_id: int
    lever: Lever
    percent: Decimal
    month: str

    def perform(self, turn: Turn) -> None:
        """Say it with a picture, if the site is still theirs."""
        sites = {site.id: site for site in programme.sites_of(turn.session, turn.me)}
        if self.site_id not in sites:
            raise Refused(_("This is for somebody else."))
        scenario = Scenario(turn.read, sites[self.site_id], self.lever, self.percent, self.month)
        outcomes = scenario.outcomes()
        turn.say(*lines(scenario, outcomes))
        if outcomes:
            turn.attach(picture(scenario, outcomes, turn.shower(turn.me)))
        turn.note("what if asked", "site", self.site_id, lever=self.lever.value, percent=str(self.percent))


def _offer(turn: Turn, sites: Sequence[Site]) -> None:
    rows = [[Button(site.name, action("whatif.site", site.id))] for site in sites[:SHOWN]]
    turn.say(_("Which site is it about?"), buttons=rows)
    if len(sites) > SHOWN:
        command = f"{turn.capabilities.command_prefix}whatif"
        turn.say(_("For another site, write {command} and its name.", command=command))


def _no_site(turn: Turn) -> Phrase:
    if turn.me.role is Role.SUPPLIER:
        return _("No site is yours yet. Please ask your contact at the buying company.")
    return _("No site is yours yet.")
