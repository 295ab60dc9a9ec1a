"""Brings a prepared past into an empty store, so that a demo begins with a programme that has been going for months."""

from datetime import datetime
from pathlib import Path

from bot.playground.past.span import WHOLE
from storage.archive import BackupFault
from storage.backup import restore
from storage.engine import Store

AGAIN = "make it anew with: make past"


class NoPast(Exception):
    """There is no past to be loaded; the text says why and what to do, in one line. Nothing was changed."""


def load_past(store: Store, path: Path) -> datetime:
    """The moment from which the programme goes on, after its past has been restored. Raises `NoPast`."""
    if not path.is_file():
        raise NoPast(f"{path.name} is missing; {AGAIN}")
    try:
        restore(store, path)
    except BackupFault as fault:
        raise NoPast(f"{path.name} cannot be used: {fault}; {AGAIN}") from fault
    return WHOLE.end
