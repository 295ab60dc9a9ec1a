"""Takes in one delivery: one transaction, then what must be given at once. The one place where a failure is decided.

The order: a repeat is answered as the first time; a refusal has its own text; a store out of reach is not acknowledged,
so that the platform sends again; a bug rolls back, keeps the delivery as failed, says sorry, and is acknowledged.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from pydantic import TypeAdapter
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlmodel import Session

from bot.channel import Channel, Now, SendError
from bot.clock import ProgrammeClock, real_now
from bot.measures import Measures
from handlers.assistant import respond
from handlers.house import House
from handlers.message import FormErrors, Incoming, Message, Open, Toast
from handlers.programme.settings import stored_settings
from handlers.turn import Turn
from locales.text import _
from storage import deliveries, outbox, people
from storage.engine import Store
from storage.tables.queues import Lane, OutboxRow
from storage.tables.talks import Delivery, DeliveryState

log = structlog.get_logger()
INCOMING: TypeAdapter[Incoming] = TypeAdapter(Incoming)
NOW_S = 2.0


class StoreUnreachable(Exception):
    """The store cannot be reached: the delivery must not be acknowledged, so that the platform sends it again."""


@dataclass(frozen=True)
class Outcome:
    """What became of a delivery: whether it was a repeat, and what must be given at once."""

    repeat: bool = False
    now: Now | None = None


class Intake:
    """Runs turns in worker threads. `wake` is called after a commit that left something to send or to do."""

    def __init__(
        self,
        store: Store,
        house: House,
        clock: ProgrammeClock,
        executor: Executor,
        wake: Callable[[], None],
        measures: Measures,
    ) -> None:
        self.store, self.house, self.clock, self.executor = store, house, clock, executor
        self.wake, self.measures = wake, measures

    def at(self) -> datetime:
        """The programme's moment for a delivery that arrives now; raises `StoreUnreachable`."""
        try:
            return self.clock.now()
        except DBAPIError as error:
            raise StoreUnreachable from error

    async def take(self, incoming: Incoming) -> Outcome:
        """Handle a delivery and commit; raises `StoreUnreachable` and nothing else."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.executor, self.take_now, incoming)

    def take_now(self, incoming: Incoming, *, anew: bool = False) -> Outcome:
        """Handle a delivery and commit, in this thread; `anew` plays one that was kept as failed."""
        with self.measures.turn(incoming.address.channel):
            try:
                return self._tried_twice(incoming, anew)
            except (OperationalError, ConnectionError) as error:
                log.error("store unreachable", delivery=incoming.delivery, cause=type(error).__name__)
                raise StoreUnreachable from error
            except Exception as error:
                log.exception("turn failed", delivery=incoming.delivery)
                self.measures.failed_turns.inc()
                return self._keep_failed(incoming, error)

    def _tried_twice(self, incoming: Incoming, anew: bool) -> Outcome:
        """A turn that met a rival's row is played once more from its beginning: now it sees what the rival did."""
        try:
            return self._turn(incoming, anew)
        except IntegrityError:
            log.info("met a rival", delivery=incoming.delivery)
            return self._turn(incoming, anew)

    def _turn(self, incoming: Incoming, anew: bool) -> Outcome:
        with self.store.write() as session:
            if anew:
                deliveries.forget(session, incoming.delivery)
            if not deliveries.take(session, incoming.delivery, incoming.at, incoming.address.channel):
                return Outcome(True, _repeated(session, incoming))
            turn = self._respond(session, incoming)
            now = given_now(turn)
            if now and now.errors:
                deliveries.keep_answer(session, incoming.delivery, now.errors)
        if turn.woken:
            self.wake()
        return Outcome(now=now)

    def _respond(self, session: Session, incoming: Incoming) -> Turn:
        settings = stored_settings(session)
        turn = Turn(self.house, session, settings, incoming.at, real_now(), incoming)
        respond(turn)
        session.flush()
        return turn

    def _keep_failed(self, incoming: Incoming, error: Exception) -> Outcome:
        """Keep what came in, and tell the person in their language that it is not lost."""
        try:
            with self.store.write() as session:
                session.merge(
                    Delivery(
                        id=incoming.delivery,
                        at=incoming.at,
                        state=DeliveryState.FAILED,
                        channel=incoming.address.channel,
                        account=self._hidden_account(incoming),
                        content={"sealed": self.house.seals.seal(INCOMING.dump_json(incoming).decode())},
                        error=type(error).__name__,
                    )
                )
                self._say_sorry(session, incoming)
        except DBAPIError as cause:
            raise StoreUnreachable from cause
        self.wake()
        return Outcome()

    def _say_sorry(self, session: Session, incoming: Incoming) -> None:
        turn = Turn(self.house, session, stored_settings(session), incoming.at, real_now(), incoming)
        turn.person = people.by_account(session, incoming.address.channel, incoming.sender)
        # That somebody was there at this moment may tell who wrote anonymously.
        turn.veiled = incoming.private and turn.person is not None
        sorry = _("Something went wrong on our side. What you sent is kept, and we are looking into it.")
        key = f"sorry/{incoming.delivery}"
        turn.put(key, Lane.ANSWER, incoming.address, Message((sorry,)), turn.person)

    def requeue(self) -> tuple[int, int]:
        """Play the failed deliveries again, oldest first: how many went through and how many failed again."""
        with self.store.read() as session:
            kept = [(row.id, self._opened(row)) for row in deliveries.failed(session)]
        through = 0
        for delivery_id, incoming in kept:
            self.take_now(replace(incoming, trigger=""), anew=True)
            with self.store.read() as session:
                through += deliveries.state(session, delivery_id) is DeliveryState.DONE
        return through, len(kept) - through

    def _hidden_account(self, incoming: Incoming) -> str:
        """The keyed hash of the account: it can be erased, and does not tell who was there at that moment."""
        return self.house.pseudonym(deliveries.account_word(incoming.address.channel, incoming.sender))

    def _opened(self, row: Delivery) -> Incoming:
        """What a failed delivery held. Those from before content was sealed are plain."""
        content = row.content or {}
        sealed = content.get("sealed")
        return INCOMING.validate_json(self.house.seals.unseal(sealed)) if sealed else INCOMING.validate_python(content)

    async def give(self, channel: Channel, now: Now | None) -> None:
        """Give what cannot wait, within two seconds; a modal that could not be opened is offered by a message."""
        if now is None or not (now.tap or now.toast or now.modal):
            return
        try:
            async with asyncio.timeout(NOW_S):
                await channel.perform(now)
        except (SendError, TimeoutError) as error:
            log.warning("not given at once", delivery=now.delivery, cause=str(error))
            self.measures.late_answers.inc()
            if now.fallback:
                await asyncio.get_running_loop().run_in_executor(self.executor, self._fall_back, channel.name, now)

    def _fall_back(self, channel: str, now: Now) -> None:
        with self.store.write() as session:
            outbox.put(session, _fallback_row(channel, now))
        self.wake()


def _fallback_row(channel: str, now: Now) -> OutboxRow:
    at = real_now()
    return OutboxRow(
        key=f"fallback/{now.delivery}",
        lane=Lane.ANSWER,
        channel=channel,
        conversation=now.conversation,
        thread=now.thread,
        kind="message",
        payload=now.fallback or {},
        ready_at=at,
        made_at=at,
    )


def _repeated(session: Session, incoming: Incoming) -> Now | None:
    errors = deliveries.answer(session, incoming.delivery)
    at = incoming.address
    return Now(incoming.delivery, at.conversation, at.thread, incoming.sender, errors=errors) if errors else None


def given_now(turn: Turn) -> Now | None:
    """The turn's volatile answers, in the person's language; a tap is always answered."""
    incoming, shower = turn.heard, turn.shower(turn.person)
    tap = getattr(incoming.content, "tap", "")
    if not (turn.volatile or tap):
        return None
    at = incoming.address
    values: dict[str, Any] = {"tap": tap, "message": incoming.message}
    for volatile in turn.volatile:
        match volatile:
            case Toast():
                values["toast"] = (shower.plain(volatile.text), volatile.alert)
            case Open():
                values |= {
                    "modal": shower.modal(volatile.modal),
                    "trigger": volatile.trigger,
                    "fallback": shower.message(volatile.fallback),
                }
            case FormErrors():
                values["errors"] = shower.errors(volatile)
    return Now(incoming.delivery, at.conversation, at.thread, incoming.sender, **values)
