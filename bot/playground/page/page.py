"""The page's own state: what it shows to whom, the clock's walk, the tour."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import real_now
from bot.playground.page.clock import clock_json
from bot.playground.page.deeds import Unfit
from bot.playground.page.desk import desk_json
from bot.playground.page.happened import happened_json
from bot.playground.page.people import everybody
from bot.playground.page.phone import phone_json
from bot.playground.page.stage import Stage
from bot.playground.page.timeline import Timeline
from bot.playground.page.tour import Tour
from bot.playground.page.walk import Walk
from bot.playground.page.workspace import Place, workspace_json

NOTHING: dict[str, Any] = {"state": {"ready": False}}


@dataclass(frozen=True)
class Look:
    """What one visitor looks at: a phone and a member by key ("" for none), and a place in the workspace."""

    phone: str = ""
    member: str = ""
    place: Place = field(default_factory=Place)


class Page:
    """One for the whole demo; visitors in several windows see the same."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.timeline = Timeline(real_now)
        self.walk = Walk(stage, self.timeline)
        self.tour = Tour(stage, self.walk)
        self._beginning = Lock()

    @property
    def ready(self) -> bool:
        """Whether there is something to look at: Causeway runs and is not just being started over."""
        return bool(self.stage.app and self.stage.members and self.stage.phones) and not self._beginning.locked()

    def panes(self, look: Look) -> dict[str, Any]:
        """Everything that this visitor sees, by the name of its pane."""
        if not self.ready:
            return NOTHING
        try:
            return self._seen(look)
        except SQLAlchemyError:
            # The store goes away under us when somebody starts over in another window.
            return NOTHING

    def _seen(self, look: Look) -> dict[str, Any]:
        self.timeline.note(self.stage.now())
        people = everybody(self.stage)
        panes = {
            "state": {"ready": True},
            "people": [one.as_json() for one in people],
            "clock": clock_json(self.stage, self.walk),
            "happened": happened_json(self.stage, self.timeline),
            "desk": desk_json(self.stage, people, self.timeline),
            "tour": self.tour.as_json(),
        }
        return panes | self._looked_at(look)

    def _looked_at(self, look: Look) -> dict[str, Any]:
        phone, member = self.stage.phones.get(look.phone), self.stage.members.get(look.member)
        found: dict[str, Any] = {}
        if phone:
            found["phone"] = {"key": look.phone, **phone_json(phone, self.timeline)}
        if member:
            found["workspace"] = {"key": look.member, **workspace_json(member, look.place, self.timeline)}
        return found

    def start_over(self) -> None:
        """Forget everything; takes a few seconds, in which there is nothing to see."""
        if not self._beginning.acquire(blocking=False):
            raise Unfit("Everything is being started over already.")
        try:
            self.tour.stop()
            self.walk.halt()
            self.stage.start_over()
            self.timeline.clear()
        finally:
            self._beginning.release()
            self.stage.playground.log.notify()
