"""A sender at work on an outbox, with a platform that does as the test says."""

from collections.abc import Iterator

import pytest

from bot import delivery
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
