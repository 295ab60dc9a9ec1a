"""What became of a message on its way to the other side, shown to whoever wrote it."""

import re

from handlers.bridge.find import spot, ticket_of_key
from handlers.bridge.mentor import managers, place_of, post
from handlers.bridge.reporter import reporter, tell_reporter
from handlers.bridge.words import title, yours
from handlers.grave.untaken import escalate
from handlers.message import Address, Message, React
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import outbox, tickets
from storage.tables.queues import Lane
from storage.tables.tickets import MessageState, Side, Ticket, TicketKind, TicketMessage

DELIVERED, FAILED = "white_check_mark", "x"
CARRIES = re.compile(r"ticket/[0-9]+/(thread|[0-9]+)(/file/[0-9]+)?")
CLOSED_CHAT = ("forbidden", "blocked", "deactivated", "chat not found", "user_not_found", "is_archived", "not_found")


def is_told_of(key: str) -> bool:
    """Whether what lies under an outbox key carries words or files of which somebody is told what became of them."""
    return CARRIES.fullmatch(key) is not None


def settled(turn: Turn, key: str, ref: str, error: str) -> None:
    """Take note that the message under an outbox key has been sent, or given up for a reason.

    Only what carries somebody's words or files counts: signs and edits are never told of themselves.
    """
    carried = CARRIES.fullmatch(key)
    found = ticket_of_key(turn, key) if carried else None
    if carried is None or found is None:
        return
    which, is_file = carried.groups()
    row = None if which == "thread" else tickets.message(turn.session, int(which))
    if error and (row is None or row.side is Side.SITE):
        _not_in_thread(turn, found)
    if row is None or row.ticket_id != found.id:
        return
    row.state, row.cause = (MessageState.FAILED, error) if error else (MessageState.DELIVERED, "")
    if not error and not is_file:
        row.carried = _carried(turn, found, row, key, ref)
    turn.session.add(row)
    if row.side is Side.BUYER and not found.anonymous and row.removed_at is None:
        _sign(turn, found, row, key, error)


def _carried(turn: Turn, found: Ticket, row: TicketMessage, key: str, ref: str) -> str:
    """Where it stands on the other side; on an anonymous reporter's phone only as a keyed hash."""
    sent = outbox.by_key(turn.session, key)
    if sent is None or not ref:
        return ""
    if row.side is Side.SITE or not found.anonymous:
        return spot(Address(sent.channel, sent.conversation), ref)
    who = reporter(turn, found)
    chat = turn.chat_of(who, sent.channel) if who else ""
    return turn.house.pseudonym(spot(Address(sent.channel, chat), ref))


def _sign(turn: Turn, found: Ticket, row: TicketMessage, key: str, error: str) -> None:
    """A mark on what the mentor wrote; if it did not arrive, why, in the thread."""
    channel, _colon, rest = row.source.partition(":")
    conversation, _colon, message = rest.rpartition(":")
    if message and turn.house.channels[channel].signs:
        sign = React(message, FAILED if error else DELIVERED)
        turn.put(f"{key}/sign/{row.state.value}", Lane.ALERT, Address(channel, conversation), sign, None)
    if error:
        who = reporter(turn, found)
        text = _("{name} has not received this: {cause}", name=who.name if who else "–", cause=_cause(error))
        post(turn, found, f"{key}/failed", Message((text,)))


def _not_in_thread(turn: Turn, found: Ticket) -> None:
    """What somebody wrote did not reach their mentor: they are told, and the managers, who can mend it.

    What is grave opens to the deputy at once.
    """
    if found.kind is TicketKind.GRAVE:
        escalate(turn, found)
        return
    text = _(
        "I could not hand this on to your mentor yet: {ticket}. It is kept, and I have told those who run the "
        "programme.",
        ticket=yours(found),
    )
    tell_reporter(turn, found, f"ticket/{found.id}/unheard", Message((text,)))
    place = place_of(turn, found)
    for manager in managers(turn):
        told = _(
            "{title} cannot be shown in {channel}: the channel is archived, or I am not in it. Please put that right, "
            "and run <i>causeway requeue</i>.",
            title=title(found),
            channel=place.conversation if place else "–",
        )
        turn.tell(manager, f"ticket/{found.id}/unheard/{manager.id}", Message((told,)), Lane.ALERT)


def _cause(error: str) -> Phrase:
    if any(word in error.lower() for word in CLOSED_CHAT):
        return _("the chat is blocked or gone.")
    return _("the platform did not take it.")
