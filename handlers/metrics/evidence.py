"""Evidence: photos and papers that a person sends for a figure. Fetched off the turn, checked, tied to its version."""

from collections.abc import Sequence
from typing import Any

from handlers.fetching import came_from, fetch_all
from handlers.message import FileRef, Message
from handlers.turn import Turn
from locales.text import Phrase, _
from storage import people
from storage.tables.figures import Submission
from storage.tables.queues import Lane


def fetch_evidence(turn: Turn, submission_id: int, files: Sequence[FileRef]) -> None:
    """Have each file fetched and tied to this version of the figure."""
    key = f"evidence/{submission_id}/{turn.heard.delivery}"
    fetch_all(turn, key, files, {"submission": submission_id})


def kept(turn: Turn, submission_id: int) -> None:
    """Note in the trail that a paper is there; whoever sent it was told when it came in."""
    turn.note("evidence kept", "submission", submission_id)


def refuse(turn: Turn, argument: dict[str, Any], reason: Phrase) -> None:
    """Tell the sender that a paper could not be taken, and why; the figure stands without it."""
    figure = turn.session.get_one(Submission, argument["submission"])
    sender = people.by_id(turn.session, figure.person_id) if figure.person_id else None
    if sender is None:
        return
    text = _("Your file could not be kept with the figure. {reason} The figure itself is stored.", reason=reason)
    turn.put(
        f"evidence/{figure.id}/refused/{argument['file']}", Lane.ANSWER, came_from(argument), Message((text,)), sender
    )
