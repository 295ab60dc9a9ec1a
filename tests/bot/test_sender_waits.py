"""The sender: within budget, threads and edits after their roots, one sender after another, and the store away."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import delivery
from bot.channel import Budget, SendError
from bot.clock import real_now
from storage import outbox
from storage.engine import Store
from storage.tables.queues import Lane, SendState
from tests.bot.wire import FakeChannel, Post, always, once


def failing_until(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """A function of the outbox finds the store out of reach so many times."""
    real, left = getattr(outbox, name), [None] * times

    def function(*arguments: Any, **named: Any) -> Any:
        if left:
            left.pop()
            raise OperationalError("", {}, Exception())
        return real(*arguments, **named)

    monkeypatch.setattr(outbox, name, function)


# --- budgets and waits that the platform asks for ---


@pytest.mark.parametrize(("scope", "others"), [("chat", ["other"]), ("channel", [])])
def test_platform_that_asks_to_wait_is_obeyed_for_the_right_scope(post: Post, scope: Any, others: list[str]) -> None:
    async def play() -> None:
        post.channel.trouble = once(SendError("flood", retry_after_s=0.3, scope=scope))
        post.put("first")
        async with post.running():
            await post.until(lambda: post.channel.tried and not post.sender._sending)
            post.put("other", "ben")
            post.put("behind", lane=Lane.ALERT)
            await asyncio.sleep(0.15)
            assert post.channel.words() == others
            await post.until(lambda: len(post.channel.sent) == 3)

    asyncio.run(play())


def test_waiting_as_asked_brings_no_message_nearer_to_being_given_up(post: Post) -> None:
    post.channel.trouble = always(SendError("flood", retry_after_s=0.001))
    key = post.put("hello")

    async def play() -> None:
        async with post.running():
            await post.until(lambda: len(post.channel.tried) > delivery.MOST_ATTEMPTS + 3)
            post.channel.trouble = lambda _sending: None
            await post.until(lambda: post.row(key).state is SendState.SENT)

    asyncio.run(play())
    assert post.row(key).attempts == 1


def test_chat_gets_its_burst_and_then_its_pace(post: Post) -> None:
    post.channel.budget = Budget(per_second=1000, chat_interval_s=60, chat_burst=3, group_interval_s=60, group_burst=1)
    post.sender = post.another()
    for number in range(6):
        post.put(str(number))
        post.put(str(number), "group-1")

    async def play() -> None:
        async with post.running():
            await post.until(lambda: len(post.channel.sent) >= 4)
            await asyncio.sleep(0.1)

    asyncio.run(play())
    assert len(post.channel.words("anna")) == 3
    assert len(post.channel.words("group-1")) == 1


def test_part_of_the_budget_is_kept_for_answers(post: Post) -> None:
    post.channel.budget = Budget(
        per_second=0.0001, chat_interval_s=60, chat_burst=9, group_interval_s=60, group_burst=9
    )
    post.sender = post.another()
    post.sender.pace._all.burst, post.sender.pace._all.tokens = 10, 10.0

    async def play() -> None:
        for number in range(12):
            post.put("push", f"chat-{number}", Lane.PUSH)
        async with post.running():
            await post.until(lambda: len(post.channel.sent) == 8)
            post.put("answer", "ben")
            await post.until(lambda: "answer" in post.channel.words())
            await asyncio.sleep(0.05)

    asyncio.run(play())
    assert post.channel.words().count("push") == 8


# --- threads, edits, taking over ---


def test_message_in_a_thread_waits_for_its_root(post: Post) -> None:
    held = asyncio.Event()

    async def play() -> None:
        post.channel.trouble = lambda sending: held.wait() if sending.payload["text"] == "root" else None
        root = post.put("root", "C1")
        post.put("reply", "C1", Lane.ALERT, thread=f"@{root}")
        async with post.running():
            await post.until(lambda: post.channel.in_flight)
            held.set()
            await post.until(lambda: len(post.channel.sent) == 2)

    asyncio.run(play())
    assert [(one.payload["text"], one.thread) for one in post.channel.sent] == [("root", ""), ("reply", "ref-1")]


def test_waiting_for_a_root_brings_no_message_nearer_to_being_given_up(post: Post) -> None:
    root = post.put("root", "C1", ready_at=real_now() + timedelta(seconds=0.4))
    reply = post.put("reply", "C1", Lane.ALERT, thread=f"@{root}")
    asyncio.run(post.sends(2))
    assert post.channel.words() == ["root", "reply"]
    assert post.row(reply).attempts == 1


def test_reply_to_a_root_that_never_came_is_dropped(post: Post) -> None:
    post.channel.trouble = always(SendError("no such channel", permanent=True), "root")
    root = post.put("root", "C1")
    reply = post.put("reply", "C1", Lane.ALERT, thread=f"@{root}")
    orphan = post.put("reply", "C2", thread="@nothing")
    post.put("other", "C3")

    async def play() -> None:
        async with post.running():
            await post.until(lambda: {post.row(key).state for key in (reply, orphan)} == {SendState.DROPPED})

    asyncio.run(play())
    assert post.channel.words() == ["other"]


def test_edit_waits_for_the_message_it_is_about(post: Post) -> None:
    first = post.put("first", "C1", ready_at=real_now() + timedelta(seconds=0.1))
    post.put("better", "C1", Lane.ALERT, kind="edit", payload={"of": first})
    asyncio.run(post.sends(2))
    assert [(one.kind, one.of) for one in post.channel.sent] == [("message", ""), ("edit", "ref-1")]


def test_sender_that_follows_a_dead_one_sends_again_and_counts_it(post: Post) -> None:
    key = post.put("hello")
    with post.store.write() as session:
        outbox.claim(session, "fake", real_now(), 10, (), Lane.PUSH)
    asyncio.run(post.sends(1))
    assert post.channel.words() == ["hello"]
    assert post.row(key).repeats == 1


def test_second_sender_waits_until_the_first_has_ended(post: Post) -> None:
    async def play() -> None:
        second = asyncio.create_task(post.another().run())
        await asyncio.sleep(0.05)
        rival = asyncio.create_task(post.sender.run())
        await asyncio.sleep(0.05)
        for number in range(5):
            post.put(str(number))
        await post.until(lambda: len(post.channel.sent) == 5)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)
        post.put("last")
        await post.until(lambda: len(post.channel.sent) == 6)
        rival.cancel()
        await asyncio.gather(rival, return_exceptions=True)

    asyncio.run(play())
    assert post.channel.words() == ["0", "1", "2", "3", "4", "last"]


def test_what_is_on_its_way_is_finished_before_the_sender_ends(post: Post) -> None:
    async def play() -> None:
        post.channel.trouble = lambda _sending: asyncio.sleep(0.1)
        async with post.running():
            await post.until(lambda: post.channel.in_flight)

    key = post.put("hello")
    asyncio.run(play())
    assert post.row(key).state is SendState.SENT


def test_what_hangs_when_the_sender_ends_is_left_as_a_possible_repeat(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FINISH_S", 0.05)

    async def play() -> None:
        post.channel.trouble = lambda _sending: asyncio.sleep(60)
        async with post.running():
            await post.until(lambda: post.channel.in_flight)
        await asyncio.sleep(0)
        assert post.channel.in_flight == []

    key = post.put("hello")
    asyncio.run(play())
    assert post.row(key).state is SendState.SENDING
    post.channel.trouble = lambda _sending: None
    asyncio.run(post.sends(1))
    assert post.row(key).repeats == 1


# --- the store out of reach ---


def test_mark_is_written_when_the_store_is_back_and_nothing_is_sent_twice(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_until(monkeypatch, "sent", 2)
    key = post.put("hello")
    post.put("behind")
    asyncio.run(post.sends(2))
    assert post.channel.words() == ["hello", "behind"]
    assert post.row(key).state is SendState.SENT


def test_sender_outlives_a_store_that_is_out_of_reach(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    failing_until(monkeypatch, "claim", 1)
    post.put("hello")
    asyncio.run(post.sends(1))
    assert post.channel.words() == ["hello"]


def test_nothing_is_sent_twice_by_two_claims(store: Store) -> None:
    post = Post(store, FakeChannel())
    for number in range(20):
        post.put(str(number), f"chat-{number}")
    with store.write() as session:
        first = [row.id for row in outbox.claim(session, "fake", real_now(), 15, (), Lane.PUSH)]
    with store.write() as session:
        second = [row.id for row in outbox.claim(session, "fake", real_now(), 15, (), Lane.PUSH)]
        assert session.execute(text("SELECT count(*) FROM outbox WHERE state = 'sending'")).scalar_one() == 20
    post.pool.shutdown()
    assert not set(first) & set(second) and len(first + second) == 20
