"""When something on a platform happened by the programme's clock: platforms keep real time, a demo moves the other."""

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

NOTICED = timedelta(seconds=1)


class Timeline:
    """Remembers from which real moment on the programme's clock was ahead by how much."""

    def __init__(self, real_now: Callable[[], datetime]) -> None:
        self._real_now, self._lock = real_now, Lock()
        self._since: list[datetime] = []
        self._ahead: list[timedelta] = []

    def note(self, programme_now: datetime) -> None:
        """Remember how far ahead the programme's clock is at this moment."""
        real = self._real_now()
        ahead = programme_now - real
        with self._lock:
            if not self._ahead or abs(ahead - self._ahead[-1]) > NOTICED:
                self._since.append(real)
                self._ahead.append(ahead)

    def programme(self, real: datetime) -> datetime:
        """The programme's moment at a real one."""
        with self._lock:
            if not self._since:
                return real
            return real + self._ahead[max(0, bisect_right(self._since, real) - 1)]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._since.clear()
            self._ahead.clear()
