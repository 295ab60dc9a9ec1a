"""Erasure: nothing of Amina is left, the figures stay, and nobody else loses a word."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlalchemy.exc import NoResultFound
from sqlmodel import col, select

from storage import files
from storage.all_tables import tables
from storage.engine import Store
from storage.erasure import ErasureReport, after_erasure, erase_person
from storage.tables.audit import AuditRow
from storage.tables.capas import Capa, CapaEvent
from storage.tables.figures import Submission
from storage.tables.people import Contact, Person
from storage.tables.planning import DueNote
from storage.tables.programme import Programme, Site
from storage.tables.queues import OutboxRow, SendState, WorkRow
from storage.tables.talks import Delivery, DeliveryState, DialogRow
from storage.tables.tickets import Ticket, TicketMessage
from storage.tables.training import LessonResult
from storage.traces import TRACES
from tests.storage.filled import DAY, NOW, WORDS, Cast, fill
from tests.storage.seen import found_in_files, found_in_rows

PSEUDONYM = "erased-5f0c"


@pytest.fixture
def cast(store: Store) -> Cast:
    """Everybody, in the store."""
    with store.write() as session:
        return fill(session)


def erase(store: Store, person: int) -> ErasureReport:
    """Erase somebody, as an operator would."""
    with store.write() as session:
        report = erase_person(session, person, PSEUDONYM, NOW + DAY)
    assert after_erasure(store)
    return report


def test_the_cast_has_rows_in_every_table(store: Store, cast: Cast) -> None:
    with store.read() as session:
        empty = [
            table.name
            for table in tables()
            if not session.execute(select(func.count()).select_from(table)).scalar_one()
        ]
    assert empty == []


def test_every_column_that_names_a_person_is_known_to_erasure() -> None:
    naming = {
        (table.name, key.parent.name)
        for table in tables()
        for key in table.foreign_keys
        if key.column.table.name == "people"
    }
    assert {(trace.name, trace.column) for trace in TRACES} == naming | {("audit", "actor_id")}


def test_nothing_of_an_erased_person_is_left_in_any_table(store: Store, cast: Cast) -> None:
    assert {place.split(": ")[1] for place in found_in_rows(store, WORDS)} == set(WORDS)
    erase(store, cast.amina)
    assert found_in_rows(store, WORDS) == []


@pytest.mark.parametrize("store_kind", ["sqlite"])
def test_nothing_of_an_erased_person_is_left_in_the_files_of_sqlite(store: Store, cast: Cast) -> None:
    folder = Path(str(store.url.database)).parent
    assert {place.split(": ")[1] for place in found_in_files(folder, WORDS)} == set(WORDS)
    erase(store, cast.amina)
    assert found_in_files(folder, WORDS) == []


def test_figures_results_and_decisions_stay(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        figure = session.exec(select(Submission)).one()
        capa = session.exec(select(Capa)).one()
        result = session.exec(select(LessonResult)).one()
        events = session.exec(select(CapaEvent.what).order_by(col(CapaEvent.id))).all()
    assert (figure.base_value, figure.person_id, figure.typed) == (Decimal(12500), cast.amina, "")
    assert (capa.owner_id, capa.finding) == (cast.amina, "… measured at the wrong meter")
    assert (result.person_id, result.right) == (cast.amina, 2)
    assert events == ["progress", "extended"]


def test_the_row_stays_bare_under_its_pseudonym(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        person = session.get_one(Person, cast.amina)
        settings = session.exec(select(Programme.settings)).one()
    assert (person.key, person.name, person.erased_at) == (PSEUDONYM, "", NOW + DAY)
    assert not person.active and not person.reachable
    assert settings["committee"] == [PSEUDONYM, "lucia"]


def test_others_keep_what_is_theirs(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        assert session.exec(select(Contact.person_id).order_by(col(Contact.id))).all() == [cast.linh, cast.mentor]
        assert session.exec(select(DialogRow.person_id).order_by(col(DialogRow.id))).all() == [cast.linh, cast.mentor]
        assert session.exec(select(WorkRow.key)).all() == ["fetch/2"]
        assert session.exec(select(Ticket.words).order_by(col(Ticket.id))).all() == [
            "",
            "Ask …; no trainer here",
            "It smells",
        ]
        assert session.exec(select(TicketMessage.words).order_by(col(TicketMessage.id))).all() == [
            "",
            "",
            "Nobody came",
        ]
        assert session.exec(select(CapaEvent.note).order_by(col(CapaEvent.id))).all() == ["", "Granted to …."]


def test_what_was_to_be_said_to_or_about_them_is_dropped(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        rows = {row.key: row for row in session.exec(select(OutboxRow))}
    assert set(rows) == {"about her", "thread", "names her", "to linh"}
    assert (rows["about her"].state, rows["about her"].payload) == (SendState.DROPPED, {})
    assert (rows["thread"].state, rows["thread"].ref) == (SendState.SENT, "ref of thread")
    assert rows["names her"].payload == {"text": "CAPA 1 was taken up by …"}
    assert (rows["to linh"].state, rows["to linh"].payload) == (SendState.NEW, {"text": "Your figures are due"})


def test_their_failed_delivery_is_never_played_again_nor_taken_in_twice(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        delivery = session.get_one(Delivery, "telegram:1")
    assert (delivery.state, delivery.content, delivery.account) == (DeliveryState.DONE, None, "")


def test_only_files_that_nobody_else_sent_go(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        assert files.load(session, cast.photo) is None
        assert files.load(session, cast.shared) is not None


def test_what_was_planned_for_them_is_not_planned_again(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        notes = session.exec(select(DueNote.person_id, DueNote.state, DueNote.reason).order_by(col(DueNote.id))).all()
    assert notes == [(cast.amina, "dropped", "erased"), (cast.linh, "planned", "")]


def test_the_deed_is_in_the_audit_trail_without_a_name(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.read() as session:
        deeds = session.exec(select(AuditRow.what, AuditRow.object_id).order_by(col(AuditRow.id))).all()
    assert deeds == [("figure given", 1), ("person erased", cast.amina)]


def test_the_report_counts_rows_by_table(store: Store, cast: Cast) -> None:
    counts = erase(store, cast.amina).counts
    assert (counts["contacts"], counts["invites"], counts["blobs"], counts["file_links"]) == (1, 1, 1, 2)
    assert counts["masked"] == 14


def test_erasing_again_takes_what_came_in_since(store: Store, cast: Cast) -> None:
    erase(store, cast.amina)
    with store.write() as session:
        session.add(WorkRow(key="late", kind="fetch", person_id=cast.amina, ready_at=NOW))
    with store.write() as session:
        report = erase_person(session, cast.amina, "another", NOW + 2 * DAY)
        person = session.get_one(Person, cast.amina)
        assert (person.key, person.erased_at, report.counts["work"]) == (PSEUDONYM, NOW + DAY, 1)
        assert len(session.exec(select(AuditRow).where(AuditRow.what == "person erased")).all()) == 1


def test_an_erased_mentor_leaves_the_site_and_the_talk(store: Store, cast: Cast) -> None:
    erase(store, cast.mentor)
    with store.read() as session:
        assert session.exec(select(Site.mentor_id)).one() is None
        assert "Thank you, Amina" not in session.exec(select(TicketMessage.words)).all()
        assert session.exec(select(Capa.finding)).one() == "Amina measured at the wrong meter"


def test_nobody_unknown_is_erased(store: Store) -> None:
    with pytest.raises(NoResultFound), store.write() as session:
        erase_person(session, 99, PSEUDONYM, NOW)
