"""Sealed rows reach their person, and what became of them is nobody's business; of all others it is told."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channel import SendError
from storage import people
from storage.engine import Store
from storage.tables.people import Person, Role
from storage.tables.queues import SendState
from tests.bot.wire import FakeChannel, Post, always, once
from tests.stores import fresh_store


@pytest.fixture
def post() -> Iterator[Post]:
    """A sender on an SQLite store in which Amina can be reached at the chat `anna`."""
    with fresh_store("sqlite") as store:
        made = Post(store, FakeChannel())
        amina(made, store)
        yield made


def amina(post: Post, store: Store) -> None:
    with store.write() as session:
        person = Person(key="amina", name="Amina", role=Role.SUPPLIER)
        session.add(person)
        session.flush()
        people.connect(session, person, "fake", "anna", "anna", datetime(2026, 11, 23, tzinfo=UTC))


async def _until(post: Post, there: Callable[[], object]) -> None:
    """Run the sender until it is so."""
    async with post.running():
        await post.until(there)


def sealed(post: Post, key: str, text: str, veil: str, **more: Any) -> str:
    """A row that hides for whom it is and what it says."""
    hidden = post.seals.seal(json.dumps({"text": text, "buttons": [], "attachments": [], **more}))
    return post.put("", veil, key=key, payload={"sealed": hidden})


def test_sealed_row_goes_to_the_chat_of_its_person(post: Post) -> None:
    veil = post.seals.seal("1")
    sealed(post, "one", "Since when?", veil)
    sealed(post, "two", "And where?", veil, quote="@one")
    asyncio.run(post.sends(2))
    assert [(one.conversation, one.payload["text"]) for one in post.channel.sent] == [
        ("anna", "Since when?"),
        ("anna", "And where?"),
    ]
    assert post.channel.sent[1].payload["quote"] == "ref-1"
    row = post.row("one")
    assert row.state is SendState.SENT and post.seals.unseal(row.ref) == "ref-1" and "ref-1" not in row.ref


@pytest.mark.parametrize("gone", [True, False])
def test_sealed_row_that_cannot_be_sent_looks_like_one_that_was(post: Post, gone: bool) -> None:
    sealed(post, "one", "Since when?", post.seals.seal("1"))
    post.channel.trouble = always(SendError("send_message: forbidden", permanent=True, gone=gone))
    asyncio.run(_until(post, lambda: post.row("one").state is SendState.SENT))
    row = post.row("one")
    assert (row.error, row.payload, post.gone, post.settled) == ("", {}, [], [])


def test_sealed_row_for_somebody_out_of_reach_looks_like_one_that_was_sent(post: Post) -> None:
    with post.store.write() as session:
        people.block(session, "fake", "anna")
    sealed(post, "one", "Since when?", post.seals.seal("1"))
    asyncio.run(_until(post, lambda: post.row("one").state is SendState.SENT))
    assert post.channel.tried == []


def test_sealed_row_is_tried_again_without_a_word_about_why(post: Post) -> None:
    sealed(post, "one", "Since when?", post.seals.seal("1"))
    post.channel.trouble = once(SendError("send_message: flood at anna", retry_after_s=0.01))
    asyncio.run(post.sends(1))
    assert post.row("one").error == ""


def test_what_became_of_a_message_is_told_once(post: Post) -> None:
    post.put("hello", key="good")
    asyncio.run(post.sends(1))
    post.channel.trouble = always(SendError("chat not found", permanent=True, gone=True))
    post.put("hello", key="bad")
    post.put("hello again", key="worse")
    asyncio.run(_until(post, lambda: len(post.settled) == 3))
    assert post.settled[0] == ("good", "ref-1", "")
    assert {key for key, _ref, error in post.settled[1:] if error} == {"bad", "worse"}
