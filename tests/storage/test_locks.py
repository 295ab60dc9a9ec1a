"""Locks on both stores: one holder at a time, and none that outlives its process."""

import gc
import sys
import time
from subprocess import PIPE, Popen

from sqlalchemy import text

from storage.engine import Store
from storage.locks import Lock
from tests.stores import fresh_store

HOLD = """
import sys, time
from storage.engine import Store
from storage.locks import Lock
lock = Lock(Store(sys.argv[1]), "tick")
print(lock.take(), flush=True)
time.sleep(60)
"""


END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE pid <> pg_backend_pid() AND datname = current_database()
"""


def taken_soon(lock: Lock) -> bool:
    """True once the lock is ours; PostgreSQL needs a moment to notice that a connection is gone."""
    give_up = time.monotonic() + 5
    while not lock.take() and time.monotonic() < give_up:
        time.sleep(0.01)
    return lock.take()


def test_second_holder_waits_until_the_first_gives_back(store: Store) -> None:
    first, second = Lock(store, "tick"), Lock(store, "tick")
    assert first.take() and first.take()
    assert not second.take()
    first.release()
    assert taken_soon(second)
    assert not first.take()
    second.release()


def test_locks_of_other_names_are_free(store: Store) -> None:
    locks = [Lock(store, name) for name in ("tick", "work", "send:slack", "send:telegram")]
    assert all(lock.take() for lock in locks)
    for lock in locks:
        lock.release()


def test_giving_back_what_was_never_taken_does_nothing(store: Store) -> None:
    first, second = Lock(store, "tick"), Lock(store, "tick")
    assert first.take()
    second.release()
    assert not second.take()
    first.release()
    first.release()


def test_lock_that_is_forgotten_is_free() -> None:
    with fresh_store("sqlite") as store:
        forgotten, follower = Lock(store, "tick"), Lock(store, "tick")
        assert forgotten.take() and not follower.take()
        del forgotten
        gc.collect()
        assert follower.take()
        follower.release()


def test_lock_dies_with_its_process(store: Store, store_url: str) -> None:
    with Popen([sys.executable, "-c", HOLD, store_url], stdout=PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "True\n"
        lock = Lock(store, "tick")
        assert not lock.take()
        holder.kill()
        holder.wait()
        assert taken_soon(lock)
        lock.release()


def test_holder_that_lost_its_connection_knows_it(store: Store) -> None:
    first, second = Lock(store, "tick"), Lock(store, "tick")
    assert first.take()
    if store.is_sqlite:
        first.release()
    else:
        with store.write() as session:
            session.execute(text(END_OTHERS))
    assert taken_soon(second)
    assert not first.take()
    second.release()
