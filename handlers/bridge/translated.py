"""What a reader is shown of somebody's words: as they were written, or as an engine put them, and it says which."""

from dataclasses import dataclass

from handlers.message import Button, Speech
from handlers.router import action
from handlers.turn import Turn
from locales.text import _
from storage import translations
from storage.tables.people import Person
from storage.tables.tickets import TicketMessage


@dataclass(frozen=True)
class Shown:
    """Words for one reader, a line below them, and a button to see the original; the last two may be missing."""

    words: str
    below: tuple[Speech, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()


def for_reader(turn: Turn, row: TicketMessage, reader: Person | None) -> Shown:
    """The words in the reader's language if an engine has put them into it, else as they are with their language."""
    language = turn.languages(reader)[0]
    if not row.language or row.language == language or not row.words:
        return Shown(row.words)
    name = turn.house.texts.name(row.language)
    said = translations.of_message(turn.session, row.id, language)
    if not said:
        return Shown(row.words, (_("<i>Written in {language}.</i>", language=name),))
    return Shown(
        said,
        (_("<i>Translated from {language} by a machine.</i>", language=name),),
        ((Button(_("Show original"), action("ticket.original", row.id)),),),
    )
