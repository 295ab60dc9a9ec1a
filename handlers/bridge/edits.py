"""What people change or take back, on either side, changed and taken back on the other."""

from datetime import timedelta

from handlers.bridge import clock, head
from handlers.bridge.find import is_my_message, message_at, message_key
from handlers.bridge.held import reworded
from handlers.bridge.language import language_of
from handlers.bridge.mentor import answerer, copies
from handlers.bridge.quotes import shown_in_thread, shown_on_phone
from handlers.bridge.relay import NOTE
from handlers.bridge.reporter import is_reporter, tell_reporter, veil
from handlers.bridge.translating import want
from handlers.bridge.whose import refuse_others
from handlers.capa import blocked
from handlers.grave.holding import kept_back
from handlers.message import Address, Changed, Delete, Edit, Message, Outgoing, Toast
from handlers.router import SUPPLIER, Router
from handlers.turn import Refused, Turn
from locales.text import _
from storage import outbox, tickets, translations
from storage.tables.people import Role
from storage.tables.queues import Lane, OutboxRow, SendState
from storage.tables.tickets import MessageState, Side, Ticket, TicketMessage, TicketState

routes = Router()
TAKEN_BACK = _("<i>This message was taken back.</i>")


def edited(turn: Turn, changed: Changed) -> bool:
    """True if the edited message belongs to a ticket's talk: the other side reads the new words from now on."""
    pair = _own(turn)
    if pair is None:
        return False
    found, row = pair
    if row.removed_at is not None or row.words == changed.text:
        return True
    if row.side is Side.BUYER and row.internal != changed.text.lstrip().startswith(NOTE):
        turn.volatile.append(Toast(_("A note stays a note, and what was sent stays sent. Please write it anew.")))
        return True
    if row.side is Side.BUYER or not kept_back(turn, found, reworded(turn, row, changed.text), row.words):
        rewrite(turn, found, row, changed.text)
    return True


def rewrite(turn: Turn, found: Ticket, row: TicketMessage, words: str) -> None:
    """Give a message other words, and show them on the other side."""
    row.words, row.edited_at = words, turn.now
    row.language = language_of(turn, found.site_id, row.words)
    translations.forget(turn.session, [row.id])
    turn.session.add(row)
    turn.note("ticket message edited", "ticket", found.id, message=row.id)
    if not row.internal:
        _show_anew(turn, found, row)
        want(turn, found, row)


def removed(turn: Turn) -> None:
    """A message deleted in its thread goes from the phone too."""
    pair = _own(turn)
    if pair is not None and pair[1].removed_at is None:
        take_away(turn, *pair)


@routes.button("ticket.back", SUPPLIER, mine=is_my_message)
def take_back(turn: Turn, message_id: str) -> None:
    """Take a message back that the person sent from their phone; the report itself takes its ticket along."""
    row = turn.session.get_one(TicketMessage, int(message_id))
    found = turn.session.get_one(Ticket, row.ticket_id)
    veil(turn, found)
    if row.removed_at is not None:
        raise Refused(_("This was taken back already."))
    take_away(turn, found, row)
    turn.say(_("Taken back. It can no longer be read there, but may have been read before."))


def take_away(turn: Turn, found: Ticket, row: TicketMessage) -> None:
    """Empty a message and take it off the other side, as far as that platform still lets us."""
    is_report = row.side is Side.SITE and tickets.messages(turn.session, found.id)[0].id == row.id
    row.words, row.removed_at, row.state = "", turn.now, MessageState.KEPT
    turn.session.add(row)
    turn.note("ticket message taken back", "ticket", found.id, message=row.id)
    key = message_key(row)
    for one in [] if row.internal else [*_keys(turn, found, row), *outbox.carried_files(turn.session, key)]:
        _remove(turn, found, row, one)
    translations.forget(turn.session, [row.id])
    if is_report:
        found.words, found.state, found.closed_at, found.close_reason = "", TicketState.CLOSED, turn.now, "withdrawn"
        clock.stop(turn, found)
        head.show(turn, found)
        blocked.release(turn, found)


def _remove(turn: Turn, found: Ticket, row: TicketMessage, key: str) -> None:
    sent = outbox.withdraw(turn.session, key)
    if sent is None or sent.state is SendState.DROPPED:
        return
    hours = turn.house.channels[sent.channel].delete_hours
    late = hours is not None and sent.sent_at is not None and turn.real - sent.sent_at >= timedelta(hours=hours)
    gone: Outgoing = Edit(key, Message((TAKEN_BACK,))) if late else Delete(key)
    _put(turn, found, row, sent, f"{key}/gone", gone)
    if late:
        turn.volatile.append(Toast(_("It was sent too long ago to vanish there. Its words are gone now.")))


def _show_anew(turn: Turn, found: Ticket, row: TicketMessage) -> None:
    if row.side is Side.SITE and tickets.messages(turn.session, found.id)[0].id == row.id:
        found.words = row.words
        head.show(turn, found)
        return
    reader = answerer(turn, found)
    shown = shown_in_thread(turn, found, row, reader) if row.side is Side.SITE else shown_on_phone(turn, found, row)
    for key in _keys(turn, found, row):
        sent = outbox.by_key(turn.session, key)
        if sent is not None:
            _put(turn, found, row, sent, f"{key}/edit/{turn.heard.delivery}", Edit(key, shown))


def _keys(turn: Turn, found: Ticket, row: TicketMessage) -> list[str]:
    """The outbox keys under which a message went to the other side: one for each thread of its ticket."""
    marks = [mark for _reader, _root, mark in copies(turn, found)] if row.side is Side.SITE else [""]
    return [f"{message_key(row)}{mark}" for mark in marks or [""]]


def _put(turn: Turn, found: Ticket, row: TicketMessage, sent: OutboxRow, key: str, outgoing: Outgoing) -> None:
    """To where the message went, in line behind it."""
    if row.side is Side.BUYER:
        tell_reporter(turn, found, key, outgoing, about=turn.me)
        return
    where = Address(sent.channel, sent.conversation, sent.thread)
    turn.put(key, Lane.ALERT, where, outgoing, answerer(turn, found), head.about_of(turn, found))


def _own(turn: Turn) -> tuple[Ticket, TicketMessage] | None:
    """The ticket and the message of its talk that the person wrote and has now changed."""
    row = message_at(turn, turn.heard.message)
    found = tickets.by_id(turn.session, row.ticket_id) if row else None
    if row is None or found is None:
        return None
    if row.side is Side.SITE:
        mine = turn.me.role is Role.SUPPLIER and is_reporter(turn, found, turn.me)
        veil(turn, found)
        refuse_others(turn, found)
        return (found, row) if mine else None
    return (found, row) if row.person_id == turn.me.id else None
