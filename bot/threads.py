"""Runs what blocks in a thread, so that nothing of it is still at work once its caller has ended."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar

T = TypeVar("T")


async def in_thread(executor: Executor, function: Callable[..., T], *arguments: object) -> T:
    """What the function gives. A thread cannot be stopped: who is cancelled meanwhile waits for its end first.

    Otherwise a sender could give its lock back, and its thread take it again for nobody.
    """
    running = asyncio.get_running_loop().run_in_executor(executor, function, *arguments)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise
