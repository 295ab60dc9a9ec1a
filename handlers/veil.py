"""Talks that leave no trace of who had them: nobody with the store alone can tell from it that they took place.

Once a dialog is veiled its answers are sealed, and what is said in it goes to a sealed address. When it ends its row is
taken away, and with it what had been said in the chat before the veil, since the times of those messages would tell.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from handlers.message import Button
from handlers.turn import Turn
from locales.text import _
from storage import dialogs, outbox
from storage.tables.talks import DialogRow, DialogState

BEFORE = timedelta(hours=1)


@dataclass(frozen=True)
class PutOn:
    """From here on the dialog is veiled."""

    def perform(self, turn: Any) -> None:
        """Veil the turn, and forget what was said in the chat up to here."""
        turn.veiled = True
        _forget_said(turn, BEFORE)


def forget(turn: Turn, row: DialogRow) -> None:
    """Take a veiled dialog away that has ended, and what was said in its chat since it began."""
    _forget_said(turn, max(BEFORE, turn.now - row.began_at + BEFORE))
    turn.session.flush()
    turn.session.delete(row)
    turn.session.flush()
    _put_back(turn)


def _forget_said(turn: Turn, span: timedelta) -> None:
    at = turn.place or turn.heard.address
    outbox.forget_said(turn.session, at.channel, at.conversation, turn.real - span)


def _put_back(turn: Turn) -> None:
    """Open what was put aside as if nothing had come between: a parked talk beside none would tell of this one."""
    at = turn.place or turn.heard.address
    row = dialogs.parked_at(turn.session, at.channel, at.conversation, at.thread, turn.me.id)
    if row is None or row.name not in turn.house.router.dialogs:
        return
    row.state = DialogState.OPEN
    turn.session.add(row)
    turn.session.flush()
    title = turn.house.router.dialogs[row.name].title
    turn.say(_("You were in the middle of this: {title}.", title=title), buttons=[[Button(_("Go on"), f"p:{row.id}")]])
