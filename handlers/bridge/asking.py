"""What every report begins with: where it happened, and whether it is to be without a name."""

from handlers import veil
from handlers.dialog import Dialog, Fact, Talk
from handlers.message import Speech
from handlers.questions import Choice, Confirm
from locales.text import Phrase, _, n_, p_


def site_of(talk: Talk) -> Dialog[int]:
    """The site it is about; asked only of people with several."""
    sites = talk.read.sites(talk.person)
    if len(sites) < 2:
        return sites[0].id
    names = [(str(site.id), p_("a site in a list", "{name}", name=site.name)) for site in sites]
    return int((yield from Choice("site", _("Which site is it about?"), names)))


def nameless_agreed(talk: Talk, site_id: int) -> Dialog[bool]:
    """True once somebody knows what is kept from whom, and how little that may help at a small site."""
    promise = _(
        "Your mentor will not learn who you are, and nobody at the buying company will. You still read their answers "
        "here. Please send no voice notes and no documents: they can tell who you are."
    )
    return (yield from agreed(talk, site_id, promise))


def agreed(talk: Talk, site_id: int, promise: Phrase) -> Dialog[bool]:
    """True once somebody has agreed to a promise of not being named; from here on the talk is veiled."""
    talk.do(veil.PutOn())
    people = yield from Fact("people", int, lambda: len(talk.read.staff(site_id)))
    small = n_(
        "But your site is small: I know {count} person there. Your words alone may show who you are.",
        "But your site is small: I know {count} people there. Your words alone may show who you are. Leave out what "
        "only you can know.",
        people,
    )
    is_small = people < talk.read.settings.tickets.small_site
    prompt: Speech = p_("two sentences", "{one}\n\n{two}", one=promise, two=small) if is_small else promise
    given = yield from Confirm("nameless", prompt, yes=_("Go on without my name"), no=_("Stop here"))
    if not given:
        talk.say(_("Stopped. Nothing was sent."))
    return given
