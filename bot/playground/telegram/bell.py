"""A bell that any thread may ring and one coroutine waits for."""

import asyncio
from types import TracebackType

from bot.playground.telegram.state import State


class Bell:
    """Rung at every change of the platform's state for as long as the `with` lasts."""

    def __init__(self, state: State) -> None:
        self._state, self._rung = state, asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> "Bell":
        with self._state.lock:
            self._state.bells.add(self._ring)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._state.lock:
            self._state.bells.discard(self._ring)

    def _ring(self) -> None:
        self._loop.call_soon_threadsafe(self._rung.set)

    async def wait(self) -> None:
        """Come back at the next change, or at once if there was one since the last time."""
        await self._rung.wait()
        self._rung.clear()
