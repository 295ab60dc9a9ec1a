"""What runs in threads: a caller who is cancelled ends after its thread, and leaves no lock behind."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from bot.threads import in_thread
from storage.engine import Store
from storage.locks import Lock
from tests.bot.wire import Post


class Slow:
    """Something a thread does, slowly enough to be cancelled in the middle."""

    def __init__(self) -> None:
        self.begun, self.go_on, self.ended = Event(), Event(), False

    def __call__(self) -> str:
        self.begun.set()
        self.go_on.wait(10)
        self.ended = True
        return "done"


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


def test_cancelled_caller_waits_for_its_thread(pool: ThreadPoolExecutor) -> None:
    slow = Slow()

    async def play() -> None:
        caller = asyncio.create_task(in_thread(pool, slow))
        await asyncio.to_thread(slow.begun.wait, 10)
        caller.cancel()
        await asyncio.sleep(0.05)
        assert not caller.done()
        slow.go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await caller
        assert slow.ended

    asyncio.run(play())


def test_fault_in_a_thread_reaches_the_caller(pool: ThreadPoolExecutor) -> None:
    with pytest.raises(ZeroDivisionError):
        asyncio.run(in_thread(pool, divmod, 1, 0))


def test_sender_that_is_stopped_while_it_looks_leaves_its_lock_free(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, real = Slow(), Lock.take

    def take(lock: Lock) -> bool:
        if real(lock) and lock is post.sender.lock:
            lock.release()
            slow()
        return real(lock)

    async def play(store: Store) -> None:
        monkeypatch.setattr(Lock, "take", take)
        sender = asyncio.create_task(post.sender.run())
        await asyncio.to_thread(slow.begun.wait, 10)
        sender.cancel()
        await asyncio.sleep(0.05)
        slow.go_on.set()
        await asyncio.gather(sender, return_exceptions=True)
        monkeypatch.undo()
        follower = Lock(store, post.sender.lock.name)
        assert follower.take()
        follower.release()

    asyncio.run(play(post.store))
