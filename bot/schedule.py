"""What happens by the clock: a table of jobs, and one ticker that asks which are due. APScheduler only ticks."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import DBAPIError

from bot.clock import ProgrammeClock, real_now
from bot.measures import Measures
from bot.threads import in_thread
from handlers.benchmarks.rounds import make_rounds
from handlers.house import House
from handlers.metrics.changed import plan_changed
from handlers.metrics.missing import plan_missing
from handlers.programme.settings import stored_settings
from handlers.reminders.calendars import fill_ahead
from handlers.reminders.plan import plan_all
from handlers.reminders.router import Notices
from handlers.reminders.saying import say_due
from handlers.summaries.notices import plan_summaries
from handlers.tiers.notices import plan_proposals
from handlers.training.planning import plan_training
from handlers.turn import Turn
from storage import outbox, retention
from storage.engine import Store
from storage.locks import Lock

log = structlog.get_logger()
TICK_S = 1
STEP = timedelta(minutes=15)


@dataclass(frozen=True)
class Job:
    """Something done every so often of the programme's time, and by hand with `causeway job NAME`."""

    name: str
    every: timedelta
    run: Callable[[Turn], object]


def jobs(notices: Notices) -> list[Job]:
    """The jobs in the order in which they run within a tick."""
    return [
        # What is due goes first: a process that was just started owes it to people, and the rest can wait.
        Job("say", timedelta(0), lambda turn: say_due(turn, notices)),
        # What opens in the next day and a half is planned: once an hour is early enough.
        Job("plan", timedelta(hours=1), _plan),
        Job("learn", timedelta(hours=1), plan_training),
        Job("tiers", timedelta(days=1), plan_proposals),
        Job("benchmarks", timedelta(days=1), make_rounds),
        Job("calendar", timedelta(days=1), _fill_calendars),
        Job("sweep", timedelta(days=1), lambda turn: retention.sweep(turn.session, turn.now)),
    ]


def _plan(turn: Turn) -> None:
    plan_all(turn)
    plan_missing(turn)
    plan_changed(turn)
    plan_summaries(turn)


def _fill_calendars(turn: Turn) -> None:
    hour = turn.settings.lesson_hour
    fill_ahead(turn.session, turn.now.date(), turn.settings.opens, turn.settings.closes, hour)


class Ticker:
    """Runs the jobs that are due, in one process at a time; a moved clock is walked through in steps."""

    def __init__(
        self,
        store: Store,
        house: House,
        clock: ProgrammeClock,
        notices: Notices,
        executor: Executor,
        wake: Callable[[], None],
        measures: Measures,
    ) -> None:
        self.store, self.house, self.clock, self.executor = store, house, clock, executor
        self.wake, self.measures = wake, measures
        self.jobs = jobs(notices)
        self.lock = Lock(store, "tick")
        self._ran: dict[str, datetime] = {}
        self._ticking = asyncio.Lock()

    async def run(self) -> None:
        """Tick until cancelled."""
        scheduler = AsyncIOScheduler()
        scheduler.add_job(
            self._tick,
            IntervalTrigger(seconds=TICK_S),
            next_run_time=real_now(),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
        scheduler.start()
        try:
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)
            async with self._ticking:
                self.lock.release()

    async def _tick(self) -> None:
        # Who stops in the middle of a tick ends it; APScheduler would log that as a fault with its trace.
        with suppress(asyncio.CancelledError):
            async with self._ticking:
                await in_thread(self.executor, self.tick)

    def tick(self) -> None:
        """Run what is due now, if no other process does."""
        try:
            if self.lock.take():
                self.run_due(self.clock.now())
                self._measure()
        except DBAPIError as error:
            log.error("store unreachable", task="tick", cause=type(error).__name__)

    def run_due(self, now: datetime) -> None:
        """Run each job whose time has come, each in a transaction of its own; one that fails does not stop the rest."""
        for job in self.jobs:
            ran = self._ran.get(job.name)
            if ran is None or now - ran >= job.every or now < ran:
                self._ran[job.name] = now
                self._run_safely(job, now)

    def _run_safely(self, job: Job, now: datetime) -> None:
        try:
            self.run_job(job, now)
        except DBAPIError:
            raise
        except Exception:
            log.exception("job failed", job=job.name)

    def run_job(self, job: Job, now: datetime) -> None:
        """Run one job at a moment of the programme."""
        with self.store.write() as session:
            turn = Turn(self.house, session, stored_settings(session), now, real_now())
            job.run(turn)
        if turn.woken:
            self.wake()

    def walk(self, until: datetime) -> None:
        """Move the programme's clock forward to `until` step by step: everything on the way happens, in order."""
        moment = self.clock.now()
        while moment < until:
            moment = min(moment + STEP, until)
            self.clock.move_to(moment)
            self.run_due(moment)

    def _measure(self) -> None:
        with self.store.read() as session:
            self.measures.oldest_unsent.set(outbox.oldest_unsent(session, real_now()))
            for state, count in outbox.counts(session).items():
                self.measures.outbox.labels(state).set(count)
        self.measures.last_tick.set_to_current_time()
