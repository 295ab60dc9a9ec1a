"""How much time the programme asked of people, without a word of what they said."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.tables.talks import DialogRow


class Asked(NamedTuple):
    """A dialog with somebody: when it began and was last touched, and how many entries its answers have."""

    person_id: int
    name: str
    began_at: datetime
    touched_at: datetime
    answers: int


def asked(session: Session, person_ids: Collection[int], since: datetime, until: datetime) -> list[Asked]:
    """The dialogs with these people that began from `since` (included) to `until` (not included), oldest first.

    Veiled ones are left out: that somebody was there is nobody's business.
    """
    query = (
        select(  # type: ignore[call-overload]
            DialogRow.person_id,
            DialogRow.name,
            DialogRow.began_at,
            DialogRow.touched_at,
            func.json_array_length(DialogRow.answers),
        )
        .where(col(DialogRow.person_id).in_(person_ids), ~col(DialogRow.veiled))
        .where(col(DialogRow.began_at) >= since, col(DialogRow.began_at) < until)
        .order_by(col(DialogRow.id))
    )
    return [Asked(*row) for row in session.execute(query)]
