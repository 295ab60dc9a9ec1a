"""The two clocks: real time for transport, and the programme's moment, which a demo and the tests can move."""

from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

from storage.engine import Store
from storage.programme import programme

REFRESH_S = 1.0


def real_now() -> datetime:
    """The moment by the machine's clock, aware, in UTC."""
    return datetime.now(UTC)


class ProgrammeClock:
    """The programme's moment: real time plus an offset that all processes share through the store."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._offset, self._read_at = timedelta(0), -REFRESH_S

    def now(self) -> datetime:
        """The programme's moment, aware, in UTC; the offset is at most one second old."""
        with self._lock:
            if monotonic() - self._read_at >= REFRESH_S:
                self._refresh()
            return real_now() + self._offset

    def move_to(self, moment: datetime) -> None:
        """Make this the programme's moment, for every process on this store."""
        offset = moment - real_now()
        with self._store.write() as session:
            row = programme(session)
            if row is None:
                raise LookupError("there is no programme yet: import one first")
            row.clock_offset_s = offset.total_seconds()
            session.add(row)
        with self._lock:
            self._offset, self._read_at = offset, monotonic()

    def _refresh(self) -> None:
        with self._store.read() as session:
            row = programme(session)
            self._offset = timedelta(seconds=row.clock_offset_s if row else 0)
        self._read_at = monotonic()
