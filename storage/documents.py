"""Who is to read which version of a document, and who has."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import exists, insert, literal, update
from sqlmodel import Session, col, select

from storage.tables.base import Moment
from storage.tables.documents import DocumentReading
from storage.tables.people import Membership, Person, Role
from storage.tables.programme import Site


def ask_all(session: Session, document: str, version: int, duties: Sequence[str], now: datetime, today: date) -> None:
    """Have a version asked of everybody at a site whom it concerns and of whom it was not asked; older ones rest."""
    asked = exists().where(
        col(DocumentReading.person_id) == Person.id,
        col(DocumentReading.document) == document,
        col(DocumentReading.version) >= version,
    )
    concerned = [col(Membership.duty).in_(duties)] if duties else []
    rows = (
        select(  # type: ignore[call-overload]
            col(Person.id), literal(document), literal(version), literal(now, Moment), literal(today), literal(0)
        )
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
    session.execute(insert(DocumentReading).from_select(columns, rows))
    older = update(DocumentReading).where(
        col(DocumentReading.document) == document,
        col(DocumentReading.version) < version,
        col(DocumentReading.ask_on).is_not(None),
    )
    session.execute(older.values(ask_on=None).execution_options(synchronize_session=False))


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
