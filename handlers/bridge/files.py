"""Files of a ticket's talk: fetched off the turn, checked, kept, and carried to the other side."""

from collections.abc import Sequence

from handlers.bridge.find import message_key
from handlers.bridge.mentor import post
from handlers.bridge.reporter import tell_reporter
from handlers.fetching import came_from, fetch_all
from handlers.message import Attachment, FileRef, Message
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import people, tickets
from storage.tables.queues import Lane
from storage.tables.tickets import Side, Ticket, TicketMessage


def fetch_files(turn: Turn, found: Ticket, row: TicketMessage, files: Sequence[FileRef]) -> None:
    """Have each file fetched; it follows its message to the other side once it is there."""
    named = not (found.anonymous and row.side is Side.SITE)
    fetch_all(turn, f"ticket/{row.id}", files, {"message": row.id}, named=named)


def carry(turn: Turn, message_id: int, place: int, name: str, sha256: str) -> None:
    """Put a file that has been fetched and kept into the outbox for the other side, unless it was taken back."""
    row = turn.session.get_one(TicketMessage, message_id)
    found = tickets.by_id(turn.session, row.ticket_id)
    if found is None or row.removed_at is not None or row.internal:
        return
    sender = people.by_id(turn.session, row.person_id) if row.person_id else None
    key = f"{message_key(row)}/file/{place}"
    who = p_("who sent a file", "{name}", name=sender.name) if sender else _("From the reporter")
    message = Message((who,), attachments=(Attachment(name, sha256),))
    if row.side is Side.SITE:
        post(turn, found, key, message, about=sender)
    else:
        tell_reporter(turn, found, key, message, about=sender)


def refuse_file(turn: Turn, argument: dict[str, object], reason: Phrase) -> None:
    """Tell the sender that a file could not be taken, and why; the words have gone on without it."""
    row = turn.session.get_one(TicketMessage, argument["message"])
    found = tickets.by_id(turn.session, row.ticket_id)
    sender = people.by_id(turn.session, row.person_id) if row.person_id else None
    text = _("Your file could not be sent on. {reason} Your words have been sent.", reason=reason)
    key = f"{message_key(row)}/refused/{argument['place']}"
    if found is not None and found.anonymous and row.side is Side.SITE:
        tell_reporter(turn, found, key, Message((text,)), lane=Lane.ANSWER)
    elif sender is not None:
        turn.put(key, Lane.ANSWER, came_from(argument), Message((text,)), sender)


TOO_LARGE = _("It is too large: please send at most 10 MB.")
WRONG_KIND = _("I can take photos, PDF documents and voice notes only.")
BROKEN = _("It could not be read. Please send it again.")
LOST = _("It could not be fetched. Please send it again.")
