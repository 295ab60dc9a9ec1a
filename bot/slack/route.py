"""Slack's way in over HTTP: events, buttons, forms and commands, all at one address and all signed."""

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from bot.slack.run import SlackChannel

PATH = "/slack/events"
LARGEST = 1024 * 1024
SIGNATURE, TIMESTAMP = "x-slack-signature", "x-slack-request-timestamp"


def events_route(channel: SlackChannel) -> Route:
    """The route. Bolt checks the signature; without a signing secret nobody is let in."""

    async def receive(request: Request) -> Response:
        if not channel.signed or not _has_signature(request):
            return Response(status_code=401)
        try:
            body = await _body(request)
            if body is None:
                return Response(status_code=413)
            received = to_async_bolt_request(request, body)
        except (ValueError, TypeError, AttributeError, ClientDisconnect):
            # No JSON, no UTF-8, or JSON that is no object: Slack sends none of these.
            return Response(status_code=400)
        return to_starlette_response(await channel.app.async_dispatch(received))

    return Route(PATH, receive, methods=["POST"])


def _has_signature(request: Request) -> bool:
    """Whether there is a signature to check; Bolt trips over one that is not even of the right form."""
    signature, timestamp = request.headers.get(SIGNATURE, ""), request.headers.get(TIMESTAMP, "")
    return signature.isascii() and signature.startswith("v0=") and timestamp.isascii() and timestamp.isdecimal()


async def _body(request: Request) -> bytes | None:
    """The body, None as soon as it is over the limit."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    return bytes(body)
