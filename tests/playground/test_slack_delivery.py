"""How deliveries reach the bot: signed, tried again, several at once, over HTTP and over sockets."""

import json
from collections.abc import Callable, Iterator
from threading import Event

import pytest
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.playground.slack_line import SECRET, Line


class Listener:
    """A bot that keeps the raw requests; `answers` decides on each."""

    def __init__(self, line: Line) -> None:
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self.answers: Callable[[int], Response] = lambda number: Response()
        line.serve_bot(Starlette(routes=[Route("/slack/events", self.take, methods=["POST"])]))

    async def take(self, request: Request) -> Response:
        self.requests.append((dict(request.headers), await request.body()))
        return await run_in_threadpool(self.answers, len(self.requests))


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Line() as line:
        yield line


@pytest.fixture
def listener(line: Line) -> Listener:
    return Listener(line)


def test_every_request_is_signed(line: Line, listener: Listener) -> None:
    mina = line.slack.person("Mina Signed")
    said = mina.dm("hello")
    assert said.delivery is not None
    said.delivery.wait()
    called = mina.command("/causeway", "help")
    assert called is not None
    called.wait()
    for headers, body in listener.requests:
        assert SignatureVerifier(SECRET).is_valid_request(body, headers)
    assert not SignatureVerifier("other").is_valid_request(*listener.requests[0][::-1])


def test_an_event_is_tried_again_until_it_is_taken(line: Line, listener: Listener) -> None:
    listener.answers = lambda number: Response(status_code=500 if number == 1 else 200)
    said = line.slack.person("Mina Again").dm("hello")
    assert said.delivery is not None
    assert said.delivery.wait().outcome == "acknowledged"
    (first, body), (second, again) = listener.requests
    assert "x-slack-retry-num" not in first
    assert (second["x-slack-retry-num"], second["x-slack-retry-reason"]) == ("1", "http_error")
    assert body == again


def test_an_event_is_given_up_after_the_last_attempt(line: Line, listener: Listener) -> None:
    line.slack.deliver_to("http://127.0.0.1:1/slack/events")
    said = line.slack.person("Mina Lost").dm("hello")
    assert said.delivery is not None
    assert said.delivery.wait().outcome == "failed"
    assert said.delivery.failures == ["connection_failed"] * 3


def test_the_bot_may_ask_not_to_be_tried_again(line: Line, listener: Listener) -> None:
    listener.answers = lambda number: Response(status_code=500, headers={"X-Slack-No-Retry": "1"})
    said = line.slack.person("Mina Enough").dm("hello")
    assert said.delivery is not None
    assert said.delivery.wait().failures == ["http_error"]


def test_a_slow_interaction_is_not_tried_again_and_the_person_sees_it(line: Line, listener: Listener) -> None:
    mina = line.slack.person("Mina Slow")
    release = Event()
    listener.answers = lambda number: Response() if release.wait(5) else Response(status_code=500)
    late = mina.shortcut("anything").wait()
    release.set()
    assert (late.outcome, late.failures) == ("failed", ["http_timeout"])
    listener.answers = lambda number: Response(status_code=404)
    mina.shortcut("anything").wait()
    assert mina.notices == ["operation_timeout", "dispatch_failed"]
    assert len(listener.requests) == 2


def test_the_same_delivery_can_come_five_times_at_once(line: Line, listener: Listener) -> None:
    mina = line.slack.person("Mina Five")
    shortcut = mina.shortcut("anything").wait()
    said = mina.dm("once")
    called = mina.command("/causeway", "help")
    assert said.delivery is not None
    assert called is not None
    deliveries = [said.delivery.wait(), called.wait(), shortcut]
    for delivery in deliveries:
        listener.requests.clear()
        copies = line.slack.repeat(delivery, 5)
        assert [copy.wait().outcome for copy in copies] == ["acknowledged"] * 5
        assert len({body for _, body in listener.requests}) == 1


@pytest.mark.parametrize(
    ("answer", "accepted"),
    [
        (lambda challenge: JSONResponse({"challenge": challenge}), True),
        (lambda challenge: PlainTextResponse(challenge), True),
        (lambda challenge: Response(), False),
        (lambda challenge: Response(status_code=401), False),
    ],
    ids=["json", "text", "empty", "refused"],
)
def test_the_request_url_has_to_answer_the_challenge(
    line: Line, listener: Listener, answer: Callable[[str], Response], accepted: bool
) -> None:
    listener.answers = lambda number: answer(json.loads(listener.requests[-1][1])["challenge"])
    assert line.slack.handshake() is accepted
    assert len(listener.requests) == 1


def test_bolt_answers_the_challenge(line: Line) -> None:
    line.over_http(line.bolt())
    assert line.slack.handshake()
