"""What an invitation is worth at a moment, for the one who opens it."""

from datetime import datetime
from enum import Enum

from storage.tables.people import Invite, Person


class Standing(Enum):
    """`MINE` is an invitation that the same person has used before."""

    GOOD = "good"
    MINE = "mine"
    USED = "used"
    EXPIRED = "expired"
    SOMEBODY_ELSE = "somebody else"
    UNKNOWN = "unknown"


def standing(invite: Invite | None, now: datetime, person: Person | None) -> Standing:
    """What this invitation is worth now for this person (None: somebody we do not know)."""
    if invite is None:
        return Standing.UNKNOWN
    if person is not None:
        return Standing.MINE if person.id == invite.person_id else Standing.SOMEBODY_ELSE
    if invite.used_at is not None:
        return Standing.USED
    return Standing.EXPIRED if invite.expires_at <= now else Standing.GOOD
