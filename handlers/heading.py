"""What stands above a question where it might be meant for somebody else: who is asked, and about which site."""

from handlers.answers import recorded
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import people, programme
from storage.tables.people import Role
from storage.tables.talks import DialogRow


def heading(turn: Turn, row: DialogRow) -> list[Phrase]:
    """The name on a shared phone; the site, once it is known, for somebody with several; else nothing."""
    if turn.me.role is not Role.SUPPLIER:
        return []
    at = turn.heard
    shared = len(people.sharers(turn.session, at.address.channel, at.sender)) > 1
    sites = {site.id: site.name for site in programme.sites_of(turn.session, turn.me)}
    site = sites.get(_site_of(turn, row), "") if len(sites) > 1 else next(iter(sites.values()), "") if shared else ""
    if shared and site:
        return [_("<b>{name}, {site}</b>", name=turn.me.name, site=site)]
    if shared:
        return [_("<b>{name}</b>", name=turn.me.name)]
    return [_("<b>{site}</b>", site=site)] if site else []


def _site_of(turn: Turn, row: DialogRow) -> int:
    """The site that a dialog is about, by what it was begun with or what was answered; 0 if it does not say."""
    told = [row.argument.get("site"), *(one.value for one in recorded(turn, row) if one.key == "site")]
    return next((int(one) for one in told if str(one).isdecimal()), 0)
