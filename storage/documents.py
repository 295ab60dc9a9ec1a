"""Who is to read which version of a document, and who has."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Date, Insert, Integer, String, Update, bindparam, exists, insert, literal, update
from sqlmodel import Session, col, select

from storage.tables.base import Moment
from storage.tables.documents import DocumentReading
from storage.tables.people import Membership, Person, Role
from storage.tables.programme import Site


def ask_all(session: Session, document: str, version: int, duties: Sequence[str], now: datetime, today: date) -> None:
    """Have a version asked of everybody at a site whom it concerns and of whom it was not asked; older ones rest."""
    which = {"a_document": document, "a_version": version}
    session.execute(_asking(tuple(duties)), {**which, "now": now, "today": today})
    session.execute(_resting(), which)


DOCUMENT, VERSION = bindparam("a_document", type_=String), bindparam("a_version", type_=Integer)


@cache
def _asking(duties: tuple[str, ...]) -> Insert:
    """The statement, made once: that takes longer than running it for a small programme."""
    asked = exists().where(
        col(DocumentReading.person_id) == Person.id,
        col(DocumentReading.document) == DOCUMENT,
        col(DocumentReading.version) >= VERSION,
    )
    concerned = [col(Membership.duty).in_(duties)] if duties else []
    now, today = bindparam("now", type_=Moment), bindparam("today", type_=Date)
    rows: Any = (
        select(col(Person.id), DOCUMENT, VERSION, now, today, literal(0))  # type: ignore[call-overload]
        .select_from(Person)
        .join(Membership, col(Membership.person_id) == Person.id)
        .join(Site, col(Site.id) == Membership.site_id)
        .where(
            Person.role == Role.SUPPLIER,
            col(Person.active),
            col(Person.privacy_at).is_not(None),
            col(Site.active),
            ~asked,
            *concerned,
        )
        .distinct()
    )
    columns = ["person_id", "document", "version", "made_at", "ask_on", "asks"]
    # The table, not its class: for a class, values given with a statement would be rows to insert.
    return insert(DocumentReading.__table__).from_select(columns, rows)  # type: ignore[attr-defined]


@cache
def _resting() -> Update:
    older = update(DocumentReading.__table__).where(  # type: ignore[attr-defined]
        col(DocumentReading.document) == DOCUMENT,
        col(DocumentReading.version) < VERSION,
        col(DocumentReading.ask_on).is_not(None),
    )
    return older.values(ask_on=None)


def readings(session: Session, person_ids: Collection[int]) -> list[DocumentReading]:
    """What these people were asked to read or have read, oldest first."""
    query = select(DocumentReading).where(col(DocumentReading.person_id).in_(person_ids))
    return list(session.exec(query.order_by(col(DocumentReading.id))))


def reading(session: Session, person_id: int, document: str, version: int) -> DocumentReading | None:
    """What is known of a person and a version."""
    return session.exec(
        select(DocumentReading).where(
            DocumentReading.person_id == person_id,
            DocumentReading.document == document,
            DocumentReading.version == version,
        )
    ).first()
