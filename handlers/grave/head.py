"""The message by which the named person reads of something grave."""

from handlers.bridge.reporter import reporter
from handlers.bridge.translated import Shown
from handlers.grave.words import GRAVE, PLEASE_CONTACT_ME
from handlers.message import Button, Message
from handlers.router import action
from handlers.tickets import ticket as numbered
from handlers.turn import Turn
from locales.text import Moment, Phrase, _
from storage import people, programme
from storage.tables.tickets import Ticket, TicketState


def grave_head(turn: Turn, found: Ticket, shown: Shown) -> Message:
    """The message as things stand now."""
    words = (_what(turn, found, shown.words), *shown.below)
    if found.state is TicketState.CLOSED:
        return Message((*words, _("Closed.")))
    if found.taken_by_id is None or found.taken_at is None:
        # Who gives no name cannot be called.
        label = _("I have it; I will answer today") if found.anonymous else _("I have it; I will call today")
        take = Button(label, action("grave.take", found.id), "primary")
        return Message((*words, _care(found)), (*shown.buttons, (take,)))
    name = people.by_id(turn.session, found.taken_by_id)
    taken = _("{name} has it, since {moment}.", name=name.name, moment=Moment(found.taken_at, name.timezone))
    close = Button(_("Close"), action("ticket.close", found.id))
    return Message((*words, taken), (*shown.buttons, (close,)))


def _what(turn: Turn, found: Ticket, words: str) -> Phrase:
    site = programme.site(turn.session, found.site_id)
    who = None if found.anonymous else reporter(turn, found)
    return _(
        "<b>For you alone. Grave report {number}: {kind}</b>\n{site}, {country}. From: {name}\n<i>{words}</i>",
        number=numbered(found.id),
        kind=GRAVE[found.category],
        site=site.name,
        country=site.country,
        name=who.name if who else _("somebody who gives no name"),
        words=words or PLEASE_CONTACT_ME,
    )


def _care(found: Ticket) -> Phrase:
    if found.anonymous:
        return _(
            "Please answer in reply to this message today: that is the only way to reach them. Ask nothing that could "
            "show who they are, and do not pass this on."
        )
    return _(
        "Please call them today. Do not ask for details in the chat, do not speak to their company first, and do not "
        "pass this on."
    )
