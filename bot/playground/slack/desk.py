"""How every call of the bot is taken: noted, met by planned trouble, carried out under the lock, noted again."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from bot.playground.calls import Call
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.state import State
from bot.playground.slack.trouble import Drop, Hang, Trouble, planned_refusal

Work = Callable[[Call], dict[str, Any]]


class CutOff(Response):
    """An answer that breaks off: the server closes the connection, since less came than was promised."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


@dataclass
class Answer:
    """What goes back; `cut` if the line breaks instead."""

    body: dict[str, Any]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False

    def response(self) -> Response:
        """The answer as JSON over HTTP."""
        return CutOff() if self.cut else JSONResponse(self.body, self.status, self.headers)


class Desk:
    """One desk for all doors: Web API, uploads, downloads, response URLs."""

    def __init__(self, state: State) -> None:
        self.state = state

    async def take(self, method: str, params: dict[str, Any], work: Work) -> Answer:
        """The answer to one call. Each runs in a thread, so that a test may hold one back and not the others."""
        call = await run_in_threadpool(self.state.log.open, "slack", method, params)
        with self.state.lock:
            trouble = self.state.plan.take(method, params.get("channel") or params.get("channel_id"))
        if isinstance(trouble, Hang):
            await asyncio.sleep(trouble.seconds)
        return await run_in_threadpool(self._answer, call, trouble, work)

    def _answer(self, call: Call, trouble: Trouble | None, work: Work) -> Answer:
        if trouble == Drop(effect=False):
            self.state.log.close(call, {}, "dropped", planned=True)
            return Answer({}, cut=True)
        answer, refusal = self._carry_out(call, trouble, work)
        planned = refusal.planned if refusal else trouble is not None
        self.state.log.close(call, answer.body, refusal.error if refusal else None, planned)
        answer.cut = isinstance(trouble, Drop)
        return answer

    def _carry_out(self, call: Call, trouble: Trouble | None, work: Work) -> tuple[Answer, Refusal | None]:
        try:
            if refusal := planned_refusal(trouble):
                raise refusal
            with self.state.lock:
                return Answer({"ok": True, **work(call)}), None
        except Refusal as refused:
            return Answer(refused.as_json(), refused.status, refused.headers), refused
