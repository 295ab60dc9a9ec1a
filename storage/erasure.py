"""Erasure: nothing of a person stays in the store but a number, so that figures and decisions keep their author.

What stays: figures, results, CAPAs and their steps, audit rows. What goes or is emptied: `storage/traces.py` for the
rows that name the person, and here for those that do not: private chats, deliveries, the talk about their tickets,
files that nobody else sent, their name in others' words.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete, or_, text, tuple_, update
from sqlmodel import Session, col, select

from storage import audit, deliveries, files, people
from storage.engine import Store
from storage.masking import mask_texts, mask_values, sites_of
from storage.tables.files import FileLink
from storage.tables.people import Contact, Person
from storage.tables.programme import Programme
from storage.tables.queues import OutboxRow, WorkRow
from storage.tables.talks import Delivery, DeliveryState, DialogRow
from storage.tables.tickets import Ticket, TicketMessage
from storage.tables.tips import Tip, Translation
from storage.traces import TRACES

DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass
class ErasureReport:
    """How many rows went or were emptied, by table; `masked` counts texts of others that named the person."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, table: str, rows: int) -> None:
        """Count some rows of a table; nothing is noted for none."""
        if rows:
            self.counts[table] = self.counts.get(table, 0) + rows


def erase_person(
    session: Session, person_id: int, pseudonym: str, at: datetime, hide: Callable[[str], str] = str
) -> ErasureReport:
    """What was erased. `pseudonym` takes the key's place, so that an import knows the row and does not revive it;
    `hide` gives the keyed hash under which deliveries that failed hold an account.

    Erasing again takes what has come in since; the first moment and pseudonym stay. Call `after_erasure` once the
    transaction is committed. Not for use inside the person's own open dialog, whose row goes too.
    """
    person = session.exec(select(Person).where(Person.id == person_id).with_for_update()).one()
    report = ErasureReport()
    contacts = list(session.exec(select(Contact).where(Contact.person_id == person_id)))
    digests, sites = _files_of(session, person_id), sites_of(session, person_id)
    _erase_chats(session, contacts, hide, report)
    _erase_talks(session, person_id, report)
    _erase_traces(session, person_id, report)
    report.add("blobs", files.drop_unused(session, digests))
    report.add("masked", mask_texts(session, person.name, sites) + mask_values(session, person.name))
    if person.erased_at is None:
        _replace_key(session, person.key, pseudonym)
        _empty(person, pseudonym, at)
        session.add(person)
        audit.note(session, at, None, "person erased", "person", person_id)
    session.flush()
    session.expire_all()
    return report


def after_erasure(store: Store) -> bool:
    """True once the old words are out of the store's files too, as far as the store can see to it.

    False on SQLite while another reader holds on to them: try again later. PostgreSQL frees the space, to be written
    over; its own log and any backup keep what they have until they expire.
    """
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if store.is_sqlite:
            return bool(connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0] == 0)
        for table in _touched():
            connection.exec_driver_sql(f"VACUUM {table}")
    return True


def _touched() -> list[str]:
    traced = {trace.name for trace in TRACES if trace.values is None or trace.values}
    return sorted(traced | {"people", "programme", "deliveries", "blobs", "capas"})


def _erase_chats(
    session: Session, contacts: Iterable[Contact], hide: Callable[[str], str], report: ErasureReport
) -> None:
    """Their private chats leave no trace, not even the chat's number.

    A delivery's id stays, so that it is not taken in twice.
    """
    # In a chat that others share only what was said to this person goes: their traces see to it.
    contacts = [contact for contact in contacts if not people.is_shared(session, contact)]
    accounts = [(contact.channel, contact.account) for contact in contacts]
    hidden = [(channel, hide(deliveries.account_word(channel, account))) for channel, account in accounts]
    places = accounts + [(contact.channel, contact.conversation) for contact in contacts if contact.conversation]
    said = delete(OutboxRow).where(tuple_(col(OutboxRow.channel), col(OutboxRow.conversation)).in_(places))
    taken_in = update(Delivery).where(tuple_(col(Delivery.channel), col(Delivery.account)).in_(accounts + hidden))
    emptied: dict[str, Any] = {"content": None, "answer": {}, "account": "", "error": "", "state": DeliveryState.DONE}
    report.add("outbox", _count(session, said))
    report.add("deliveries", _count(session, taken_in.values(emptied)))


def _erase_talks(session: Session, person_id: int, report: ErasureReport) -> None:
    """The talk about their tickets, on both sides: what was written to somebody is about them."""
    theirs = select(col(Ticket.id)).where(Ticket.person_id == person_id)
    kept = or_(col(TicketMessage.words) != "", col(TicketMessage.sealed) != "")
    talk = update(TicketMessage).where(col(TicketMessage.ticket_id).in_(theirs), kept)
    report.add("ticket_messages", _count(session, talk.values(words="", source="", carried="", sealed="")))
    said = select(col(TicketMessage.id)).where(
        or_(col(TicketMessage.ticket_id).in_(theirs), col(TicketMessage.person_id) == person_id)
    )
    tips = select(col(Tip.id)).where(Tip.author_id == person_id)
    put = or_(col(Translation.message_id).in_(said), col(Translation.tip_id).in_(tips))
    report.add("translations", _count(session, delete(Translation).where(put)))


def _erase_traces(session: Session, person_id: int, report: ErasureReport) -> None:
    for trace in TRACES:
        mine = getattr(trace.table, trace.column) == person_id
        if trace.values is None:
            report.add(trace.name, _count(session, delete(trace.table).where(mine)))
        elif trace.values:
            report.add(trace.name, _count(session, update(trace.table).where(mine).values(dict(trace.values))))


def _count(session: Session, statement: Any) -> int:
    result = session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)  # noqa: S101  (always so for a DELETE or UPDATE; the type says less)
    return result.rowcount


def _files_of(session: Session, person_id: int) -> set[str]:
    """The sha256 of every file they sent, or that a talk or message of theirs names."""
    found = set(session.exec(select(FileLink.sha256).where(FileLink.person_id == person_id)))
    named = (
        (DialogRow.person_id, DialogRow.answers),
        (DialogRow.person_id, DialogRow.argument),
        (WorkRow.person_id, WorkRow.argument),
        (OutboxRow.person_id, OutboxRow.payload),
        (OutboxRow.about_id, OutboxRow.payload),
    )
    for owner, column in named:
        values = select(col(column)).where(col(owner) == person_id)
        found.update(digest for value in session.exec(values) for digest in DIGEST.findall(json.dumps(value)))
    return found


def _empty(person: Person, pseudonym: str, at: datetime) -> None:
    """Leave the bare row: what somebody is in the programme, and that they are gone."""
    person.key, person.name, person.erased_at = pseudonym, "", at
    person.language = person.home_language = person.calendar = person.channel = person.privacy_version = ""
    person.timezone, person.country, person.hour, person.privacy_at = "UTC", "", None, None
    person.active = person.reachable = False


def _replace_key(session: Session, key: str, pseudonym: str) -> None:
    """The programme's settings name people by their keys: the committee, for one."""
    for programme in session.exec(select(Programme)):
        programme.settings = _replaced(programme.settings, key, pseudonym)
        session.add(programme)


def _replaced(value: Any, key: str, pseudonym: str) -> Any:
    match value:
        case str():
            return pseudonym if value == key else value
        case list():
            return [_replaced(one, key, pseudonym) for one in value]
        case Mapping():
            return {name: _replaced(one, key, pseudonym) for name, one in value.items()}
    return value
