"""The outbox on both stores: each message once, in order, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from storage import outbox
from storage.engine import Store
from storage.tables.queues import Lane, OutboxRow, SendState
from tests.talks import MONDAY as NOW


def put(store: Store, key: str, **given: Any) -> bool:
    """True if the row is new."""
    usual: dict[str, Any] = {
        "lane": Lane.ANSWER,
        "channel": "telegram",
        "conversation": "anna",
        "kind": "message",
        "payload": {"text": key},
        "ready_at": NOW,
        "made_at": NOW,
    }
    with store.write() as session:
        return outbox.put(session, OutboxRow(key=key, **(usual | given)))


def claim(
    store: Store, limit: int = 10, held: tuple[str, ...] = (), lane: Lane = Lane.PUSH, **later: float
) -> list[str]:
    """The keys that are claimed, in order."""
    with store.write() as session:
        return [row.key for row in outbox.claim(session, "telegram", NOW + timedelta(**later), limit, held, lane)]


def row(store: Store, key: str) -> OutboxRow:
    with store.read() as session:
        found = outbox.by_key(session, key)
    assert found is not None
    return found


def sent(store: Store, key: str) -> None:
    with store.write() as session:
        outbox.sent(session, row(store, key).id, f"ref-{key}", NOW)


def test_same_message_is_put_in_once(store: Store) -> None:
    assert put(store, "a")
    assert not put(store, "a", payload={"text": "other"})
    assert row(store, "a").payload == {"text": "a"}


def test_same_message_put_in_by_many_at_once_is_there_once(store: Store) -> None:
    with ThreadPoolExecutor(5) as pool:
        made = list(pool.map(lambda _number: put(store, "a"), range(5)))
    assert sum(made) == 1


def test_one_row_of_a_chat_is_claimed_at_a_time(store: Store) -> None:
    put(store, "a")
    put(store, "b")
    put(store, "other", conversation="ben")
    assert claim(store) == ["a", "other"]
    assert claim(store) == []
    sent(store, "a")
    assert claim(store) == ["b"]


def test_lanes_go_before_age(store: Store) -> None:
    put(store, "push", lane=Lane.PUSH, conversation="1")
    put(store, "alert", lane=Lane.ALERT, conversation="2")
    put(store, "answer", lane=Lane.ANSWER, conversation="3")
    assert claim(store, 2) == ["answer", "alert"]
    assert claim(store, lane=Lane.ALERT) == []
    assert claim(store) == ["push"]


def test_answer_goes_before_older_pushes_of_its_own_chat(store: Store) -> None:
    put(store, "push", lane=Lane.PUSH)
    put(store, "answer")
    assert claim(store) == ["answer"]


@pytest.mark.parametrize("state", ["waiting", "later"])
def test_row_holds_back_those_behind_it_in_its_thread_only(store: Store, state: str) -> None:
    how: dict[str, Any] = (
        {"state": SendState.WAITING} if state == "waiting" else {"ready_at": NOW + timedelta(minutes=5)}
    )
    put(store, "first", thread="1", **how)
    put(store, "behind", thread="1")
    put(store, "beside", thread="2")
    assert claim(store) == ["beside"]


@pytest.mark.parametrize("state", [SendState.FAILED, SendState.DROPPED])
def test_row_that_was_given_up_holds_nothing_back(store: Store, state: SendState) -> None:
    put(store, "first")
    put(store, "second")
    with store.write() as session:
        outbox.give_up(session, row(store, "first").id, "no", state)
    assert claim(store) == ["second"]
    assert bool(row(store, "first").payload) == (state is SendState.FAILED)


def test_held_chats_and_other_channels_are_left_alone(store: Store) -> None:
    put(store, "held")
    put(store, "slack", channel="slack", conversation="ben")
    assert claim(store, held=("anna",)) == []
    assert claim(store) == ["held"]


def test_row_for_later_is_claimed_when_its_time_has_come(store: Store) -> None:
    put(store, "later", ready_at=NOW + timedelta(seconds=30))
    assert claim(store) == []
    with store.read() as session:
        assert not outbox.is_anything_ready(session, "telegram", NOW)
        assert outbox.is_anything_ready(session, "telegram", NOW + timedelta(seconds=30))
    assert claim(store, seconds=30) == ["later"]


def test_busy_chat_does_not_starve_the_others(store: Store) -> None:
    for number in range(60):
        put(store, f"busy-{number}", conversation="busy", thread=str(number))
    put(store, "quiet", conversation="quiet")
    claimed: list[str] = []
    for _round in range(3):
        claimed += claim(store, 5)
    assert "quiet" in claimed


def test_two_claims_at_once_never_share_a_row(store: Store) -> None:
    for number in range(30):
        put(store, f"row-{number}", conversation=f"chat-{number}")
    with ThreadPoolExecutor(4) as pool:
        claims = list(pool.map(lambda _number: claim(store, 30), range(4)))
    keys = [key for one in claims for key in one]
    assert len(keys) == len(set(keys)) == 30


def test_try_again_keeps_the_reason_and_counts_if_it_was_the_rows_fault(store: Store) -> None:
    put(store, "a")
    claim(store)
    with store.write() as session:
        outbox.again(session, row(store, "a").id, NOW, "server error")
    assert (row(store, "a").attempts, row(store, "a").error, row(store, "a").state) == (
        1,
        "server error",
        SendState.NEW,
    )
    claim(store)
    with store.write() as session:
        outbox.again(session, row(store, "a").id, NOW, "waits", counted=False)
    assert row(store, "a").attempts == 1


def test_sent_row_keeps_its_place_and_not_its_words(store: Store) -> None:
    put(store, "a")
    claim(store)
    sent(store, "a")
    found = row(store, "a")
    assert (found.state, found.ref, found.payload, found.sent_at) == (SendState.SENT, "ref-a", {}, NOW)
    with store.read() as session:
        assert outbox.by_ref(session, "telegram", "anna", "ref-a") == found
        assert outbox.by_ref(session, "telegram", "ben", "ref-a") is None


def test_taking_over_puts_back_what_was_on_its_way_and_counts_it(store: Store) -> None:
    put(store, "a")
    put(store, "b", conversation="ben")
    put(store, "other", channel="slack")
    claim(store)
    sent(store, "b")
    with store.write() as session:
        assert outbox.take_over(session, "telegram") == 1
        assert outbox.take_over(session, "telegram") == 0
    assert row(store, "a").repeats == 1
    with store.read() as session:
        assert outbox.counts(session) == {"new": 2, "sent": 1, "repeats": 1}


def test_drawn_files_let_a_waiting_row_go(store: Store) -> None:
    put(store, "a", state=SendState.WAITING, payload={"text": "a", "attachments": [{"draw": "chart"}]})
    assert claim(store) == []
    for _time in range(2):
        with store.write() as session:
            outbox.drawn(session, "a", [{"name": "a.png", "sha256": "1"}])
            outbox.drawn(session, "nothing", [])
    assert claim(store) == ["a"]
    assert row(store, "a").payload["attachments"] == [{"name": "a.png", "sha256": "1"}]


def test_closed_chat_loses_what_was_still_to_be_said(store: Store) -> None:
    put(store, "new")
    put(store, "waiting", state=SendState.WAITING)
    put(store, "other", conversation="ben")
    with store.write() as session:
        outbox.drop_chat(session, "telegram", "anna", "blocked")
    assert {row(store, key).state for key in ("new", "waiting")} == {SendState.DROPPED}
    assert row(store, "other").state is SendState.NEW


def test_chat_that_moved_takes_its_messages_along(store: Store) -> None:
    put(store, "a")
    put(store, "old")
    claim(store)
    sent(store, "a")
    with store.write() as session:
        outbox.move_chat(session, "telegram", "anna", "anna-2")
    assert (row(store, "a").conversation, row(store, "old").conversation) == ("anna", "anna-2")


def test_oldest_unsent_row_is_an_age(store: Store) -> None:
    with store.read() as session:
        assert outbox.oldest_unsent(session, NOW) == 0
    put(store, "a", ready_at=NOW - timedelta(seconds=90))
    put(store, "later", ready_at=NOW + timedelta(days=1))
    with store.read() as session:
        assert outbox.oldest_unsent(session, NOW) == 90


def test_failed_rows_can_be_tried_once_more(store: Store) -> None:
    put(store, "a")
    claim(store)
    with store.write() as session:
        outbox.give_up(session, row(store, "a").id, "no")
        assert outbox.revive(session) == 1
    assert claim(store) == ["a"]
    assert row(store, "a").attempts == 1
