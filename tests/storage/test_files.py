"""Files: kept once, swept away when nothing needs them, and never from under somebody who does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from threading import Barrier

import pytest
from sqlalchemy import func
from sqlmodel import Session, SQLModel, col, select

from storage import files
from storage.engine import Store
from storage.tables.files import Blob, FileLink
from storage.tables.queues import Lane, OutboxRow, SendState, WorkRow
from storage.tables.tickets import TicketMessage
from tests.storage.filled import DAY, NOW, fill

DATA = b"\x00\xff\x89PNG"
DIGEST = sha256(DATA).hexdigest()


def count(session: Session) -> int:
    """How many files there are."""
    return session.exec(select(func.count()).select_from(Blob)).one()


def test_a_file_comes_back_as_it_was_kept(store: Store) -> None:
    with store.write() as session:
        assert files.keep(session, DATA, "image/png", NOW) == DIGEST
    with store.read() as session:
        found = files.load(session, DIGEST)
    assert found is not None
    assert (found.data, found.media_type, found.size, found.at) == (DATA, "image/png", len(DATA), NOW)


def test_an_unknown_file_is_none(store: Store) -> None:
    with store.read() as session:
        assert files.load(session, DIGEST) is None


def test_keeping_a_file_again_keeps_the_later_moment(store: Store) -> None:
    with store.write() as session:
        for at in (NOW, NOW + DAY, NOW - DAY):
            files.keep(session, DATA, "image/png", at)
        assert count(session) == 1
        assert session.exec(select(Blob.at)).one() == NOW + DAY


def test_a_file_kept_by_several_at_once_is_kept_once(store: Store) -> None:
    start = Barrier(4)

    def keep(_: int) -> str:
        start.wait()
        with store.write() as session:
            return files.keep(session, DATA, "image/png", NOW)

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(keep, range(4))) == {DIGEST}
    with store.read() as session:
        assert count(session) == 1


def test_a_link_made_twice_is_one(store: Store) -> None:
    with store.write() as session:
        cast = fill(session)
        message = session.exec(select(col(TicketMessage.id))).first() or 0
        before = len(session.exec(select(FileLink)).all())
        digest = files.keep(session, DATA, "image/png", NOW)
        first = files.link(session, digest, {"ticket_message_id": message}, cast.amina)
        assert files.link(session, digest, {"ticket_message_id": message}, cast.amina).id == first.id
        assert len(session.exec(select(FileLink)).all()) == before + 1


def test_only_old_files_that_nothing_needs_are_swept(store: Store) -> None:
    with store.write() as session:
        fill(session)
        files.keep(session, DATA, "image/png", NOW)
        assert files.sweep(session, NOW) == 0
        assert files.sweep(session, NOW + DAY) == 1
        assert files.load(session, DIGEST) is None
        assert count(session) == 2


def needed_by_message(state: SendState) -> OutboxRow:
    """A message that carries the file."""
    return OutboxRow(
        key="1",
        lane=Lane.ALERT,
        channel="slack",
        conversation="C01",
        kind="message",
        payload={"attachments": [{"sha256": DIGEST}]},
        state=state,
        ready_at=NOW,
        made_at=NOW,
    )


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(lambda: needed_by_message(SendState.NEW), id="unsent message"),
        pytest.param(lambda: needed_by_message(SendState.FAILED), id="failed message"),
        pytest.param(
            lambda: WorkRow(key="1", kind="draw", argument={"file": DIGEST}, ready_at=NOW), id="unfinished work"
        ),
    ],
)
def test_a_file_that_is_still_needed_is_not_swept(store: Store, row: Callable[[], SQLModel]) -> None:
    with store.write() as session:
        files.keep(session, DATA, "image/png", NOW)
        session.add(row())
        session.flush()
        assert files.sweep(session, NOW + DAY) == 0
