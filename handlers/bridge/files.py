"""Files of an obstacle's talk: fetched off the turn, checked, kept, and carried to the other side."""

from collections.abc import Sequence

from handlers.bridge.reporter import reporter
from handlers.message import Address, Attachment, FileRef, Message
from handlers.turn import Turn
from locales.text import Phrase, _, p_
from storage import people, tickets
from storage.tables.queues import Lane
from storage.tables.tickets import Side, TicketMessage


def fetch_files(turn: Turn, row: TicketMessage, files: Sequence[FileRef]) -> None:
    """Have each file fetched; it follows its message to the other side once it is there."""
    for place, file in enumerate(files):
        argument = {
            "channel": turn.heard.address.channel,
            "conversation": turn.heard.address.conversation,
            "thread": turn.heard.address.thread,
            "file": file.id,
            "size": file.size,
            "kind": file.kind,
            "name": file.name,
            "message": row.id,
            "place": place,
        }
        turn.work(f"fetch/ticket/{row.id}/{place}", "fetch", argument)


def carry(turn: Turn, message_id: int, place: int, name: str, sha256: str) -> None:
    """Put a file that has been fetched and kept into the outbox for the other side."""
    row = turn.session.get_one(TicketMessage, message_id)
    found = tickets.by_id(turn.session, row.ticket_id)
    sender = people.by_id(turn.session, row.person_id) if row.person_id else None
    if found is None or sender is None:
        return
    key = f"ticket/{row.ticket_id}/{row.id}/file/{place}"
    message = Message((p_("who sent a file", "{name}", name=sender.name),), attachments=(Attachment(name, sha256),))
    if row.side is Side.SITE:
        mentor = turn.mentor_of(found.site_id)
        if mentor is not None:
            turn.post(mentor, key, message, f"@ticket/{found.id}/thread", about=sender)
    else:
        who = reporter(turn, found)
        if who is not None:
            turn.tell(who, key, message, Lane.ALERT, about=sender)


def refuse_file(turn: Turn, argument: dict[str, object], reason: Phrase) -> None:
    """Tell the sender that a file could not be taken, and why; the words have gone on without it."""
    row = turn.session.get_one(TicketMessage, argument["message"])
    sender = people.by_id(turn.session, row.person_id) if row.person_id else None
    if sender is None:
        return
    text = _("Your file could not be sent on. {reason} Your words have been sent.", reason=reason)
    address = Address(str(argument["channel"]), str(argument["conversation"]), str(argument.get("thread", "")))
    key = f"ticket/{row.ticket_id}/{row.id}/refused/{argument['place']}"
    turn.put(key, Lane.ANSWER, address, Message((text,)), sender)


TOO_LARGE = _("It is too large: please send at most 10 MB.")
WRONG_KIND = _("I can take photos, PDF documents and voice notes only.")
BROKEN = _("It could not be read. Please send it again.")
LOST = _("It could not be fetched. Please send it again.")
