"""Work off the turn on both stores: asked for once, done by one, tried again, settled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlmodel import select

from storage import work
from storage.engine import Store
from storage.tables.queues import WorkRow, WorkState
from tests.talks import MONDAY as NOW


def put(store: Store, *keys: str) -> None:
    for key in keys:
        with store.write() as session:
            work.put(session, key, "fetch", {"file": key}, NOW)


def claim(store: Store, **later: float) -> str:
    """The key that is claimed, "" if there is none."""
    with store.write() as session:
        row = work.claim(session, NOW + timedelta(**later))
        return row.key if row else ""


def row(store: Store, key: str) -> WorkRow:
    with store.read() as session:
        return session.exec(select(WorkRow).where(WorkRow.key == key)).one()


def test_work_is_asked_for_once_and_done_in_order(store: Store) -> None:
    put(store, "a", "b", "a")
    assert [claim(store) for _time in range(3)] == ["a", "b", ""]
    assert (row(store, "a").state, row(store, "a").attempts) == (WorkState.DOING, 1)


def test_piece_of_work_is_claimed_by_one(store: Store) -> None:
    put(store, *[f"work-{number}" for number in range(12)])
    with ThreadPoolExecutor(4) as pool:
        claimed = list(pool.map(lambda _number: claim(store), range(12)))
    assert len(set(claimed) - {""}) == len([key for key in claimed if key])


def test_work_put_off_waits_for_its_time(store: Store) -> None:
    put(store, "a")
    claim(store)
    with store.write() as session:
        work.again(session, row(store, "a").id, NOW + timedelta(seconds=8), "SendError")
        assert not work.is_anything_ready(session, NOW)
        assert work.is_anything_ready(session, NOW + timedelta(seconds=8))
    assert (claim(store), claim(store, seconds=8)) == ("", "a")
    assert (row(store, "a").attempts, row(store, "a").error) == (2, "SendError")


def test_done_work_keeps_no_argument_and_failed_work_does(store: Store) -> None:
    put(store, "good", "bad")
    claim(store), claim(store)
    with store.write() as session:
        work.settle(session, row(store, "good").id)
        work.settle(session, row(store, "bad").id, "refused")
    assert (row(store, "good").state, row(store, "good").argument) == (WorkState.DONE, {})
    assert (row(store, "bad").state, row(store, "bad").argument) == (WorkState.FAILED, {"file": "bad"})
    assert claim(store, days=1) == ""


def test_work_of_a_dead_worker_is_put_back(store: Store) -> None:
    put(store, "a", "b")
    claim(store)
    with store.write() as session:
        work.take_over(session)
    assert [claim(store), claim(store)] == ["a", "b"]
