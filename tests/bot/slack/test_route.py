import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from bot.slack.route import LARGEST, PATH, events_route
from bot.slack.run import SlackChannel
from tests.bot.slack import bodies
from tests.bot.slack.line import BOT_TOKEN, SECRET, Line


def signed(body: bytes, secret: str = SECRET, age_s: int = 0, **headers: str) -> dict[str, str]:
    at = str(int(time.time()) - age_s)
    digest = hmac.new(secret.encode(), b"v0:" + at.encode() + b":" + body, hashlib.sha256).hexdigest()
    kind = "application/json" if body.startswith((b"{", b"[")) else "application/x-www-form-urlencoded"
    made = {"content-type": kind, "x-slack-request-timestamp": at, "x-slack-signature": f"v0={digest}"}
    return {name: value for name, value in {**made, **headers}.items() if value}


def post(line: Line, body: bytes, headers: dict[str, str]) -> int:
    return httpx.post(line.bot.url + PATH, content=body, headers=headers, timeout=5).status_code


EVENT = json.dumps(bodies.message("12 500")).encode()


def test_address_passes_slacks_check(http: Line) -> None:
    assert http.slack.handshake()


def test_signed_delivery_is_taken(http: Line) -> None:
    assert post(http, EVENT, signed(EVENT)) == 200
    assert len(http.intake.taken) == 1


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: signed(EVENT, "another-secret"), id="other secret"),
        pytest.param(lambda: signed(EVENT, age_s=400), id="old"),
        pytest.param(lambda: signed(EVENT + b" "), id="other body"),
        pytest.param(lambda: signed(EVENT, **{"x-slack-signature": ""}), id="no signature"),
        pytest.param(lambda: signed(EVENT, **{"x-slack-request-timestamp": ""}), id="no time"),
        pytest.param(lambda: signed(EVENT, **{"x-slack-request-timestamp": "soon"}), id="time that is none"),
        pytest.param(lambda: signed(EVENT, **{"x-slack-signature": "v1=abc"}), id="other scheme"),
    ],
)
def test_unsigned_delivery_is_not_let_in(http: Line, made: Callable[[], dict[str, str]]) -> None:
    assert post(http, EVENT, made()) == 401
    assert http.intake.taken == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="broken JSON"),
        pytest.param(b"[1]", id="JSON that is no object"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(urlencode({"payload": "{"}).encode(), id="broken payload"),
    ],
)
def test_unreadable_delivery_is_refused_without_a_trace(http: Line, body: bytes) -> None:
    assert post(http, body, signed(body)) == 400
    assert http.intake.taken == []


def test_delivery_over_the_limit_is_refused(http: Line) -> None:
    body = b'{"a": "' + b"x" * LARGEST + b'"}'

    assert post(http, body, signed(body)) == 413


def test_other_verbs_are_refused(http: Line) -> None:
    assert httpx.get(http.bot.url + PATH, timeout=5).status_code == 405


async def posted_to(channel: SlackChannel) -> int:
    app = Starlette(routes=[events_route(channel)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        return (await client.post(PATH, content=EVENT, headers=signed(EVENT))).status_code


@pytest.mark.parametrize("secret", ["", "another"])
def test_nobody_is_let_in_without_the_right_secret(secret: str) -> None:
    assert asyncio.run(posted_to(SlackChannel(BOT_TOKEN, secret, None, None, lambda kind: None))) == 401


def test_delivery_before_the_start_is_not_acknowledged() -> None:
    assert asyncio.run(posted_to(SlackChannel(BOT_TOKEN, SECRET, None, None, lambda kind: None))) == 503
