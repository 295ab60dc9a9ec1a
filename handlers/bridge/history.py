"""A ticket's talk in its order, the same for both sides, and the list of somebody's tickets."""

from handlers.bridge.find import is_mine, ticket_for
from handlers.bridge.reporter import is_reporter, open_of, veil
from handlers.bridge.translated import for_reader
from handlers.bridge.words import CATEGORIES, title
from handlers.message import Button, Speech
from handlers.router import ANYONE, Router, action
from handlers.turn import Turn
from locales.text import Moment, _
from storage import people, programme, tickets
from storage.tables.people import Role
from storage.tables.tickets import Side, Ticket, TicketKind, TicketMessage

routes = Router()
LISTED, SHOWN = 10, 60


@routes.command("tickets", ANYONE, menu=_("Problems and ideas"))
def list_tickets(turn: Turn, _argument: str) -> None:
    """The person's open tickets, or those of their sites, each with a way to read its talk."""
    found = _open(turn)
    if not found:
        turn.say(_("No problem, idea or question is open."))
    for one in found[:LISTED]:
        site = programme.site(turn.session, one.site_id)
        line = _("<b>{title}</b>, {site}: {kind}", title=title(one), site=site.name, kind=CATEGORIES[one.category])
        if one.kind is TicketKind.GRAVE:
            # Somebody else may look at the phone: the list does not say what it is about.
            line = _("<b>{title}</b>", title=title(one))
        show = Button(_("Show {title}", title=title(one)), action("ticket.show", one.id))
        turn.say(line, buttons=[[show]])


def _open(turn: Turn) -> list[Ticket]:
    if turn.me.role is Role.SUPPLIER:
        found = open_of(turn, turn.me)
        # Whoever has none that is anonymous is answered under the veil too, or the veil would tell.
        turn.veiled = True
        return found
    sites = [site.id for site in programme.sites_of(turn.session, turn.me)]
    asked = tickets.asked_of(turn.session, turn.me.id)
    ordinary = [one for one in tickets.still_open(turn.session) if one.site_id in sites or one.id in asked]
    return [*tickets.grave_of(turn.session, turn.me.id), *ordinary]


@routes.button("ticket.show", ANYONE, mine=is_mine)
def show(turn: Turn, ticket_id: str) -> None:
    """The talk about a ticket, oldest first; notes only for the buyer's side."""
    found = ticket_for(turn, ticket_id)
    if turn.me.role is Role.SUPPLIER:
        veil(turn, found)
    turn.say(_("<b>{title}</b>", title=title(found)), *lines(turn, found))


def lines(turn: Turn, found: Ticket) -> list[Speech]:
    """A line for each message of the talk, in its order."""
    inside = turn.me.role is not Role.SUPPLIER
    talk = [row for row in tickets.messages(turn.session, found.id) if inside or not row.internal]
    return [_line(turn, found, row) for row in talk[-SHOWN:]]


def _line(turn: Turn, found: Ticket, row: TicketMessage) -> Speech:
    zone = programme.site(turn.session, found.site_id).timezone
    words: Speech = row.words
    if row.removed_at is not None:
        words = _("(taken back)")
    elif not row.words:
        words = _("(a file)")
    elif row.edited_at is not None:
        words = _("{words} (changed)", words=row.words)
    said = for_reader(turn, row, turn.me)
    if said.buttons and row.removed_at is None:
        words = _("{words} (translated by a machine)", words=said.words)
    return _("<b>{who}</b>, {moment}: {words}", who=_who(turn, found, row), moment=Moment(row.at, zone), words=words)


def _who(turn: Turn, found: Ticket, row: TicketMessage) -> Speech:
    if row.side is Side.SITE and found.anonymous:
        mine = turn.me.role is Role.SUPPLIER and is_reporter(turn, found, turn.me)
        return _("You") if mine else _("The reporter")
    return people.by_id(turn.session, row.person_id).name if row.person_id else "–"
