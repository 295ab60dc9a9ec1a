"""The sender: in order, within budget, and through every fault of a platform."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot import delivery
from bot.channel import Budget, SendError, Sending
from bot.clock import real_now
from storage import files, outbox
from storage.engine import Store
from storage.tables.queues import Lane, SendState
from tests.bot.wire import FakeChannel, Post
from tests.stores import fresh_store


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    for name in ("POLL_S", "ROOT_WAIT_S", "STORE_AGAIN_S"):
        monkeypatch.setattr(delivery, name, 0.01)
    with fresh_store("sqlite") as store:
        made = Post(store, FakeChannel())
        yield made
        made.pool.shutdown()


def once(error: Exception) -> Callable[[Sending], None]:
    """Trouble with the first message only."""
    errors = [error]

    def trouble(_sending: Sending) -> None:
        if errors:
            raise errors.pop()

    return trouble


def always(error: Exception, text: str = "") -> Callable[[Sending], None]:
    """Trouble with every message, or with those of this text."""

    def trouble(sending: Sending) -> None:
        if text in ("", sending.payload.get("text")):
            raise error

    return trouble


def failing_until(monkeypatch: pytest.MonkeyPatch, name: str, times: int) -> None:
    """A function of the outbox finds the store out of reach so many times."""
    real, left = getattr(outbox, name), [None] * times

    def function(*arguments: Any, **named: Any) -> Any:
        if left:
            left.pop()
            raise OperationalError("", {}, Exception())
        return real(*arguments, **named)

    monkeypatch.setattr(outbox, name, function)


# --- order ---


def test_messages_of_a_chat_arrive_in_order_one_at_a_time(post: Post) -> None:
    words = [post.row(post.put(str(number))).payload["text"] for number in range(8)]
    post.channel.trouble = lambda _sending: asyncio.sleep(0.002)
    asyncio.run(post.sends(8))
    assert post.channel.words() == words
    assert post.channel.most_at_once == {"anna": 1}


def test_chats_do_not_wait_for_each_other(post: Post) -> None:
    held = asyncio.Event()

    async def play() -> None:
        post.channel.trouble = lambda sending: held.wait() if sending.conversation == "anna" else None
        post.put("held")
        post.put("free", "ben")
        async with post.running():
            await post.until(lambda: post.channel.words() == ["free"])
            held.set()
            await post.until(lambda: len(post.channel.sent) == 2)

    asyncio.run(play())


def test_answers_go_before_alerts_and_alerts_before_pushes(post: Post) -> None:
    for lane in (Lane.PUSH, Lane.ALERT, Lane.ANSWER):
        post.put(lane.name, lane=lane)
    asyncio.run(post.sends(3))
    assert post.channel.words() == ["ANSWER", "ALERT", "PUSH"]


def test_failing_message_holds_its_thread_and_no_other(post: Post) -> None:
    post.channel.trouble = always(SendError("server error"), "bad")
    post.put("bad", thread="1")
    post.put("behind", thread="1")
    post.put("beside", thread="2")
    asyncio.run(post.sends(1))
    assert post.channel.words() == ["beside"]


def test_message_for_later_holds_back_those_behind_it(post: Post) -> None:
    post.put("later", ready_at=real_now() + timedelta(minutes=1))
    post.put("behind")
    post.put("another lane", lane=Lane.ALERT)
    asyncio.run(post.sends(1))
    assert post.channel.words() == ["another lane"]


# --- faults ---


def test_message_is_tried_again_with_a_growing_pause(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    key = post.put("hello")
    pauses = [post.sender._pause(row, SendError("")) for row in _tried(post, key, range(1, 14))]
    assert pauses[:4] == [0.5, 1.0, 2.0, 4.0]
    assert pauses == sorted(pauses) and pauses[-1] == 300
    monkeypatch.setattr(delivery, "LONGEST_WAIT_S", 0.01)
    post.channel.trouble = once(SendError("server error"))
    asyncio.run(post.sends(1))
    assert (post.row(key).state, post.row(key).attempts, len(post.channel.tried)) == (SendState.SENT, 2, 2)


def _tried(post: Post, key: str, attempts: range) -> list[Any]:
    rows = [post.row(key) for _attempt in attempts]
    for row, attempt in zip(rows, attempts, strict=True):
        row.attempts = attempt
    return rows


def test_message_that_fails_too_often_is_given_up_and_kept(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "LONGEST_WAIT_S", 0.0)
    post.channel.trouble = always(SendError("server error"), "bad")
    bad, behind = post.put("bad"), post.put("behind")
    asyncio.run(post.sends(1))
    assert (post.row(bad).state, post.row(bad).payload["text"]) == (SendState.FAILED, "bad")
    assert len(post.channel.tried) == delivery.MOST_ATTEMPTS + 1
    assert post.row(behind).state is SendState.SENT


def test_permanent_failure_is_not_tried_again(post: Post) -> None:
    post.channel.trouble = always(SendError("bad request", permanent=True), "bad")
    bad = post.put("bad")
    post.put("good")
    asyncio.run(post.sends(1))
    assert (post.row(bad).state, post.row(bad).error) == (SendState.FAILED, "bad request")
    assert len(post.channel.tried) == 2


def test_closed_chat_is_dropped_and_told(post: Post) -> None:
    post.channel.trouble = always(SendError("blocked", gone=True), "first")
    first, second, waiting = post.put("first"), post.put("second"), post.put("drawn", state=SendState.WAITING)
    post.put("other", "ben")
    asyncio.run(post.sends(1))
    assert post.gone == ["anna"]
    assert [post.row(key).state for key in (first, second, waiting)] == [
        SendState.FAILED,
        SendState.DROPPED,
        SendState.DROPPED,
    ]
    assert post.row(second).payload == {}
    assert post.channel.words() == ["other"]


def test_message_follows_its_chat_to_the_new_id(post: Post) -> None:
    post.channel.trouble = once(SendError("migrated", moved_to="group-2"))
    keys = [post.put("first", "group-1"), post.put("second", "group-1")]
    asyncio.run(post.sends(2))
    assert [one.conversation for one in post.channel.sent] == ["group-2", "group-2"]
    assert post.channel.words() == ["first", "second"]
    assert [post.row(key).state for key in keys] == [SendState.SENT, SendState.SENT]


def test_send_that_hangs_is_ended_and_tried_again(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "SEND_S", 0.02)
    monkeypatch.setattr(delivery, "LONGEST_WAIT_S", 0.01)
    hanging = [asyncio.sleep(60)]
    post.channel.trouble = lambda _sending: hanging.pop() if hanging else None
    key = post.put("hello")
    asyncio.run(post.sends(1))
    assert len(post.channel.tried) == 2
    assert post.row(key).state is SendState.SENT


def test_broken_row_does_not_stop_the_queue(post: Post) -> None:
    broken = post.put("broken", payload={"attachments": [{"name": "a.pdf"}]})
    post.channel.trouble = always(ZeroDivisionError(), "worse")
    worse = post.put("worse", "ben")
    post.put("good", "cleo")
    asyncio.run(post.sends(1))
    assert post.channel.words() == ["good"]
    assert (post.row(broken).error, post.row(worse).error) == ("KeyError", "ZeroDivisionError")
    assert post.row(broken).ready_at > real_now() - timedelta(seconds=1)


def test_file_that_is_gone_is_a_permanent_failure(post: Post) -> None:
    key = post.put("look", payload={"attachments": [{"name": "a.png", "sha256": "0" * 64}]})
    post.put("good", "ben")
    asyncio.run(post.sends(1))
    assert (post.row(key).state, post.row(key).error) == (SendState.FAILED, "a file is gone")


def test_files_are_sent_with_their_bytes(post: Post) -> None:
    with post.store.write() as session:
        sha256 = files.keep(session, b"%PDF-", "application/pdf", real_now())
    post.put("look", payload={"attachments": [{"name": "a.pdf", "sha256": sha256}]})
    asyncio.run(post.sends(1))
    (sent,) = post.channel.sent
    assert [(one.name, one.media_type, one.data) for one in sent.files] == [("a.pdf", "application/pdf", b"%PDF-")]


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
