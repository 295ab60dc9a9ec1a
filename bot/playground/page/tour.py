"""The guided tour: five acts, each played by the stand-in people while the guide says what is to be seen."""

from datetime import datetime
from threading import Event, Lock, Thread
from typing import Any

from bot.playground.page.acts import ACTS, Line
from bot.playground.page.deeds import Deed, Given, Unfit
from bot.playground.page.stage import Stage
from bot.playground.page.troupe import troupe
from bot.playground.page.walk import Walk
from bot.playground.slack.refusal import Refusal as SlackRefusal
from bot.playground.telegram.refusal import Refusal as TelegramRefusal

WALK_S = 120.0
LOST = (ValueError, LookupError, TimeoutError, SlackRefusal, TelegramRefusal)


class Left(Exception):
    """The visitor has left the tour in the middle of an act."""


class Tour:
    """`reading_s` is the time that a visitor gets for each line, in seconds."""

    reading_s = 2.6

    def __init__(self, stage: Stage, walk: Walk) -> None:
        self._stage, self._walk = stage, walk
        self._lock, self._left = Lock(), Event()
        self._thread: Thread | None = None
        self._act, self._playing, self._trouble = 0, False, ""
        self._line: Line | None = None
        self.deeds: dict[str, Deed[Tour]] = {"next": Tour.next, "leave": Tour.leave}

    def as_json(self) -> dict[str, Any]:
        """The tour as the page gets it: `act` is the one played last, counted from 1, 0 before the first."""
        return {
            "acts": [act.title for act in ACTS],
            "act": self._act,
            "playing": self._playing,
            "line": self._line.as_json() if self._line else None,
            "trouble": self._trouble,
        }

    def next(self, given: Given) -> None:
        """Play the next act, or the last one again if it got into trouble; after the last, begin anew."""
        with self._lock:
            if self._playing:
                raise Unfit("This act is still being played.")
            again = bool(self._trouble) and self._act > 0
            self._act = self._act if again else self._act % len(ACTS) + 1
            self._playing, self._trouble = True, ""
            self._left.clear()
        self._thread = Thread(target=self._play, name="tour", daemon=True)
        self._thread.start()

    def leave(self, given: Given) -> None:
        """Leave the tour; what was done stays done."""
        self.stop()

    def stop(self) -> None:
        """End the tour and wait until its people stand still."""
        self._left.set()
        if self._thread is not None:
            self._thread.join()
        self._forget()
        self._stage.playground.log.notify()

    def _forget(self) -> None:
        self._act, self._playing, self._trouble, self._line = 0, False, "", None

    def _play(self) -> None:
        try:
            for line in ACTS[self._act - 1].play(troupe(self._stage), self._go):
                self._tell(line)
        except Left:
            return
        except LOST as error:
            self._trouble = str(error)
        finally:
            self._playing = False
            self._stage.playground.log.notify()

    def _tell(self, line: Line) -> None:
        """Say a line and give the visitor time to read it."""
        self._line = line
        self._stage.playground.log.notify()
        if self._left.wait(self.reading_s):
            raise Left

    def _go(self, moment: datetime) -> None:
        """Move the clock, and come back when it is there."""
        if moment <= self._stage.now():
            return
        self._walk.begin(moment)
        if not self._walk.wait(WALK_S):
            raise Unfit("The clock did not arrive.")
