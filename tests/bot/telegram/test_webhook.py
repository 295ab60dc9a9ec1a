import asyncio
import io
import json
from concurrent.futures import Future
from threading import Event
from typing import Any

import aiohttp
import pytest

from bot.config import ConfigError
from bot.playground.telegram.trouble import ServerError
from bot.telegram.announce import PATH
from bot.telegram.methods import KINDS
from tests.bot.telegram.line import SECRET, Line

HEADER = "X-Telegram-Bot-Api-Secret-Token"
CHAT = {"id": 5000001, "type": "private", "first_name": "Amina"}


def update(text: str = "Hello", update_id: int = 7) -> dict[str, Any]:
    amina = {"id": 5000001, "is_bot": False, "first_name": "Amina"}
    message = {"message_id": update_id, "from": amina, "chat": CHAT, "date": 1794823200, "text": text}
    return {"update_id": update_id, "message": message}


async def posted(url: str, body: bytes | io.BytesIO, secret: str | None) -> int:
    headers = {"Content-Type": "application/json"} | ({HEADER: secret} if secret is not None else {})
    async with aiohttp.ClientSession() as session, session.post(url + PATH, data=body, headers=headers) as answer:
        return answer.status


def begin(line: Line, body: object, secret: str | None = SECRET) -> "Future[int]":
    data = body if isinstance(body, bytes | io.BytesIO) else json.dumps(body).encode()
    return line.wire.begin(posted(line.url, data, secret))


def post(line: Line, body: object, secret: str | None = SECRET) -> int:
    return begin(line, body, secret).result(5)


def announced(line: Line, public_url: str = "", secret: str = SECRET) -> None:
    line.wire.run(line.channel_of(public_url=public_url or line.url, secret=secret).run())


def test_update_is_acknowledged_once_it_is_committed(line: Line) -> None:
    line.intake.held["Hello"] = Event()
    answer = begin(line, update())
    line.log.wait_for(lambda: line.intake.offered, 5)
    assert not answer.done()
    line.intake.held["Hello"].set()
    assert answer.result(5) == 200
    assert line.intake.words() == ["Hello"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ü"])
def test_post_without_the_secret_is_refused(line: Line, secret: str | None) -> None:
    assert post(line, update(), secret) == 403
    assert line.intake.offered == []


def test_without_a_secret_of_our_own_nobody_is_let_in(line: Line) -> None:
    line.expect("")
    assert [post(line, update(), ""), post(line, update(), None)] == [403, 403]


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"7", b"\xff\xfe\xfd", b"[" * 100_000])
def test_body_that_is_no_update_is_refused(line: Line, body: bytes) -> None:
    assert post(line, body) == 400


def test_body_without_end_is_refused(line: Line) -> None:
    assert post(line, io.BytesIO(json.dumps(update("x" * 1_100_000)).encode())) == 413
    assert line.intake.offered == []


@pytest.mark.parametrize("body", [{}, {"update_id": 7, "telepathy": {}}, {"update_id": 7, "message": {"chat": 1}}])
def test_update_that_nobody_can_read_is_acknowledged_and_counted(line: Line, body: dict[str, Any]) -> None:
    assert post(line, body) == 200
    assert line.unknown.total() == 1


def test_store_out_of_reach_is_not_acknowledged(line: Line) -> None:
    line.intake.away = 1
    assert [post(line, update()), post(line, update())] == [503, 200]
    assert line.intake.words() == ["Hello"]


def test_five_posts_at_once_have_one_effect(line: Line) -> None:
    answers = [begin(line, update()) for _ in range(5)]
    assert [answer.result(5) for answer in answers] == [200] * 5
    assert line.intake.words() == ["Hello"]


def test_one_chat_is_taken_one_after_the_other(line: Line) -> None:
    line.intake.held["One"] = Event()
    first = begin(line, update("One", 7))
    line.log.wait_for(lambda: line.intake.offered, 5)
    second = begin(line, update("Two", 8))
    other = update("Elsewhere", 9)
    other["message"]["chat"] = {**CHAT, "id": 5000002}
    assert post(line, other) == 200
    assert [one.delivery for one in line.intake.offered] == ["telegram:8100001:7", "telegram:8100001:9"]
    line.intake.held["One"].set()
    assert [first.result(5), second.result(5)] == [200, 200]
    assert line.intake.words() == ["Elsewhere", "One", "Two"]


def test_telegram_is_told_where_to_call_and_calls(line: Line) -> None:
    announced(line)
    (asked,) = line.calls("setWebhook")
    assert (asked["url"], asked["secret_token"]) == (line.url + PATH, SECRET)
    assert (asked["allowed_updates"], asked.get("drop_pending_updates")) == (list(KINDS), None)
    line.amina.say("Hello")
    assert line.intake.wait("Hello") == ["start", "Hello"]


def test_tap_that_was_posted_is_answered(line: Line) -> None:
    announced(line)
    line.intake.toast = ("Noted", False)
    line.send({"text": "Which?", "buttons": [[{"label": "Water", "action": "r:w:", "style": "plain"}]]})
    answer = line.amina.tap("Water").wait()
    assert (answer and answer.text) == "Noted"


def test_webhook_is_set_however_long_telegram_is_away(line: Line) -> None:
    line.phone.plan("setWebhook", None, ServerError(), 2)
    announced(line)
    assert len(line.calls("setWebhook")) == 3


FAULTS = {
    "no https": ("http://causeway.example", SECRET, "PUBLIC_URL"),
    "odd port": ("https://causeway.example:8080", SECRET, "PUBLIC_URL"),
    "no secret": ("https://causeway.example", "", "TELEGRAM_WEBHOOK_SECRET"),
    "secret with a space": ("https://causeway.example", "two words", "TELEGRAM_WEBHOOK_SECRET"),
}


@pytest.mark.parametrize(("public_url", "secret", "variable"), FAULTS.values(), ids=FAULTS)
def test_setting_that_telegram_does_not_take_ends_the_start(
    line: Line, public_url: str, secret: str, variable: str
) -> None:
    with pytest.raises(ConfigError, match=variable):
        announced(line, public_url, secret)


def test_close_waits_for_what_is_being_given(line: Line) -> None:
    begun, go_on = Event(), Event()

    async def give(channel: object, now: object) -> None:
        begun.set()
        await asyncio.to_thread(go_on.wait, 5)

    line.intake.give = give  # type: ignore[method-assign, assignment]
    assert post(line, update()) == 200
    assert begun.wait(5)
    closing = line.wire.begin(line.channel.close())
    assert not closing.done()
    go_on.set()
    closing.result(5)
