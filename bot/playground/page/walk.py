"""The programme's clock as the page moves it: forward only, in small steps, each of which comes to rest."""

from datetime import datetime, timedelta
from threading import Event, Lock, Thread

from sqlmodel import col, func, select

from bot.clock import real_now
from bot.playground.page.stage import Stage
from bot.playground.page.timeline import Timeline
from storage.tables.queues import OutboxRow, SendState

STEP = timedelta(minutes=15)
FARTHEST = timedelta(days=100)
REST_S, LOOK_S = 5.0, 0.02
UNSENT = (SendState.NEW, SendState.WAITING, SendState.SENDING)


class Walk:
    """One walk at a time; `target` is where it leads, None when the clock only ticks."""

    def __init__(self, stage: Stage, timeline: Timeline) -> None:
        self._stage, self._timeline, self._lock = stage, timeline, Lock()
        self._halted = Event()
        self._thread: Thread | None = None
        self.target: datetime | None = None

    def begin(self, target: datetime) -> None:
        """Set out for `target`; raises ValueError if it lies behind, too far ahead, or a walk is on."""
        now = self._stage.now()
        with self._lock:
            if self.target is not None:
                raise ValueError("The clock is moving already.")
            if target <= now:
                raise ValueError("The clock only moves forward. Start over to go back.")
            if target > now + FARTHEST:
                raise ValueError(f"That is more than {FARTHEST.days} days ahead. Please go there in stages.")
            self.target = target
            self._halted.clear()
        self._thread = Thread(target=self._go, args=(target,), name="walk", daemon=True)
        self._thread.start()

    def halt(self) -> None:
        """Stay where the clock is by now."""
        self._halted.set()
        if self._thread is not None:
            self._thread.join()

    def wait(self, seconds: float) -> bool:
        """Whether the walk has ended within so many seconds."""
        self._stage.playground.log.wait_for(lambda: self.target is None, seconds)
        return self.target is None

    def _go(self, target: datetime) -> None:
        try:
            while not self._halted.is_set() and (now := self._stage.now()) < target:
                self._stage.walk_to(min(now + STEP, target))
                self._timeline.note(self._stage.now())
                self._rest()
        finally:
            self.target = None
            self._stage.playground.log.notify()

    def _rest(self) -> None:
        """Wait until what this step caused has been sent, so that the next step finds it settled."""
        log, until = self._stage.playground.log, real_now() + timedelta(seconds=REST_S)
        while self._unsent() and real_now() < until and not self._halted.is_set():
            log.wait_for(lambda: False, LOOK_S)

    def _unsent(self) -> int:
        if self._stage.app is None:
            return 0
        query = select(func.count()).select_from(OutboxRow)
        ready = query.where(col(OutboxRow.state).in_(UNSENT), col(OutboxRow.ready_at) <= real_now())
        with self._stage.app.store.read() as session:
            return session.exec(ready).one()
