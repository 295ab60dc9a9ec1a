"""The sender: in order, one at a time in a chat, and through every fault of a platform."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot import delivery
from bot.channel import SendError
from bot.clock import real_now
from storage import files
from storage.tables.queues import Lane, SendState
from tests.bot.wire import Post, always, once

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
