"""The course of a past: who is there, what is planned when, and chance."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.playground.past.chance import Chance
from bot.playground.past.hours import at_work, local_day
from bot.playground.past.span import Span
from bot.playground.past.staff import Mentor, Worker
from bot.playground.past.talker import Talker
from bot.playground.past.town import Town
from handlers.message import Address

Deed = Callable[[], None]
MENTORS_WEEKEND = "sat+sun"


@dataclass
class History:
    """Deeds are planned by moment and done in order; a deed may plan others.

    `languages` are those offered, in order; `joined` are ids of people.
    """

    town: Town
    chance: Chance
    span: Span
    workers: list[Worker]
    languages: tuple[str, ...]
    joined: set[int] = field(default_factory=set)
    _planned: list[tuple[datetime, int, Deed]] = field(default_factory=list)
    _count: int = 0

    def plan(self, at: datetime, deed: Deed) -> None:
        """Have something done at a moment; after the last day nothing is done any more."""
        if local_day(at, "UTC") <= self.span.last:
            self._count += 1
            heapq.heappush(self._planned, (at, self._count, deed))

    def due(self, until: datetime) -> Iterator[Deed]:
        """The deeds up to a moment, in order, with the clock set to each."""
        while self._planned and self._planned[0][0] <= until:
            at, _count, deed = heapq.heappop(self._planned)
            self.town.moment = max(at, self.town.moment)
            yield deed

    def phone(self, worker: Worker) -> Talker:
        """Somebody on their phone."""
        return Talker(self.town, Address("telegram", worker.phone), worker.phone, worker.language)

    def desk(self, mentor: Mentor) -> Talker:
        """A mentor in their direct message with the assistant."""
        return Talker(self.town, Address("slack", mentor.account), mentor.account)

    def thread(self, mentor: Mentor, root: str) -> Talker:
        """A mentor in a thread of their channel, below the message of this id."""
        return Talker(self.town, Address("slack", mentor.channel, root), mentor.account)

    def mentors_hour(self, mentor: Mentor, days: int, *matter: object) -> datetime:
        """A moment `days` days from now (1 at least) when a mentor is at work."""
        day = local_day(self.town.moment, mentor.zone) + timedelta(days=days)
        return at_work(day, mentor.zone, MENTORS_WEEKEND, self.chance("hour", *matter))

    def workers_hour(self, worker: Worker, days: int, *matter: object) -> datetime:
        """A moment `days` days from now (1 at least) when somebody is at work."""
        day = local_day(self.town.moment, worker.zone) + timedelta(days=days)
        return at_work(day, worker.zone, worker.weekend, self.chance("hour", *matter))
