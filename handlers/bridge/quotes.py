"""How a message of the talk is shown on each side, and which message it answers.

Phones quote by the platform; a thread cannot, so there the quoted line stands above the words.
"""

from handlers.bridge.find import message_at, message_key
from handlers.bridge.reporter import reporter
from handlers.bridge.translated import for_reader
from handlers.bridge.words import yours
from handlers.message import Message, Said, Speech
from handlers.night import is_night
from handlers.turn import Turn
from locales.text import _, p_
from storage import people, tickets
from storage.tables.people import Person
from storage.tables.tickets import Side, Ticket, TicketKind, TicketMessage

LINE, MARK = 120, ">"


def quoted_by(turn: Turn, found: Ticket, said: Said, side: Side) -> TicketMessage | None:
    """The message of this talk that these words quote: by the platform's quote, or by lines that begin with `>`."""
    if side is Side.SITE:
        row = message_at(turn, said.reply_to) if said.reply_to else None
        return row if row is not None and row.ticket_id == found.id else None
    line, _words = parted(said.text)
    if not line:
        return None
    talk = [row for row in tickets.messages(turn.session, found.id) if not row.internal and row.removed_at is None]
    return next((row for row in reversed(talk) if line in " ".join(row.words.split())), None)


def parted(text: str) -> tuple[str, str]:
    """What the lines at the beginning quote, in one line, and the words below them."""
    lines = text.splitlines()
    count = next((place for place, line in enumerate(lines) if not line.startswith(MARK)), len(lines))
    quoted = " ".join(" ".join(line.removeprefix(MARK) for line in lines[:count]).split())
    return quoted, "\n".join(lines[count:]).strip()


def shown_in_thread(turn: Turn, found: Ticket, row: TicketMessage, reader: Person | None) -> Message:
    """A reporter's words as the thread shows them to this reader."""
    who = reporter(turn, found) if not found.anonymous else None
    name: Speech = p_("who wrote", "<b>{name}</b>", name=who.name) if who else _("<b>The reporter</b>")
    quoted = tickets.message(turn.session, row.quotes_id) if row.quotes_id else None
    line = [p_("a quoted line", "<i>“{words}”</i>", words=shortened(quoted.words))] if quoted and quoted.words else []
    shown = for_reader(turn, row, reader)
    return Message((name, *line, shown.words, *shown.below), shown.buttons)


def shown_on_phone(turn: Turn, found: Ticket, row: TicketMessage) -> Message:
    """A mentor's words as the phone shows them; at night without a sound."""
    who, mentor = reporter(turn, found), people.by_id(turn.session, row.person_id or 0)
    quoted = tickets.message(turn.session, row.quotes_id) if row.quotes_id else None
    shown = for_reader(turn, row, who)
    words = parted(shown.words)[1] or shown.words if quoted else shown.words
    line = _("<b>{name}</b> about {ticket}:", name=mentor.name, ticket=yours(found))
    if row.outcome:
        line = _("Because you told us about {ticket}, this was changed:", ticket=yours(found))
    quote = _quote(turn, found, quoted) if quoted else ""
    silent = who is not None and found.kind is not TicketKind.GRAVE and is_night(turn, who)
    return Message((line, words, *shown.below), shown.buttons, silent=silent, quote=quote)


def shortened(words: str) -> str:
    """The first line's worth of somebody's words."""
    plain = " ".join(words.split())
    return plain if len(plain) <= LINE else plain[: LINE - 1].rstrip() + "…"


def _quote(turn: Turn, found: Ticket, quoted: TicketMessage) -> str:
    """The message on the phone that is quoted: one carried there by its key, one written there by its own id."""
    if quoted.side is Side.BUYER:
        return f"@{message_key(quoted)}"
    if found.anonymous:
        return turn.house.seals.unseal(quoted.sealed) if quoted.sealed else ""
    return quoted.source.rpartition(":")[2]
