"""A platform that does as the test says, and the parts around it: no network, no token."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.channel import Budget, Now, Sending
from bot.clock import real_now
from bot.delivery import Sender
from bot.measures import Measures
from bot.seals import Seals
from handlers.message import Capabilities
from storage import outbox
from storage.engine import Store
from storage.tables.queues import Lane, OutboxRow

WIDE = Budget(per_second=1000, chat_interval_s=0.001, chat_burst=100, group_interval_s=0.001, group_burst=100)
PATIENCE_S = 30.0


class FakeChannel:
    """A channel that keeps what it was sent; `trouble` may raise or wait before a message is taken."""

    def __init__(self, budget: Budget = WIDE, name: str = "fake") -> None:
        self.name, self.budget, self.capabilities = name, budget, Capabilities()
        self.sent: list[Sending] = []
        self.tried: list[Sending] = []
        self.in_flight: list[Sending] = []
        self.most_at_once: dict[str, int] = {}
        self.trouble: Callable[[Sending], Any] = lambda _sending: None
        self.files: dict[str, bytes | Exception] = {}
        self._numbers = count(1)

    def is_group(self, conversation: str) -> bool:
        return conversation.startswith("group")

    async def send(self, sending: Sending) -> str:
        self.tried.append(sending)
        self.in_flight.append(sending)
        here = sum(one.conversation == sending.conversation for one in self.in_flight)
        self.most_at_once[sending.conversation] = max(here, self.most_at_once.get(sending.conversation, 0))
        try:
            trouble = self.trouble(sending)
            await (trouble if asyncio.iscoroutine(trouble) else asyncio.sleep(0))
        finally:
            self.in_flight.remove(sending)
        self.sent.append(sending)
        return f"ref-{next(self._numbers)}"

    async def perform(self, now: Now) -> None:
        raise AssertionError(f"a sender sends, it does not perform: {now}")

    async def fetch(self, file_id: str, limit: int) -> bytes:
        found = self.files[file_id]
        if isinstance(found, Exception):
            raise found
        return found

    async def run(self) -> None:
        await asyncio.Event().wait()

    def words(self, conversation: str = "") -> list[str]:
        """What was sent, in order, in one chat or in all."""
        return [one.payload["text"] for one in self.sent if conversation in ("", one.conversation)]


@dataclass
class Post:
    """A store's outbox with a sender that runs, and the chats that were said to be gone."""

    store: Store
    channel: FakeChannel
    gone: list[str] = field(default_factory=list)
    settled: list[tuple[str, str, str]] = field(default_factory=list)
    seals: Seals = field(default_factory=lambda: Seals("a key for tests"))
    numbers: Any = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(4)
        self.sender = self.another()

    def another(self) -> Sender:
        """A sender of the same channel, as a second process would have."""
        return Sender(
            self.channel,
            self.store,
            self.pool,
            Measures(),
            lambda _session, _channel, chat: self.gone.append(chat),
            lambda _session, key, ref, error: self.settled.append((key, ref, error)),
            self.seals,
        )

    def put(self, text: str, chat: str = "anna", lane: Lane = Lane.ANSWER, key: str = "", **more: Any) -> str:
        """A message in the outbox; its key."""
        key = key or f"key-{next(self.numbers)}"
        now = real_now()
        payload = {"text": text, "buttons": [], "attachments": [], **more.pop("payload", {})}
        values = {"kind": "message", "channel": self.channel.name, "ready_at": now, "made_at": now, **more}
        with self.store.write() as session:
            outbox.put(session, OutboxRow(key=key, lane=lane, conversation=chat, payload=payload, **values))
        return key

    def row(self, key: str) -> OutboxRow:
        """The row of a key as it stands."""
        with self.store.read() as session:
            row = outbox.by_key(session, key)
        assert row is not None
        return row

    async def until(self, there: Callable[[], object]) -> None:
        """Wait until it is so."""
        async with asyncio.timeout(PATIENCE_S):
            while not there():
                await asyncio.sleep(0.005)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """The sender at work."""
        task = asyncio.create_task(self.sender.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def sends(self, number: int) -> None:
        """Run the sender until so many messages have been sent and marked."""
        async with self.running():
            await self.until(lambda: len(self.channel.sent) >= number and not self.sender._sending)


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
