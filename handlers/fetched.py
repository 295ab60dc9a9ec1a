"""Files that people sent, once they have been fetched and checked: each goes on to what it belongs to."""

from typing import Any

from handlers.bridge import files as ticket_files
from handlers.capa import files as capa_files
from handlers.metrics import evidence
from handlers.turn import Turn
from locales.text import Phrase


def belongs_to(argument: dict[str, Any]) -> dict[str, int]:
    """What a fetched file is tied to: the column of `FileLink` and the number in it."""
    if "submission" in argument:
        return {"submission_id": argument["submission"]}
    if "capa" in argument:
        return capa_files.belongs_to(argument)
    return {"ticket_message_id": argument["message"]}


def carry(turn: Turn, argument: dict[str, Any], name: str, sha256: str) -> None:
    """Tell those whom a file concerns that it is there."""
    if "submission" in argument:
        evidence.kept(turn, argument["submission"])
    elif "capa" in argument:
        capa_files.carry(turn, argument, name, sha256)
    else:
        ticket_files.carry(turn, argument["message"], argument["place"], name, sha256)


def refuse_file(turn: Turn, argument: dict[str, Any], reason: Phrase) -> None:
    """Tell the sender that a file could not be taken, and why."""
    if "submission" in argument:
        evidence.refuse(turn, argument, reason)
    elif "capa" in argument:
        capa_files.refuse(turn, argument, reason)
    else:
        ticket_files.refuse_file(turn, argument, reason)
