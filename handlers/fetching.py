"""Has files fetched that people sent: off the turn, one after another, each with what it will belong to."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.message import Address, FileRef
from handlers.turn import Turn


def fetch_all(turn: Turn, key: str, files: Sequence[FileRef], tied: Mapping[str, Any], *, named: bool = True) -> None:
    """Have each file fetched once for the key; `tied` says what it belongs to, as `handlers/fetched.py` reads it.

    A name can be in a file's name: unless it is `named`, that is left out.
    """
    at = turn.heard.address
    for place, file in enumerate(files):
        argument = {
            "channel": at.channel,
            "conversation": at.conversation,
            "thread": at.thread,
            "file": file.id,
            "size": file.size,
            "kind": file.kind,
            "name": file.name if named else "",
            "place": place,
            **tied,
        }
        turn.work(f"fetch/{key}/{place}", "fetch", argument)


def came_from(argument: Mapping[str, Any]) -> Address:
    """Where a file was sent, and its sender is told what became of it."""
    return Address(str(argument["channel"]), str(argument["conversation"]), str(argument.get("thread", "")))
