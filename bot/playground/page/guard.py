"""Who may ask for the page: a browser on this machine, and no other site that it has open."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("127.0.0.1", "localhost", "::1")
POLICY = "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class OnlyThisMachine:
    """Refuses a request whose Host is not loopback, and one that another site's page has sent."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not (why := refusal(Headers(scope=scope))):
            await self._app(scope, receive, _guarded(send))
            return
        await PlainTextResponse(f"{why}\n", 403)(scope, receive, send)


def refusal(headers: Headers) -> str:
    """Why these headers are not let in; "" if they are."""
    host, origin = headers.get("host", ""), headers.get("origin")
    if not is_loopback(host):
        return "The playground answers on this machine only: open it as http://127.0.0.1 or http://localhost."
    if origin is not None and urlsplit(origin).netloc != host:
        return "Another site's page may not act in the playground."
    return ""


def is_loopback(host: str) -> bool:
    """Whether a Host header names this machine, with or without a port."""
    try:
        return urlsplit(f"//{host}").hostname in LOOPBACK
    except ValueError:
        return False


def _guarded(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
