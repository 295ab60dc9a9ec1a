"""Sends the outbox of one channel: in order for each chat, within the platform's budget, through every fault."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.channel import Channel, Loaded, SendError, Sending
from bot.clock import real_now
from bot.envelope import address, content, is_sealed, reference
from bot.measures import Measures
from bot.pace import Pace
from bot.seals import Seals
from bot.threads import in_thread
from storage import files, outbox
from storage.engine import Store
from storage.locks import Lock
from storage.tables.queues import Lane, OutboxRow, SendState

log = structlog.get_logger()
T = TypeVar("T")

AT_ONCE = 20
POLL_S = 0.25
SEND_S = 30.0
MOST_ATTEMPTS = 12
LONGEST_WAIT_S = 300.0
ROOT_WAIT_S = 0.3
STORE_AGAIN_S = 1.0
FINISH_S = 5.0


class Sender:
    """The one sender of a channel.

    `gone` is called in a transaction with a chat that is closed to us, `settled` with the key of a message that has
    been sent (its id, and "") or given up ("", and why).
    """

    def __init__(
        self,
        channel: Channel,
        store: Store,
        executor: Executor,
        measures: Measures,
        gone: Callable[[Session, str, str], None],
        settled: Callable[[Session, str, str, str], None],
        seals: Seals,
    ) -> None:
        self.channel, self.store, self.executor, self.measures = channel, store, executor, measures
        self.gone, self.settled, self.seals = gone, settled, seals
        self.pace = Pace(channel.budget)
        self.lock = Lock(store, f"send:{channel.name}")
        self.woken = asyncio.Event()
        self._sending: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until cancelled; what is on its way then is finished or put back."""
        try:
            await self._become_sender()
            while True:
                await self._once()
        finally:
            await self._finish()

    async def _become_sender(self) -> None:
        while not await self._in_thread(self.lock.take):
            await asyncio.sleep(POLL_S)
        repeats = await self._in_thread(self._take_over)
        if repeats:
            log.warning("took over from a sender that died", channel=self.channel.name, repeats=repeats)

    def _take_over(self) -> int:
        with self.store.write() as session:
            return outbox.take_over(session, self.channel.name)

    async def _once(self) -> None:
        """Start as many sends as there is room for, then wait for news."""
        self.woken.clear()
        rows = []
        try:
            rows = await self._in_thread(self._claim)
        except DBAPIError as error:
            log.error("store unreachable", task="send", cause=type(error).__name__)
            await asyncio.sleep(STORE_AGAIN_S)
        for row in rows:
            # Taking off buttons is no message to anybody.
            if row.kind != "retire":
                self.pace.took(row.conversation, not is_sealed(row) and self.channel.is_group(row.conversation))
            task = asyncio.create_task(self._send(row))
            self._sending.add(task)
            task.add_done_callback(self._settled)
        if not rows:
            await self._wait()

    def _settled(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self.woken.set()

    async def _wait(self) -> None:
        try:
            # Not wait_for: before Python 3.12 it can swallow the cancellation that ends the sender.
            async with asyncio.timeout(POLL_S):
                await self.woken.wait()
        except TimeoutError:
            return

    def _claim(self) -> list[OutboxRow]:
        free = AT_ONCE - len(self._sending)
        answers, pushes = self.pace.room(answers_only=True), self.pace.room()
        limit, lane = (min(free, pushes), Lane.PUSH) if pushes else (min(free, answers), Lane.ANSWER)
        if limit <= 0 or not self.lock.take():
            return []
        # Looking first needs no write lock: an idle sender must not stand in the way of the turns.
        with self.store.read() as session:
            if not outbox.is_anything_ready(session, self.channel.name, real_now()):
                return []
        with self.store.write() as session:
            return outbox.claim(session, self.channel.name, real_now(), limit, self.pace.held(), lane)

    async def _send(self, row: OutboxRow) -> None:
        try:
            sending = await self._in_thread(self._prepare, row)
            if sending is None:
                return
            async with asyncio.timeout(SEND_S):
                ref = await self.channel.send(sending)
        except SendError as error:
            await self._mark(self._mark_failed, row, error)
        except TimeoutError:
            await self._mark(self._mark_failed, row, SendError("no answer in time"))
        except Exception as error:
            log.exception("a row could not be sent", row=row.id, key=row.key)
            await self._mark(self._mark_failed, row, SendError(type(error).__name__))
        else:
            await self._mark(self._mark_sent, row, ref)

    async def _mark(self, mark: Callable[..., None], row: OutboxRow, *arguments: object) -> None:
        """Write down what became of a row, however long the store is out of reach: an unmarked row holds its chat."""
        while True:
            try:
                await self._in_thread(mark, row, *arguments)
                return
            except DBAPIError as error:
                log.error("store unreachable", task="mark", row=row.id, cause=type(error).__name__)
                await asyncio.sleep(STORE_AGAIN_S)

    def _prepare(self, row: OutboxRow) -> Sending | None:
        """The row with its files and with keys turned into platform ids; None if it was put off or given up."""
        with self.store.write() as session:
            payload, chat = content(self.seals, row), address(session, self.seals, row)
            thread, of = row.thread, payload.get("of", "")
            for key in [key for key in (thread.removeprefix("@") if thread.startswith("@") else "", of) if key]:
                root = outbox.by_key(session, key)
                ref = reference(self.seals, root) if root else ""
                if root is not None and root.state in outbox.UNSENT:
                    later = real_now() + timedelta(seconds=ROOT_WAIT_S)
                    outbox.again(session, row.id, later, "waits for its root", counted=False)
                    return None
                if not ref or not chat:
                    self._give_up(session, row, "its root was not sent")
                    return None
                thread, of = (ref if key == thread.removeprefix("@") else thread), (ref if key == of else of)
            if not chat:
                self._give_up(session, row, "")
                return None
            loaded = tuple(self._load(session, file) for file in payload.get("attachments", ()))
            return Sending(row.kind, self._quoting(session, payload), chat, thread, of, loaded)

    def _give_up(self, session: Session, row: OutboxRow, error: str) -> None:
        """Drop a row. A sealed one ends as if it had been sent; so does taking buttons off what is not there."""
        if is_sealed(row) or row.kind == "retire":
            outbox.sent(session, row.id, "", real_now())
        else:
            outbox.give_up(session, row.id, error, SendState.DROPPED)
            self.settled(session, row.key, "", error)

    def _quoting(self, session: Session, payload: dict[str, Any]) -> dict[str, Any]:
        """The payload with the platform's id of the message that it quotes, as far as that was sent."""
        quote = str(payload.get("quote", ""))
        if not quote.startswith("@"):
            return payload
        quoted = outbox.by_key(session, quote[1:])
        return payload | {"quote": reference(self.seals, quoted) if quoted else ""}

    def _load(self, session: Session, file: dict[str, str]) -> Loaded:
        blob = files.load(session, file["sha256"])
        if blob is None:
            raise SendError("a file is gone", permanent=True)
        return Loaded(file["name"], blob.media_type, blob.data)

    def _mark_sent(self, row: OutboxRow, ref: str) -> None:
        with self.store.write() as session:
            kept = self.seals.seal(ref) if ref and is_sealed(row) else ref
            outbox.sent(session, row.id, kept, real_now())
            if row.kind == "message":
                self.settled(session, row.key, ref, "")
        self.measures.sent.labels(self.channel.name).inc()

    def _mark_failed(self, row: OutboxRow, error: SendError) -> None:
        self.measures.send_faults.labels(self.channel.name, str(error.permanent)).inc()
        cause = "sealed" if is_sealed(row) else str(error)
        log.warning("not sent", row=row.id, key=row.key, cause=cause, permanent=not is_sealed(row) and error.permanent)
        is_last = error.permanent or (row.attempts >= MOST_ATTEMPTS and error.retry_after_s is None)
        with self.store.write() as session:
            if error.moved_to:
                outbox.move_chat(session, self.channel.name, row.conversation, error.moved_to)
                outbox.again(session, row.id, real_now(), str(error), counted=False)
            elif is_last and is_sealed(row):
                outbox.sent(session, row.id, "", real_now())
            elif is_last:
                outbox.give_up(session, row.id, str(error))
                if row.kind == "message":
                    self.settled(session, row.key, "", str(error))
            else:
                later = real_now() + timedelta(seconds=self._pause(row, error))
                outbox.again(session, row.id, later, cause, counted=error.retry_after_s is None)
            if error.gone and not is_sealed(row):
                self._close_chat(session, row.conversation, str(error))

    def _close_chat(self, session: Session, conversation: str, error: str) -> None:
        # First: what others can read in place of who is gone is passed on to them.
        self.gone(session, self.channel.name, conversation)
        for key in outbox.drop_chat(session, self.channel.name, conversation, error):
            self.settled(session, key, "", error)

    def _pause(self, row: OutboxRow, error: SendError) -> float:
        """Seconds until the next try: what the platform asks for, else doubling from half a second to five minutes."""
        if error.retry_after_s is None:
            return float(min(LONGEST_WAIT_S, 0.5 * 2 ** (row.attempts - 1)))
        self.pace.halt("" if error.scope == "channel" else row.conversation, error.retry_after_s)
        return error.retry_after_s

    async def _finish(self) -> None:
        if self._sending:
            _done, hanging = await asyncio.wait(self._sending, timeout=FINISH_S)
            for task in hanging:
                # The next sender counts what hangs as a possible repeat; it must not be sent after the lock is free.
                task.cancel()
        self.lock.release()

    async def _in_thread(self, function: Callable[..., T], *arguments: object) -> T:
        return await in_thread(self.executor, function, *arguments)
