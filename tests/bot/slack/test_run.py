import asyncio
from collections.abc import Iterator

import pytest

from bot.channel import Loaded, Now, SendError, Sending
from bot.playground.slack.channel import Channel
from bot.playground.slack.people import Person
from bot.playground.slack.state import State
from bot.playground.slack.trouble import Drop, Fails, ServerError, TooMany
from bot.slack.run import SlackChannel
from tests.bot.slack.line import APP_TOKEN, BOT_TOKEN, SECRET, Line, picture

PDF = Loaded("week.pdf", "application/pdf", b"%PDF-1.7 week")


def payload(text: str, *labels: str) -> dict[str, object]:
    rows = [[{"label": label, "action": f"r:{label}:", "style": "plain"}] for label in labels]
    return {"text": text, "buttons": rows, "attachments": [], "silent": False}


@pytest.fixture
def mai(http: Line) -> Person:
    return http.slack.person("Mai Tran")


@pytest.fixture
def alerts(http: Line, mai: Person) -> Channel:
    return http.slack.channel(f"alerts-{mai.id}", [mai])


def send(line: Line, kind: str, conversation: str, content: dict[str, object], **more: object) -> str:
    return line.run(line.channel.send(Sending(kind, content, conversation, **more)))  # type: ignore[arg-type]


def refused(line: Line, conversation: str, kind: str = "message", **more: object) -> SendError:
    with pytest.raises(SendError) as caught:
        send(line, kind, conversation, payload("Hello"), **more)
    return caught.value


def test_message_reaches_a_person_and_can_be_changed_and_deleted(http: Line, mai: Person) -> None:
    ref = send(http, "message", mai.id, payload("<b>Due</b> &amp; late", "Answer"))
    shown = mai.messages()

    assert ref == f"{shown[0].channel}/{shown[0].ts}"
    assert (shown[0].text.splitlines()[0], [one.label for one in shown[0].buttons]) == ("*Due* & late", ["Answer"])
    assert send(http, "edit", mai.id, payload("Done"), of=ref) == ref
    assert [(one.text, one.buttons) for one in mai.messages()] == [("Done", ())]
    assert send(http, "delete", mai.id, {"of": "key"}, of=ref) == ""
    assert send(http, "delete", mai.id, {"of": "key"}, of=ref) == ""
    assert mai.messages() == []


def test_one_call_is_enough_for_a_message(http: Line, mai: Person) -> None:
    send(http, "message", mai.id, payload("Hello"))

    assert http.methods == ["chat.postMessage"]


def test_message_goes_into_the_thread_of_another(http: Line, mai: Person, alerts: Channel) -> None:
    ref = send(http, "message", alerts.id, payload("A reading"))
    send(http, "message", alerts.id, payload("An answer"), thread=ref)

    assert [one.text for one in mai.messages(alerts, ref)] == ["A reading", "An answer"]
    assert [one.ts for one in mai.messages(alerts)] == [ref]
    assert http.faults == []


def test_reaction_is_put_on_a_message_once(http: Line, mai: Person) -> None:
    said = mai.dm("12 500")
    assert said.delivery is not None
    said.delivery.wait()
    message = http.intake.taken[0].message

    for _ in range(2):
        send(http, "react", mai.id, {"message": message, "name": "eyes"})

    assert list(mai.messages()[0].reactions) == ["eyes"]


def test_home_page_is_published(http: Line, mai: Person) -> None:
    send(http, "home", mai.id, payload("Three to do", "Start"))
    home = mai.home()

    assert home is not None
    assert ([one.label for one in home.buttons], home.text.splitlines()[0]) == (["Start"], "Three to do")
    assert http.faults == []


@pytest.mark.parametrize("kind", ["retire", "menu"])
def test_what_slack_has_no_means_for_takes_no_call(http: Line, mai: Person, kind: str) -> None:
    assert send(http, kind, mai.id, {"of": "key", "commands": []}) == ""
    assert http.methods == []


def test_file_follows_its_message_to_a_person(http: Line, mai: Person) -> None:
    ref = send(http, "message", mai.id, payload("The week", "Why?"), files=(PDF,))
    said, shared = mai.messages()

    assert ref == f"{said.channel}/{said.ts}"
    assert [(file.name, file.data) for file in shared.files] == [("week.pdf", PDF.data)]
    assert http.faults == []


def test_file_without_words_finds_the_person(http: Line, mai: Person) -> None:
    send(http, "message", mai.id, payload(""), files=(PDF, PDF))

    assert [len(one.files) for one in mai.messages()] == [2]
    assert http.faults == []


def test_file_lies_in_the_thread_under_its_message(http: Line, mai: Person, alerts: Channel) -> None:
    ref = send(http, "message", alerts.id, payload("A leak"), files=(PDF,))

    assert [len(one.files) for one in mai.messages(alerts, ref)] == [0, 1]
    assert http.faults == []


def test_long_text_arrives_whole(http: Line, mai: Person) -> None:
    text = "\n\n".join(f"{number} " + "word " * 120 for number in range(40))
    ref = send(http, "message", mai.id, payload(text, "Go on"))
    shown = mai.messages()

    assert " ".join(one.text.removesuffix("Go on") for one in shown).split() == text.split()
    assert [len(one.buttons) for one in shown] == [0] * (len(shown) - 1) + [1]
    assert ref.endswith(shown[-1].ts)
    assert http.faults == []


def test_queue_full_in_one_chat_waits_there(http: Line, mai: Person) -> None:
    http.slack.plan("chat.postMessage", None, TooMany(3))
    error = refused(http, mai.id)

    assert (error.retry_after_s, error.scope, error.permanent) == (3.0, "chat", False)


@pytest.mark.parametrize(
    "trouble",
    [
        pytest.param(ServerError(503), id="server error"),
        pytest.param(Drop(), id="line cut"),
        pytest.param(Drop(effect=True), id="answer lost"),
        pytest.param(Fails("internal_error"), id="internal error"),
    ],
)
def test_trouble_on_the_way_is_left_to_the_outbox(http: Line, mai: Person, trouble: ServerError | Drop | Fails) -> None:
    http.slack.plan("chat.postMessage", None, trouble)
    error = refused(http, mai.id)

    assert (error.permanent, error.gone, error.retry_after_s) == (False, False, None)
    assert http.methods == ["chat.postMessage"]


def test_slack_out_of_reach_is_left_to_the_outbox(http: Line) -> None:
    channel = SlackChannel(BOT_TOKEN, SECRET, None, "http://127.0.0.1:9", lambda kind: None)

    async def attempt() -> None:
        try:
            await channel.send(Sending("message", payload("Hello"), "U1"))
        finally:
            await channel.close()

    with pytest.raises(SendError) as caught:
        http.run(attempt())
    assert not caught.value.permanent


def test_closed_chats_are_told_from_those_that_can_be_cured(http: Line, mai: Person, alerts: Channel) -> None:
    outside = http.slack.channel(f"outside-{mai.id}", [mai], with_bot=False)
    alerts.archived = True

    assert refused(http, alerts.id).gone
    assert refused(http, "U0NOBODY").gone
    assert refused(http, "C0NOWHERE").gone
    assert (refused(http, outside.id).gone, refused(http, outside.id).permanent) == (False, True)


def test_edit_of_a_message_that_is_gone_is_given_up(http: Line, alerts: Channel) -> None:
    assert refused(http, alerts.id, "edit", of="1700000000.000100").permanent


def test_wrong_token_is_given_up(http: Line, mai: Person) -> None:
    channel = SlackChannel("xoxb-wrong", SECRET, None, http.platform.url, lambda kind: None)

    async def attempt() -> None:
        try:
            await channel.send(Sending("message", payload("Hello"), mai.id))
        finally:
            await channel.close()

    with pytest.raises(SendError, match="invalid_auth") as caught:
        http.run(attempt())
    assert caught.value.permanent


def test_note_in_a_channel_is_for_one_person(http: Line, mai: Person) -> None:
    other = http.slack.person("Noor Ali")
    room = http.slack.channel(f"room-{mai.id}", [mai, other])
    http.run(http.channel.perform(Now("d", room.id, "", mai.id, toast=("5 < 6", True))))

    assert [(one.text, one.ephemeral) for one in mai.messages(room)] == [("5 < 6", True)]
    assert other.messages(room) == []


def test_form_that_comes_too_late_is_refused(http: Line, mai: Person) -> None:
    modal = {"title": "A form", "submit": "Send", "action": "f:1:a", "fields": []}
    field = {"key": "k", "label": "L", "kind": "text", "options": [], "hint": "", "initial": "", "optional": False}
    late = Now("d", mai.id, "", mai.id, modal={**modal, "fields": [field]}, trigger="1.2.3")

    with pytest.raises(SendError, match="trigger") as caught:
        http.run(http.channel.perform(late))
    assert caught.value.permanent


def test_nothing_to_give_takes_no_call(http: Line, mai: Person) -> None:
    http.run(http.channel.perform(Now("d", mai.id, "", mai.id)))

    assert http.methods == []


def taken_file(line: Line, person: Person, data: tuple[str, bytes, str]) -> str:
    delivery = person.dm("look", files=[data]).delivery
    assert delivery is not None
    delivery.wait()
    return line.intake.taken[-1].content.files[0].id  # type: ignore[union-attr]


def test_file_of_a_person_is_fetched_by_its_address_and_by_its_id(http: Line, mai: Person) -> None:
    data = picture()
    address = taken_file(http, mai, data)
    file_id = next(iter(mai.messages()[0].files)).id

    assert http.run(http.channel.fetch(address, 5000)) == data[1]
    assert http.run(http.channel.fetch(file_id, 5000)) == data[1]


@pytest.mark.parametrize("limit", [0, 2999])
def test_file_over_the_limit_is_not_fetched(http: Line, mai: Person, limit: int) -> None:
    with pytest.raises(SendError, match="too large") as caught:
        http.run(http.channel.fetch(taken_file(http, mai, picture()), limit))
    assert caught.value.permanent


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/meter.jpg",
        "http://files.slack.com/meter.jpg",
        "https://files.slack.com.example.org/meter.jpg",
        "https://files.slack.com@example.org/meter.jpg",
        "file:///etc/hostname",
        "http://127.0.0.1:9/meter.jpg",
    ],
)
def test_token_goes_to_slack_alone(http: Line, address: str) -> None:
    with pytest.raises(SendError, match="outside Slack") as caught:
        http.run(http.channel.fetch(address, 5000))
    assert caught.value.permanent


def test_missing_scope_for_files_is_named(http: Line, mai: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    address = taken_file(http, mai, picture())
    state: State = http.slack.state
    monkeypatch.setattr(state, "scopes", state.scopes - {"files:read"})

    with pytest.raises(SendError, match="files:read") as caught:
        http.run(http.channel.fetch(address, 5000))
    assert caught.value.permanent


def test_download_that_breaks_off_is_tried_again_later(http: Line, mai: Person) -> None:
    address = taken_file(http, mai, picture())
    http.slack.plan("download", None, Drop())

    with pytest.raises(SendError) as caught:
        http.run(http.channel.fetch(address, 5000))
    assert not caught.value.permanent


@pytest.fixture
def bare(http: Line) -> Iterator["Bare"]:
    server = Bare()
    http.run(server.open())
    yield server
    http.run(server.close())


class Bare:
    """A server that answers each request with the same bytes, or with none, and hangs up."""

    def __init__(self) -> None:
        self.answer, self.requests = b"", 0

    async def open(self) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"
        self.channel = SlackChannel(BOT_TOKEN, SECRET, None, self.url, lambda kind: None)

    async def close(self) -> None:
        await self.channel.close()
        self.server.close()
        await self.server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        self.requests += 1
        writer.write(self.answer)
        await writer.drain()
        writer.close()


def test_call_that_may_have_arrived_is_not_repeated_behind_the_outbox(http: Line, bare: Bare) -> None:
    with pytest.raises(SendError) as caught:
        http.run(bare.channel.send(Sending("message", payload("Hello"), "U1")))

    assert not caught.value.permanent
    assert bare.requests == 1


def test_file_that_lies_elsewhere_is_not_followed(http: Line, bare: Bare) -> None:
    bare.answer = f"HTTP/1.1 302 Found\r\nLocation: {bare.url}/other\r\nContent-Length: 0\r\n\r\n".encode()
    with pytest.raises(SendError) as caught:
        http.run(bare.channel.fetch(f"{bare.url}/file", 5000))

    assert caught.value.permanent
    assert bare.requests == 1


def test_people_are_told_from_channels() -> None:
    channel = SlackChannel(BOT_TOKEN, SECRET, APP_TOKEN, None, lambda kind: None)

    assert [channel.is_group(one) for one in ("U1", "W1", "C1", "G1")] == [False, False, True, True]
