"""Rows of the outbox whose address and words are sealed: opened when they are sent, and closed again after.

Such a row ends as sent whatever became of it. Whether it arrived would tell who cannot be reached, and so for
whom it is.
"""

import json
from typing import Any

from sqlmodel import Session

from bot.seals import PREFIX, Seals
from storage import people
from storage.tables.queues import OutboxRow


def is_sealed(row: OutboxRow) -> bool:
    """Whether the row hides for whom it is."""
    return row.conversation.startswith(PREFIX)


def address(session: Session, seals: Seals, row: OutboxRow) -> str:
    """The chat that a row goes to; "" if the person behind a sealed one cannot be reached here."""
    if not is_sealed(row):
        return row.conversation
    contacts = people.contacts(session, int(seals.unseal(row.conversation)))
    return next((one.conversation for one in contacts if one.channel == row.channel and one.conversation), "")


def content(seals: Seals, row: OutboxRow) -> dict[str, Any]:
    """What a row says."""
    hidden = row.payload.get("sealed")
    opened: dict[str, Any] = json.loads(seals.unseal(hidden)) if hidden else row.payload
    return opened


def reference(seals: Seals, row: OutboxRow) -> str:
    """The platform's id of what a row became; "" if it was not sent."""
    return seals.unseal(row.ref) if row.ref and is_sealed(row) else row.ref
