"""The webhook's side of the platform: posts each update until it is answered, one at a time per chat, in order."""

import asyncio
from typing import Any

import aiohttp

from bot.playground.telegram.bell import Bell
from bot.playground.telegram.state import State, Webhook
from bot.playground.telegram.updates import chat_of

FIRST_WAIT_S, LONGEST_WAIT_S = 0.2, 5.0
ANSWER_WITHIN_S = 20.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the name of a header)


class Delivery:
    """A method call in the answer's body, which the real platform would carry out, is not looked at."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._busy: set[object] = set()
        self._posts: set[asyncio.Task[None]] = set()
        self._run: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Begin to deliver, in the loop that runs now."""
        self._loop = asyncio.get_running_loop()
        self._run = asyncio.create_task(self._deliver_all())

    async def stop(self) -> None:
        """End it; what was not answered waits for the next start."""
        tasks = [*self._posts, *([self._run] if self._run else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._run = None
        self._busy.clear()

    def post_copies(self, update: dict[str, Any], times: int) -> list[int]:
        """The HTTP statuses of as many posts of the same update at the same moment; 0 where none was answered."""
        if self._loop is None or self._state.webhook is None:
            raise RuntimeError("there is no webhook to post to")
        posts = asyncio.run_coroutine_threadsafe(self._post_copies(self._state.webhook, update, times), self._loop)
        return posts.result(ANSWER_WITHIN_S + 1)

    async def _post_copies(self, hook: Webhook, update: dict[str, Any], times: int) -> list[int]:
        async with _session() as session:
            return list(await asyncio.gather(*(self._post(session, hook, update) for _ in range(times))))

    async def _deliver_all(self) -> None:
        async with _session() as session:
            with Bell(self._state) as bell:
                while True:
                    self._begin_posts(session, bell)
                    await bell.wait()

    def _begin_posts(self, session: aiohttp.ClientSession, bell: Bell) -> None:
        with self._state.lock:
            hook = self._state.webhook
            waiting = sorted(self._state.updates.pending.items())
        for _, update in waiting if hook else ():
            key = chat_of(update)
            if hook and key not in self._busy and len(self._posts) < hook.max_connections:
                self._busy.add(key)
                task = asyncio.create_task(self._deliver(session, hook, update, key))
                self._posts.add(task)
                task.add_done_callback(self._posts.discard)

    async def _deliver(
        self, session: aiohttp.ClientSession, hook: Webhook, update: dict[str, Any], key: object
    ) -> None:
        wait = FIRST_WAIT_S
        try:
            while self._wanted(hook, update):
                if 200 <= await self._post(session, hook, update) < 300:
                    with self._state.lock:
                        self._state.updates.done(update["update_id"])
                    break
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT_S)
        finally:
            self._busy.discard(key)
            self._state.ring()

    def _wanted(self, hook: Webhook, update: dict[str, Any]) -> bool:
        with self._state.lock:
            return self._state.webhook is hook and update["update_id"] in self._state.updates.pending

    async def _post(self, session: aiohttp.ClientSession, hook: Webhook, update: dict[str, Any]) -> int:
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        try:
            async with session.post(hook.url, json=update, headers=headers, allow_redirects=False) as answer:
                await answer.read()
                status, trouble = answer.status, f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            status, trouble = 0, f"Connection failed: {type(error).__name__}"
        if not 200 <= status < 300:
            with self._state.lock:
                self._state.webhook_error = (self._state.clock(), trouble)
        return status


def _session() -> aiohttp.ClientSession:
    # A proxy of the surroundings must not come between two ends on the same machine.
    return aiohttp.ClientSession(trust_env=False, timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN_S))
