import asyncio
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient

from bot.channel import Sending
from bot.config import ConfigError
from bot.playground.slack.courier import Pace
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.people import Person
from bot.playground.slack.trouble import ServerError
from bot.slack import socket_mode
from bot.slack.api import Api
from handlers.message import Changed, Commanded, Content, Happened, Pressed, Said, Submitted
from tests.bot.slack.line import APP_TOKEN, Line, picture

BUTTON = {"label": "Answer", "action": "r:answer:7", "style": "primary"}
ASK = {"text": "A reading is <b>over</b> the limit.", "buttons": [[BUTTON]], "attachments": [], "silent": False}
FIELD = {"label": "What?", "kind": "text", "options": [], "hint": "", "initial": "", "optional": False}
MODAL = {"title": "A form", "submit": "Send", "action": "f:1:abc", "fields": [{"key": "what", **FIELD}]}


def ask(line: Line, conversation: str) -> str:
    return line.run(line.channel.send(Sending("message", ASK, conversation)))


def open_form(line: Line, person: Person) -> None:
    line.intake.modal = MODAL
    person.command("/causeway", "capa")
    assert person.wait_for(person.view)
    line.intake.clear()


def said(line: Line, mai: Person) -> Delivery | None:
    return mai.dm("12 500").delivery


def replied(line: Line, mai: Person) -> Delivery | None:
    channel = line.slack.channel(f"alerts-{mai.id}", [mai])
    return mai.say(channel, "call me", thread_ts=ask(line, channel.id)).delivery


def edited(line: Line, mai: Person) -> Delivery | None:
    first = mai.dm("12")
    assert first.delivery is not None
    first.delivery.wait()
    line.intake.clear()
    return mai.edit(first, "13")


def pictured(line: Line, mai: Person) -> Delivery | None:
    return mai.dm("look", files=[picture()]).delivery


def commanded(line: Line, mai: Person) -> Delivery | None:
    return mai.command("/causeway", "Summary 2026-W46")


def used_shortcut(line: Line, mai: Person) -> Delivery | None:
    return mai.shortcut("summary")


def pressed(line: Line, mai: Person) -> Delivery | None:
    ask(line, mai.id)
    return mai.press("Answer")


def submitted(line: Line, mai: Person) -> Delivery | None:
    open_form(line, mai)
    return mai.submit({"What?": "a < b"}).delivery


def opened_home(line: Line, mai: Person) -> Delivery | None:
    return mai.open_home()


KINDS = [
    pytest.param(said, Said, id="message"),
    pytest.param(replied, Said, id="reply"),
    pytest.param(edited, Changed, id="edit"),
    pytest.param(pictured, Said, id="picture"),
    pytest.param(commanded, Commanded, id="command"),
    pytest.param(used_shortcut, Commanded, id="shortcut"),
    pytest.param(pressed, Pressed, id="button"),
    pytest.param(submitted, Submitted, id="form"),
    pytest.param(opened_home, Happened, id="home"),
]
Do = Callable[[Line, Person], Delivery | None]


@pytest.mark.parametrize(("do", "kind"), KINDS)
def test_delivery_is_acknowledged_only_after_the_commit(
    line: Line, do: Do, kind: type[Content], monkeypatch: pytest.MonkeyPatch
) -> None:
    send = SocketModeClient.send_message

    async def witnessed(client: SocketModeClient, message: str) -> None:
        line.intake.steps.append("answered 200")
        await send(client, message)

    monkeypatch.setattr(SocketModeClient, "send_message", witnessed)
    delivery = do(line, line.slack.person("Mai Tran"))

    assert delivery is not None
    assert delivery.wait().outcome == "acknowledged"
    assert line.intake.steps[-2:] == ["committed", "answered 200"]
    assert isinstance(line.intake.taken[-1].content, kind)
    assert line.faults == []


@pytest.fixture
def impatient(line: Line, monkeypatch: pytest.MonkeyPatch) -> Line:
    """Slack waits a moment only: a socket without an answer would take its three seconds."""
    monkeypatch.setattr(line.slack._courier, "pace", Pace(ack=0.3, retries=(0.02,) * 6))
    return line


def test_event_is_sent_again_until_the_store_is_back(impatient: Line) -> None:
    line = impatient
    line.intake.away = 2
    delivery = line.slack.person("Mai Tran").dm("12").delivery

    assert delivery is not None
    assert delivery.wait().outcome == "acknowledged"
    assert len(delivery.failures) >= 2
    assert [incoming.content for incoming in line.intake.taken] == [Said("12")]


@pytest.mark.parametrize("do", [commanded, pressed, used_shortcut])
def test_person_is_told_when_the_store_is_away(impatient: Line, do: Do) -> None:
    line = impatient
    line.intake.away = 1
    mai = line.slack.person("Mai Tran")
    delivery = do(line, mai)

    assert delivery is not None
    assert delivery.wait().outcome == "failed"
    assert mai.wait_for(lambda: mai.notices) in (["dispatch_failed"], ["operation_timeout"])
    assert line.intake.taken == []


def test_five_repeats_have_one_effect(line: Line) -> None:
    delivery = line.slack.person("Mai Tran").command("/causeway", "help")
    assert delivery is not None
    delivery.wait()

    copies = [copy.wait() for copy in line.slack.repeat(delivery, 5)]

    assert [copy.outcome for copy in copies] == ["acknowledged"] * 5
    assert len(line.intake.taken) == 1


def test_words_of_one_person_are_taken_in_their_order(socket: Line) -> None:
    socket.intake.overtaking = Event()
    mai = socket.slack.person("Mai Tran")
    deliveries = [mai.dm(str(number)).delivery for number in range(5)]

    assert all(delivery and delivery.wait().outcome == "acknowledged" for delivery in deliveries)
    assert [incoming.content for incoming in socket.intake.taken] == [Said(str(number)) for number in range(5)]


def test_form_stays_open_and_shows_what_is_wrong(line: Line) -> None:
    mai = line.slack.person("Mai Tran")
    open_form(line, mai)
    line.intake.errors = {"what": "Please write it in words."}

    assert mai.submit({"What?": "?"}).errors == {"what": "Please write it in words."}
    line.intake.errors = {"form": "It has changed meanwhile."}
    assert mai.submit({"What?": "?"}).errors == {"what": "It has changed meanwhile."}
    line.intake.errors = {}
    assert mai.submit({"What?": "a belt"}).view is None
    assert line.faults == []


def test_repeated_form_gets_the_same_errors(http: Line) -> None:
    mai = http.slack.person("Mai Tran")
    open_form(http, mai)
    http.intake.errors = {"what": "Too long."}
    delivery = mai.submit({"What?": "?"}).delivery
    assert delivery is not None

    assert http.slack.repeat(delivery, 1)[0].wait().answer == delivery.answer
    assert delivery.answer == {"response_action": "errors", "errors": {"what": "Too long."}}


def test_press_opens_a_form_within_its_moment(line: Line) -> None:
    mai = line.slack.person("Mai Tran")
    ask(line, mai.id)
    line.intake.modal = MODAL
    mai.press("Answer").wait()

    view = mai.wait_for(mai.view)
    assert (view.title, view.private_metadata, view.fields[0].label) == ("A form", "f:1:abc", "What?")
    assert line.faults == []


def test_acknowledgement_does_not_wait_for_what_is_given(line: Line) -> None:
    line.intake.hold, line.intake.toast = Event(), ("Noted", False)
    mai = line.slack.person("Mai Tran")
    delivery = mai.command("/causeway", "help")
    assert delivery is not None

    assert delivery.wait().outcome == "acknowledged"
    assert mai.messages() == []
    line.intake.hold.set()
    assert mai.wait_for(lambda: [shown.text for shown in mai.messages()]) == ["Noted"]


def test_acknowledgement_stands_whatever_happens_after_it(line: Line) -> None:
    line.intake.bug = RuntimeError("after the acknowledgement")
    delivery = line.slack.person("Mai Tran").command("/causeway", "help")
    assert delivery is not None

    assert delivery.wait().outcome == "acknowledged"
    line.intake.bug = None
    assert len(line.intake.taken) == 1


@pytest.mark.parametrize(
    ("event", "counted"),
    [
        pytest.param({"type": "team_rename", "name": "New"}, ["event/team_rename"], id="unknown event"),
        pytest.param({"type": "message", "user": "U1", "channel": {"no": "id"}}, ["event/message"], id="odd message"),
        pytest.param({"type": "app_mention", "user": "U1", "text": "x"}, [], id="mention"),
    ],
)
def test_delivery_that_is_not_read_is_acknowledged(line: Line, event: dict[str, Any], counted: list[str]) -> None:
    delivery = line.slack.person("Mai Tran").raw(event)

    assert delivery.wait().outcome == "acknowledged"
    assert (line.unknown, line.intake.taken) == (counted, [])


def test_own_messages_are_not_taken_in(line: Line) -> None:
    mai = line.slack.person("Mai Tran")
    ask(line, mai.id)
    delivery = line.slack.deliveries[-1].wait()

    assert delivery.payload["event"]["text"].startswith("A reading")
    assert (delivery.outcome, line.intake.taken, line.unknown) == ("acknowledged", [], [])


def test_lost_socket_is_opened_again(socket: Line) -> None:
    before = [*socket.slack.sockets.lines]
    asyncio.run_coroutine_threadsafe(before[0].socket.close(), _loop_of(socket)).result(5)

    assert socket.log.wait_for(lambda: socket.slack.sockets.lines not in (before, []))
    delivery = socket.slack.person("Mai Tran").dm("back").delivery
    assert delivery is not None
    assert delivery.wait().outcome == "acknowledged"


def _loop_of(line: Line) -> asyncio.AbstractEventLoop:
    loop = line.slack._courier._loop
    assert loop is not None
    return loop


def test_socket_that_never_opens_is_given_up_for_another(http: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket_mode, "LOOK_S", 0.01)
    monkeypatch.setattr(socket_mode, "FIRST_WAIT_S", 0.01)
    ask_where, dead = Api.socket_address, ["ws://127.0.0.1:9/link"]

    async def where(api: Api, app_token: str) -> str:
        return dead.pop() if dead else await ask_where(api, app_token)

    monkeypatch.setattr(Api, "socket_address", where)
    http.slack.plan("apps.connections.open", None, ServerError(503))
    listening = asyncio.run_coroutine_threadsafe(
        socket_mode.listen(http.channel.app, http.channel._api, APP_TOKEN), http.loop
    )

    assert http.log.wait_for(lambda: http.slack.sockets.connected)
    listening.cancel()
    assert http.log.wait_for(lambda: not http.slack.sockets.connected)


def test_app_token_that_slack_refuses_is_named(http: Line) -> None:
    with pytest.raises(ConfigError, match="SLACK_APP_TOKEN"):
        http.run(socket_mode.listen(http.channel.app, http.channel._api, "xapp-wrong"))
