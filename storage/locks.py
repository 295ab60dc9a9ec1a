"""Tasks that one process may do at a time (the poller, the ticker, a channel's sender, the worker).

A lock dies with its process: an advisory lock of a PostgreSQL session, a lock on a file beside an SQLite store. So a
killed holder is followed at once, and a holder that merely hangs is never overtaken while it may still be sending.
"""

import fcntl
import os
from hashlib import sha256

from sqlalchemy import Connection, text

from storage.engine import Store

# A machine that vanishes without closing its connection is noticed by the server after about half a minute.
KEEPALIVES = ("tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 4")


class Lock:
    """One named lock on a store. Not for several threads."""

    def __init__(self, store: Store, name: str) -> None:
        self._store, self.name = store, name
        self._connection: Connection | None = None
        self._file: int | None = None

    def __del__(self) -> None:
        """A lock that nobody holds on to any more is free, as that of a process that has ended."""
        if self._file is not None:
            os.close(self._file)

    def take(self) -> bool:
        """True if the lock is ours, now or since an earlier call; a connection that was lost counts as lost."""
        if self._store.is_sqlite:
            return self._file is not None or self._take_file()
        return self._holds_session() or self._take_session()

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._connection is not None:
            self._connection.invalidate()
            self._connection.close()
            self._connection = None

    def _take_file(self) -> bool:
        path = self._store.url.database
        if not path or path == ":memory:":
            return True
        file = os.open(f"{path}.{self.name.replace(':', '-')}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
            return False
        os.truncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        self._file = file
        return True

    def _take_session(self) -> bool:
        number = int.from_bytes(sha256(f"causeway/{self.name}".encode()).digest()[:8], "big", signed=True)
        connection = self._store.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        for setting in KEEPALIVES:
            connection.execute(text(f"SET {setting}"))
        if connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}):
            self._connection = connection
            return True
        connection.close()
        return False

    def _holds_session(self) -> bool:
        if self._connection is None:
            return False
        try:
            self._connection.execute(text("SELECT 1"))
        except Exception:  # noqa: BLE001  (whatever broke the connection, the lock went with it)
            self.release()
            return False
        return True
