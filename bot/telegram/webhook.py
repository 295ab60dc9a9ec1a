"""Telegram's way in over HTTP: one address, which it calls with our secret in a header."""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.incoming import Intake, StoreUnreachable
from bot.telegram.announce import PATH
from bot.telegram.run import TelegramChannel

LARGEST = 1024 * 1024
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  (the name of a header)


def webhook_route(channel: TelegramChannel, intake: Intake, secret: str) -> Route:
    """The route. Without a secret nobody is let in; an update is acknowledged once it is committed."""

    async def receive(request: Request) -> Response:
        shown = request.headers.get(SECRET_HEADER, "")
        if not secret or not hmac.compare_digest(shown.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            payload = await _payload(request)
        except (ValueError, RecursionError, ClientDisconnect):
            return Response(status_code=400)
        if payload is None:
            return Response(status_code=413)
        try:
            await channel.receive(payload, intake)
        except StoreUnreachable:
            return Response(status_code=503)
        return Response()

    return Route(PATH, receive, methods=["POST"])


async def _payload(request: Request) -> Mapping[str, Any] | None:
    """The update, None as soon as it is over the limit. Raises ValueError if it is no JSON object."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    payload = json.loads(body)
    if not isinstance(payload, dict):
        raise ValueError("an update is an object")
    return payload
