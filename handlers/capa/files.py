"""Evidence for CAPAs and their steps: fetched off the turn, checked, tied to what it shows, and put into the thread."""

from collections.abc import Sequence
from typing import Any

from handlers.capa.telling import thread_key
from handlers.fetching import came_from, fetch_all
from handlers.message import Attachment, FileRef, Message
from handlers.tickets import ticket
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import people
from storage.tables.capas import Capa
from storage.tables.queues import Lane


def fetch(turn: Turn, capa: Capa, files: Sequence[FileRef], step_id: int | None = None) -> None:
    """Have each file fetched and tied to the CAPA, or to a step of it."""
    tied = {"capa": capa.id, "step": step_id, "sender": turn.me.id}
    fetch_all(turn, f"capa/{capa.id}/{turn.heard.delivery}", files, tied)


def belongs_to(argument: dict[str, Any]) -> dict[str, int]:
    """The column of `FileLink` and the number in it."""
    if argument["step"] is not None:
        return {"capa_step_id": argument["step"]}
    return {"capa_id": argument["capa"]}


def carry(turn: Turn, argument: dict[str, Any], name: str, sha256: str) -> None:
    """Show a file that is kept in the CAPA's thread."""
    capa = turn.session.get_one(Capa, argument["capa"])
    turn.note("capa evidence kept", "capa", capa.id)
    mentor, sender = turn.mentor_of(capa.site_id), people.by_id(turn.session, argument["sender"])
    if mentor is not None:
        text = _("A file from {name} for CAPA {number}.", name=sender.name, number=ticket(capa.id))
        message = Message((text,), attachments=(Attachment(name, sha256),))
        turn.post(mentor, f"capa/{capa.id}/file/{argument['file']}", message, f"@{thread_key(capa)}", sender)


def refuse(turn: Turn, argument: dict[str, Any], reason: Phrase) -> None:
    """Tell the sender that a file could not be taken, and why."""
    capa, sender = turn.session.get_one(Capa, argument["capa"]), people.by_id(turn.session, argument["sender"])
    text = _(
        "Your file for CAPA {number} could not be kept. {reason} Your words have been sent.",
        number=ticket(capa.id),
        reason=reason,
    )
    turn.put(f"capa/{capa.id}/refused/{argument['file']}", Lane.ANSWER, came_from(argument), Message((text,)), sender)
