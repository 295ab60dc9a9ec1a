"""Words that an engine puts into the reader's language: asked for off the turn, and shown in place of the original.

A message goes out at once as it was written, with its language named. When the translation is there, the message is
edited: the reader is not kept waiting by an engine, and hears one sound. The original is one tap away.
"""

from handlers.bridge.find import is_my_talk, message_key
from handlers.bridge.head import about_of, show
from handlers.bridge.mentor import answerer, copies
from handlers.bridge.quotes import shown_in_thread, shown_on_phone
from handlers.bridge.reporter import reporter, tell_reporter, veil
from handlers.message import Address, Edit
from handlers.router import ANYONE, Router
from handlers.turn import Turn
from locales.text import _
from storage import outbox, people, programme, tickets, translations
from storage.tables.people import Role
from storage.tables.queues import Lane
from storage.tables.tickets import Side, Ticket, TicketMessage

routes = Router()
SHORTEST = 12
"""Words of fewer letters whose language is not known are not translated: "ok" is understood everywhere."""


def want(turn: Turn, found: Ticket, row: TicketMessage) -> None:
    """Have a message put into its readers' languages, if there is an engine and they read another."""
    if not turn.house.translates or row.internal or not row.words or row.removed_at is not None:
        return
    if not row.language and len(row.words) < SHORTEST:
        return
    wanted = [one for one in _languages(turn, found, row) if one != row.language]
    if wanted:
        stamp = row.edited_at.isoformat() if row.edited_at else "first"
        argument = {"message": row.id, "to": wanted}
        turn.work(f"translate/{row.id}/{stamp}", "translate", argument)


def _languages(turn: Turn, found: Ticket, row: TicketMessage) -> list[str]:
    """The languages that the other side reads."""
    if row.side is Side.BUYER:
        return sorted(phone_languages(turn, found))
    readers = [reader for reader, _root, _mark in copies(turn, found)] or [answerer(turn, found)]
    return sorted({turn.languages(one)[0] for one in readers if one is not None})


def phone_languages(turn: Turn, found: Ticket) -> set[str]:
    """The language that the reporter reads.

    Of an anonymous reporter's site all that are read there: the reporter's own would tell who they are.
    """
    readers = programme.staff(turn.session, found.site_id) if found.anonymous else [reporter(turn, found)]
    return {turn.languages(one)[0] for one in readers if one is not None}


def source(turn: Turn, message_id: int) -> tuple[str, str]:
    """The words of a message and their language, as they are to be translated; "" for what has been taken back."""
    row = tickets.message(turn.session, message_id)
    return ("", "") if row is None or row.removed_at is not None else (row.words, row.language)


def arrived(turn: Turn, message_id: int, made: dict[str, str], words: str, detected: str) -> None:
    """Keep what the engine made of these words, by language, and show it to whoever reads it.

    Words that were changed or taken back meanwhile are not shown in another language.
    """
    row = tickets.message(turn.session, message_id)
    found = tickets.by_id(turn.session, row.ticket_id) if row else None
    if row is None or found is None or row.removed_at is not None or row.words != words:
        return
    row.language = row.language or detected
    turn.session.add(row)
    translations.keep(turn.session, {"message_id": row.id}, made, row.language)
    _show(turn, found, row)


def _show(turn: Turn, found: Ticket, row: TicketMessage) -> None:
    if row.side is Side.SITE and tickets.messages(turn.session, found.id)[0].id == row.id:
        found.language = row.language
        show(turn, found)
        return
    key, stamp = message_key(row), row.edited_at.isoformat() if row.edited_at else "first"
    if row.side is Side.BUYER:
        # Whether the words had to be translated for them would narrow down who an anonymous reporter is: always edited.
        author = people.by_id(turn.session, row.person_id) if row.person_id else None
        edit = Edit(key, shown_on_phone(turn, found, row))
        tell_reporter(turn, found, f"{key}/translated/{stamp}", edit, about=author)
        return
    for reader, _root, mark in copies(turn, found):
        sent = outbox.by_key(turn.session, f"{key}{mark}")
        if sent is not None:
            place = Address(sent.channel, sent.conversation, sent.thread)
            edit = Edit(sent.key, shown_in_thread(turn, found, row, reader))
            turn.put(f"{sent.key}/translated/{stamp}", Lane.ALERT, place, edit, reader, about_of(turn, found))


@routes.button("ticket.original", ANYONE, mine=is_my_talk)
def original(turn: Turn, message_id: str) -> None:
    """The words as they were written."""
    row = turn.session.get_one(TicketMessage, int(message_id))
    found = turn.session.get_one(Ticket, row.ticket_id)
    if turn.me.role is Role.SUPPLIER:
        veil(turn, found)
    if row.removed_at is not None:
        turn.say(_("(taken back)"))
        return
    name = turn.house.texts.name(row.language)
    turn.say(_("As it was written, in {language}:\n<i>{words}</i>", language=name, words=row.words))
