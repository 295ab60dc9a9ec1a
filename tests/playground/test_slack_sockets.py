"""Socket Mode with the real client: envelopes, acknowledgements, several sockets, reconnecting."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from tests.playground.slack_line import APP_TOKEN, Line


class Bot:
    """An app that keeps what it was told, behind as many sockets as a test wants."""

    def __init__(self, line: Line, sockets: int = 1) -> None:
        self.told: list[dict[str, Any]] = []
        app = line.bolt()
        app.command("/causeway")(self.answer)
        app.shortcut("slow")(self.dawdle)
        app.event("message")(self.event)
        self.handlers = [line.over_socket(app) for _ in range(sockets)]

    async def answer(self, ack: Any, body: dict[str, Any]) -> None:
        self.told.append(body)
        await ack("Here you are")

    async def dawdle(self, ack: Any) -> None:
        await asyncio.sleep(0.6)
        await ack()

    async def event(self, body: dict[str, Any]) -> None:
        self.told.append(body)


@pytest.fixture(scope="module")
def shared_line() -> Iterator[Line]:
    with Line() as line:
        yield line


@pytest.fixture
def line(shared_line: Line) -> Iterator[Line]:
    yield shared_line
    shared_line.hang_up()


def test_commands_and_events_travel_over_the_socket(line: Line) -> None:
    bot = Bot(line)
    mina = line.slack.person("Mina Socket")
    called = mina.command("/causeway", "help")
    assert called is not None
    assert called.wait().answer == {"text": "Here you are"}
    assert [(message.text, message.ephemeral) for message in mina.messages()] == [("Here you are", True)]
    said = mina.dm("hello")
    assert said.delivery is not None
    assert said.delivery.wait().outcome == "acknowledged"
    assert [body.get("command", body.get("type")) for body in bot.told] == ["/causeway", "event_callback"]


def test_each_envelope_goes_to_one_of_several_sockets(line: Line) -> None:
    bot = Bot(line, sockets=2)
    mina = line.slack.person("Mina Two")
    said = [mina.dm(str(number)) for number in range(4)]
    for message in said:
        assert message.delivery is not None
        message.delivery.wait()
    assert sorted(body["event"]["text"] for body in bot.told) == ["0", "1", "2", "3"]


def test_an_envelope_without_an_answer_shows_the_person_a_timeout(line: Line) -> None:
    Bot(line)
    mina = line.slack.person("Mina Waits")
    assert mina.shortcut("slow").wait().outcome == "failed"
    assert mina.notices == ["operation_timeout"]


def test_an_event_is_sent_again_until_its_envelope_is_acknowledged(line: Line) -> None:
    mina = line.slack.person("Mina Resent")

    async def slow_socket() -> tuple[dict[str, Any], dict[str, Any]]:
        url = (await line.client.apps_connections_open(app_token=APP_TOKEN))["url"]
        async with ClientSession() as session, session.ws_connect(url) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            said = await asyncio.to_thread(mina.dm, "hello")
            first = await socket.receive_json()
            again = await socket.receive_json()
            await socket.send_json({"envelope_id": again["envelope_id"]})
            assert said.delivery is not None
            assert (await asyncio.to_thread(said.delivery.wait)).failures == ["http_timeout"]
            return first, again

    first, again = line.run(slow_socket())
    assert (first["retry_attempt"], again["retry_attempt"], again["retry_reason"]) == (0, 1, "timeout")
    assert first["payload"] == again["payload"]
    assert first["envelope_id"] != again["envelope_id"]


def test_the_bot_connects_anew_when_it_is_asked_to_and_when_the_line_is_cut(line: Line) -> None:
    bot = Bot(line)
    for close in (line.slack.refresh_sockets, line.slack.cut_sockets):
        before = {*line.slack.sockets.lines}
        close()
        assert line.log.wait_for(lambda before=before: {*line.slack.sockets.lines} - before)  # type: ignore[misc]
    said = line.slack.person("Mina Back").dm("hello")
    assert said.delivery is not None
    said.delivery.wait()
    assert [body["event"]["text"] for body in bot.told] == ["hello"]


def test_a_ticket_opens_one_socket(line: Line) -> None:
    async def twice() -> None:
        url = (await line.client.apps_connections_open(app_token=APP_TOKEN))["url"]
        async with ClientSession() as session, session.ws_connect(url), session.ws_connect(url):
            raise AssertionError("the second socket was let in")

    with pytest.raises(WSServerHandshakeError):
        line.run(twice())
