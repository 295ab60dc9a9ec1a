"""All that the store holds about one person, as plain JSON, for the person to read or take along."""

from typing import Any

from sqlalchemy import or_, tuple_
from sqlmodel import Session, col, select

from storage.all_tables import metadata
from storage.rows import plain
from storage.tables.audit import AuditRow
from storage.tables.files import Blob, FileLink
from storage.tables.people import Contact, Person
from storage.tables.talks import Delivery
from storage.traces import TRACES


def export_person(session: Session, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """The rows about a person by table: rows that name them, their deliveries and files (in base64).

    Moments are ISO in UTC, decimals text. Raises NoResultFound for an unknown person.
    """
    session.exec(select(Person.id).where(Person.id == person_id)).one()
    found = {"people": _rows(session, "people", col(Person.id) == person_id)}
    for table in dict.fromkeys(trace.name for trace in TRACES):
        found[table] = _rows(session, table, _about(table, person_id))
    accounts = select(Contact.channel, Contact.account).where(Contact.person_id == person_id)
    sent = select(FileLink.sha256).where(FileLink.person_id == person_id)
    found["deliveries"] = _rows(
        session, "deliveries", tuple_(col(Delivery.channel), col(Delivery.account)).in_(accounts)
    )
    found["blobs"] = _rows(session, "blobs", col(Blob.sha256).in_(sent))
    return {table: rows for table, rows in found.items() if rows}


def _about(table: str, person_id: int) -> Any:
    """Whether a row of this table names the person, in whichever column."""
    named = [getattr(trace.table, trace.column) == person_id for trace in TRACES if trace.name == table]
    if table == AuditRow.__tablename__:
        named.append((col(AuditRow.object) == "person") & (col(AuditRow.object_id) == person_id))
    return or_(*named)


def _rows(session: Session, name: str, which: Any) -> list[dict[str, Any]]:
    table = metadata.tables[name]
    query = table.select().where(which).order_by(*table.primary_key)
    return [plain(row) for row in session.execute(query).mappings()]
