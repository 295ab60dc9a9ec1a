"""Sends the outbox of one channel: in order for each chat, within the platform's budget, through every fault."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.channel import Channel, Loaded, SendError, Sending
from bot.clock import real_now
from bot.measures import Measures
from bot.pace import Pace
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
    """The one sender of a channel. `gone` is called in a transaction with a chat that is closed to us."""

    def __init__(
        self,
        channel: Channel,
        store: Store,
        executor: Executor,
        measures: Measures,
        gone: Callable[[Session, str, str], None],
    ) -> None:
        self.channel, self.store, self.executor, self.measures, self.gone = channel, store, executor, measures, gone
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
                self.pace.took(row.conversation, self.channel.is_group(row.conversation))
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
            thread, of = row.thread, row.payload.get("of", "")
            roots = [key for key in (thread.removeprefix("@") if thread.startswith("@") else "", of) if key]
            for key in roots:
                root = outbox.by_key(session, key)
                if root is not None and root.state in outbox.UNSENT:
                    later = real_now() + timedelta(seconds=ROOT_WAIT_S)
                    outbox.again(session, row.id, later, "waits for its root", counted=False)
                    return None
                if root is None or not root.ref:
                    outbox.give_up(session, row.id, "its root was not sent", SendState.DROPPED)
                    return None
                thread, of = (root.ref if key == thread.removeprefix("@") else thread), (root.ref if key == of else of)
            loaded = tuple(self._load(session, file) for file in row.payload.get("attachments", ()))
            return Sending(row.kind, row.payload, row.conversation, thread, of, loaded)

    def _load(self, session: Session, file: dict[str, str]) -> Loaded:
        blob = files.load(session, file["sha256"])
        if blob is None:
            raise SendError("a file is gone", permanent=True)
        return Loaded(file["name"], blob.media_type, blob.data)

    def _mark_sent(self, row: OutboxRow, ref: str) -> None:
        with self.store.write() as session:
            outbox.sent(session, row.id, ref, real_now())
        self.measures.sent.labels(self.channel.name).inc()

    def _mark_failed(self, row: OutboxRow, error: SendError) -> None:
        self.measures.send_faults.labels(self.channel.name, str(error.permanent)).inc()
        log.warning("not sent", row=row.id, key=row.key, cause=str(error), permanent=error.permanent)
        with self.store.write() as session:
            if error.moved_to:
                outbox.move_chat(session, self.channel.name, row.conversation, error.moved_to)
                outbox.again(session, row.id, real_now(), str(error), counted=False)
            elif error.permanent or (row.attempts >= MOST_ATTEMPTS and error.retry_after_s is None):
                outbox.give_up(session, row.id, str(error))
            else:
                later = real_now() + timedelta(seconds=self._pause(row, error))
                outbox.again(session, row.id, later, str(error), counted=error.retry_after_s is None)
            if error.gone:
                outbox.drop_chat(session, self.channel.name, row.conversation, str(error))
                self.gone(session, self.channel.name, row.conversation)

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
        return await asyncio.get_running_loop().run_in_executor(self.executor, function, *arguments)
