"""Live updates: what has changed is sent, and nothing else."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx

from bot.playground.calls import CallLog
from bot.playground.page.live import events
from bot.playground.page.routes import page_routes
from bot.playground.serve import serve
from tests.playground.page_stage import TestStage


async def first(stream: AsyncIterator[str], count: int) -> list[str]:
    return [await asyncio.wait_for(anext(stream), 10) for _ in range(count)]


def test_only_the_pane_that_changed_is_sent_again() -> None:
    log, panes = CallLog(), {"clock": 1, "phone": "<b>\n"}

    async def look_twice() -> tuple[list[str], list[str]]:
        stream = events(log, lambda: dict(panes))
        before = await first(stream, 2)
        panes["clock"] = 2
        log.notify()
        after = await first(stream, 1)
        await stream.aclose()  # type: ignore[attr-defined]
        return before, after

    before, after = asyncio.run(look_twice())
    assert before == ["event: clock\ndata: 1\n\n", 'event: phone\ndata: "<b>\\n"\n\n']
    assert after == ["event: clock\ndata: 2\n\n"]
    assert not log.bells


def test_stream_shows_a_message_as_it_is_written(stage: TestStage) -> None:
    with serve(stage.playground.asgi(page_routes(stage))) as served:
        query = {"phone": "amina", "member": "lucia"}
        with httpx.stream("GET", f"{served.url}/playground/live", params=query, timeout=10) as stream:
            lines = stream.iter_lines()
            assert pane(lines, "phone")["messages"] == []
            stage.phones["amina"].say("hello")
            assert pane(lines, "phone")["messages"][0]["html"] == "hello"


def pane(lines: Any, name: str) -> Any:
    """The next pane of this name."""
    for line in lines:
        if line == f"event: {name}":
            return json.loads(next(lines).removeprefix("data: "))
    raise AssertionError(f"the stream ended without {name}")
