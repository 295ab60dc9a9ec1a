"""The other doors of the stand-in: bytes that come and go, and answers to interactions."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.playground.calls import Call
from bot.playground.slack import answering, files
from bot.playground.slack.api import bearer
from bot.playground.slack.desk import Desk
from bot.playground.slack.file import StoredFile
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.state import State

SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to Causeway</body></html>"


class Doors:
    """Uploads, downloads and response URLs: each address is a secret of its own, a download also needs the token."""

    def __init__(self, state: State, desk: Desk, bot_token: str) -> None:
        self.state, self.desk, self.bot_token = state, desk, bot_token

    async def upload(self, request: Request) -> Response:
        """The confirmation of an upload, as the plain text that Slack gives."""
        ticket, data = request.path_params["ticket"], await _bytes(request)
        answer = await self.desk.take("upload", {"length": len(data)}, lambda _: _taken(self.state, ticket, data))
        if answer.cut or answer.status != 200:
            return answer.response()
        return PlainTextResponse(f"OK - {len(data)}")

    async def download(self, request: Request) -> Response:
        """The bytes of a file. Who has no right to them is sent to a page to sign in, which answers 200."""
        file_id = request.path_params["file"].partition("-")[2]
        found: list[StoredFile] = []

        def work(call: Call) -> dict[str, Any]:
            found.append(self._readable(file_id, bearer(request)))
            return {}

        answer = await self.desk.take("download", {"file": file_id}, work)
        if answer.cut or answer.status not in (200, 302):
            return answer.response()
        if not found:
            return RedirectResponse(self.state.address("/signin"), 302)
        return Response(found[0].data, media_type=found[0].mimetype)

    async def sign_in(self, request: Request) -> Response:
        """The page that a download without the right ends at."""
        return HTMLResponse(SIGN_IN)

    async def reply(self, request: Request) -> Response:
        """The confirmation of an answer to an interaction."""
        ticket, given = request.path_params["ticket"], _json(await request.body())

        def work(call: Call) -> dict[str, Any]:
            address = self.state.tickets.replies.get(ticket)
            if address is None or given is None:
                raise Refusal("invalid_payload" if address else "expired_url", status=400 if address else 404)
            address.use(self.state.clock())
            answering.answer(self.state, address, given)
            return {}

        answer = await self.desk.take("response_url", given or {}, work)
        return answer.response() if answer.cut or not answer.body["ok"] else PlainTextResponse("ok")

    def _readable(self, file_id: str, token: str) -> StoredFile:
        file = self.state.files.get(file_id)
        if file is None or file.data is None:
            raise Refusal("file_not_found", status=404)
        allowed = token == self.bot_token and "files:read" in self.state.scopes and files.visible(self.state, file)
        if not allowed:
            raise Refusal("not_authed", status=302)
        return file


def _taken(state: State, ticket: str, data: bytes) -> dict[str, Any]:
    return {"length": files.receive(state, ticket, data)}


async def _bytes(request: Request) -> bytes:
    """The body, or the one part of a form with a file: Slack takes both."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for part in form.values():
            if not isinstance(part, str):
                return await part.read()
    return b""


def _json(body: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(body)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
