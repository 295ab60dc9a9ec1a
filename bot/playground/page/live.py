"""What changes on the page, as server-sent events: a pane is sent whole, and only when it has changed."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from types import TracebackType
from typing import Any

from starlette.concurrency import run_in_threadpool

from bot.playground.calls import CallLog

Panes = Mapping[str, Any]
# The clock's face goes on by itself, and the store's rows are committed a moment after the last call that is heard.
LOOK_S, TOGETHER_S = 1.0, 0.06


class Bell:
    """Rung at every change on either platform for as long as the `with` lasts."""

    def __init__(self, log: CallLog) -> None:
        self._log, self._rung = log, asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def __enter__(self) -> "Bell":
        with self._log.changed:
            self._log.bells.add(self._ring)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._log.changed:
            self._log.bells.discard(self._ring)

    def _ring(self) -> None:
        self._loop.call_soon_threadsafe(self._rung.set)

    async def wait(self, seconds: float) -> None:
        """Come back at the next change, after `seconds` at the latest."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return
        self._rung.clear()


async def events(log: CallLog, look: Callable[[], Panes]) -> AsyncIterator[str]:
    """The panes that `look` gives, each as an event of its name, again whenever one of them has changed."""
    shown: dict[str, str] = {}
    with Bell(log) as bell:
        while True:
            for name, pane in (await run_in_threadpool(look)).items():
                data = json.dumps(pane, ensure_ascii=False)
                if shown.get(name) != data:
                    shown[name] = data
                    yield f"event: {name}\ndata: {data}\n\n"
            await bell.wait(LOOK_S)
            # What belongs together comes within a moment: one look for all of it.
            await asyncio.sleep(TOGETHER_S)
