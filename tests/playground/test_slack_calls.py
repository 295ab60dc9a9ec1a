"""The Web API as the stand-in answers it, asked by the real client."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.playground.slack.trouble import Drop, Fails, Hang, ServerError, TooMany
from tests.playground.slack_line import APP_TOKEN, BOT_TOKEN, SCOPES, Line


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Line() as line:
        yield line


def client(line: Line, token: str) -> AsyncWebClient:
    return AsyncWebClient(token, base_url=f"{line.served.url}/api/")


def test_a_message_arrives_where_it_was_sent(line: Line) -> None:
    mina = line.slack.person("Mina Okafor")
    channel = line.slack.channel("calls-posting", [mina])
    answer = line.run(line.client.chat_postMessage(channel=channel.id, text="Energy & water"))
    assert [(message.ts, message.text, message.from_bot) for message in mina.messages(channel)] == [
        (answer["ts"], "Energy & water", True)
    ]
    assert answer["message"]["text"] == "Energy &amp; water"
    assert answer["message"]["bot_id"]


def test_a_user_id_as_channel_means_the_direct_message(line: Line) -> None:
    person = line.slack.person("Direct Reader")
    answer = line.run(line.client.chat_postMessage(channel=person.id, text="hello"))
    assert answer["channel"].startswith("D")
    assert [message.text for message in person.messages()] == ["hello"]


def test_timestamps_are_unique_and_grow(line: Line) -> None:
    channel = line.slack.channel("calls-order")

    async def many() -> list[Any]:
        return await asyncio.gather(*(line.client.chat_postMessage(channel=channel.id, text="x") for _ in range(5)))

    stamps = sorted(answer["ts"] for answer in line.run(many()))
    assert len(set(stamps)) == 5
    assert list(channel.messages) == stamps


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-other", "invalid_auth"), (APP_TOKEN, "not_allowed_token_type")],
    ids=["none", "unknown", "app token"],
)
def test_a_call_without_the_right_token_is_refused(line: Line, token: str, error: str) -> None:
    assert line.refused(client(line, token).auth_test())["error"] == error


def test_a_socket_needs_the_app_token(line: Line) -> None:
    answer = line.refused(line.client.apps_connections_open(app_token=BOT_TOKEN))
    assert answer["error"] == "not_allowed_token_type"
    opened = line.run(line.client.apps_connections_open(app_token=APP_TOKEN))
    assert opened["url"].startswith("ws://127.0.0.1:")


def test_an_unknown_method_is_refused(line: Line) -> None:
    assert line.refused(line.client.api_call("chat.shout"))["error"] == "unknown_method"


@pytest.mark.parametrize(
    ("method", "arguments", "words"),
    [
        ("chat.postMessage", {"text": "x"}, "missing required field: channel"),
        ("chat.postMessage", {"channel": "C1", "text": "x", "colour": "red"}, "unknown argument: colour"),
        ("chat.postMessage", {"channel": "C1", "text": 7}, "must be a string [json-pointer:/text]"),
        ("chat.postMessage", {"channel": "C1", "text": "x", "mrkdwn": "maybe"}, "must be a boolean"),
        ("views.open", {"trigger_id": "1", "view": []}, "must be an object [json-pointer:/view]"),
        ("views.update", {"view": {"type": "modal"}}, "one of these is required: view_id, external_id"),
        ("files.getUploadURLExternal", {"filename": "a", "length": "long"}, "must be an integer"),
    ],
)
def test_arguments_of_the_wrong_name_or_type_are_refused(
    line: Line, method: str, arguments: dict[str, Any], words: str
) -> None:
    answer = line.refused(line.client.api_call(method, json=arguments))
    assert answer["error"] == "invalid_arguments"
    assert any(words in message for message in answer["response_metadata"]["messages"])


def test_arguments_may_come_as_form_json_or_query(line: Line) -> None:
    person = line.slack.person("Three Ways", locale="vi-VN", tz="Asia/Ho_Chi_Minh")
    given = {"user": person.id, "include_locale": "true"}
    for way in ({"data": given}, {"json": given}, {"params": given}, {"params": given, "http_verb": "GET"}):
        answer = line.run(line.client.api_call("users.info", **way))
        assert (answer["user"]["locale"], answer["user"]["tz_offset"]) == ("vi-VN", 7 * 3600)


def test_a_guest_is_restricted(line: Line) -> None:
    guest = line.slack.person("Gus Guest", role="guest", email="gus@supplier.example")
    assert line.run(line.client.users_info(user=guest.id))["user"]["is_restricted"] is True
    found = line.run(line.client.users_lookupByEmail(email="gus@supplier.example"))
    assert found["user"]["id"] == guest.id
    assert "locale" not in found["user"]


def test_a_missing_scope_is_named() -> None:
    with Line(scopes=["users:read"]) as line:
        channel = line.slack.channel("quiet")
        answer = line.refused(line.client.chat_postMessage(channel=channel.id, text="x"))
        assert answer == {"ok": False, "error": "missing_scope", "needed": "chat:write", "provided": "users:read"}
        reading = line.refused(line.client.conversations_members(channel=channel.id))
        assert reading["needed"] == "channels:read"


def test_places_that_the_bot_cannot_write_to_are_refused(line: Line) -> None:
    owner = line.slack.person("Channel Owner")
    outside = line.slack.channel("calls-outside", [owner], with_bot=False)
    secret = line.slack.channel("calls-secret", [owner], private=True, with_bot=False)
    old = line.slack.channel("calls-old", [owner])
    old.archived = True

    def error(channel: str, **more: Any) -> str:
        return str(line.refused(line.client.chat_postMessage(channel=channel, text="x", **more))["error"])

    assert error(outside.id) == "not_in_channel"
    assert error(secret.id) == "channel_not_found"
    assert error("C404") == "channel_not_found"
    assert error(old.id) == "is_archived"
    line.run(line.client.conversations_join(channel=outside.id))
    line.run(line.client.chat_postMessage(channel=outside.id, text="joined"))
    assert error(outside.id, thread_ts="1.000000") == "thread_not_found"


def test_empty_and_endless_messages_are_refused(line: Line) -> None:
    channel = line.slack.channel("calls-lengths")
    say = line.client.chat_postMessage
    empty = line.client.api_call("chat.postMessage", json={"channel": channel.id, "text": " "})
    assert line.refused(empty)["error"] == "no_text"
    assert line.refused(say(channel=channel.id, text="x" * 40_001))["error"] == "msg_too_long"
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 2900}}] * 5
    assert line.refused(say(channel=channel.id, text="x", blocks=long))["error"] == "msg_blocks_too_long"
    line.run(say(channel=channel.id, text="x", blocks=long[:4]))


def test_only_the_bots_own_messages_can_be_changed(line: Line) -> None:
    writer = line.slack.person("Own Words")
    channel = line.slack.channel("calls-editing", [writer])
    said = writer.say(channel, "mine")
    bot = line.client
    assert line.refused(bot.chat_update(channel=channel.id, ts=said.ts, text="x"))["error"] == "cant_update_message"
    assert line.refused(bot.chat_delete(channel=channel.id, ts=said.ts))["error"] == "cant_delete_message"
    assert line.refused(bot.chat_update(channel=channel.id, ts="1.0", text="x"))["error"] == "message_not_found"
    sent = line.run(bot.chat_postMessage(channel=channel.id, text="before"))
    line.run(bot.chat_update(channel=channel.id, ts=sent["ts"], text="after"))
    shown = writer.last(channel)
    assert shown is not None
    assert (shown.text, shown.edited) == ("after", True)
    line.run(bot.chat_delete(channel=channel.id, ts=sent["ts"]))
    assert [message.text for message in writer.messages(channel)] == ["mine"]


def test_replies_stay_in_their_thread_unless_broadcast(line: Line) -> None:
    reader = line.slack.person("Thread Reader")
    channel = line.slack.channel("calls-threads", [reader])
    first = line.run(line.client.chat_postMessage(channel=channel.id, text="alert"))["ts"]
    reply = reader.say(channel, "looking", thread_ts=first)
    line.run(line.client.chat_postMessage(channel=channel.id, text="noted", thread_ts=reply.ts))
    line.run(line.client.chat_postMessage(channel=channel.id, text="all", thread_ts=first, reply_broadcast=True))
    assert [message.text for message in reader.messages(channel)] == ["alert", "all"]
    assert [message.text for message in reader.messages(channel, first)] == ["alert", "looking", "noted", "all"]
    answer = line.run(line.client.conversations_replies(channel=channel.id, ts=first))
    assert [message["text"] for message in answer["messages"]] == ["alert", "looking", "noted", "all"]
    link = line.run(line.client.chat_getPermalink(channel=channel.id, message_ts=reply.ts))["permalink"]
    assert f"thread_ts={first}" in link


def test_a_note_is_seen_by_one_person(line: Line) -> None:
    one, other = line.slack.person("One Reader"), line.slack.person("Other Reader")
    channel = line.slack.channel("calls-notes", [one, other])
    line.run(line.client.chat_postEphemeral(channel=channel.id, user=one.id, text="for you"))
    assert [(message.text, message.ephemeral) for message in one.messages(channel)] == [("for you", True)]
    assert other.messages(channel) == []
    stranger = line.slack.person("Far Away")
    note = line.client.chat_postEphemeral(channel=channel.id, user=stranger.id, text="x")
    assert line.refused(note)["error"] == "user_not_in_channel"


def test_a_reaction_counts_once(line: Line) -> None:
    reader = line.slack.person("Emoji Reader")
    channel = line.slack.channel("calls-reactions", [reader])
    mark = {"channel": channel.id, "name": "eyes", "timestamp": reader.say(channel, "look").ts}
    line.run(line.client.reactions_add(**mark))
    assert line.refused(line.client.reactions_add(**mark))["error"] == "already_reacted"
    assert len(reader.messages(channel)[0].reactions["eyes"]) == 1
    line.run(line.client.reactions_remove(**mark))
    assert line.refused(line.client.reactions_remove(**mark))["error"] == "no_reaction"


def test_the_list_of_channels_has_pages(line: Line) -> None:
    first = line.run(line.client.conversations_list(limit=1))
    cursor = first["response_metadata"]["next_cursor"]
    second = line.run(line.client.conversations_list(limit=1, cursor=cursor))
    assert first["channels"][0]["id"] != second["channels"][0]["id"]


@pytest.mark.parametrize(
    ("trouble", "status", "error"),
    [
        (Fails("fatal_error"), 200, "fatal_error"),
        (TooMany(7), 429, "ratelimited"),
        (ServerError(503), 503, "internal_error"),
    ],
    ids=["error", "rate", "server"],
)
def test_planned_trouble_is_met_once_and_is_no_fault(line: Line, trouble: Any, status: int, error: str) -> None:
    channel = line.slack.channel(f"calls-{error}")
    line.slack.plan("chat.postMessage", channel.id, trouble)
    with pytest.raises(SlackApiError) as refused:
        line.run(line.client.chat_postMessage(channel=channel.id, text="x"))
    assert (refused.value.response.status_code, refused.value.response["error"]) == (status, error)
    assert refused.value.response.headers.get("Retry-After") == ("7" if status == 429 else None)
    assert line.log.calls[-1].planned
    line.run(line.client.chat_postMessage(channel=channel.id, text="x"))
    assert len(channel.messages) == 1


@pytest.mark.parametrize("effect", [False, True], ids=["before", "after"])
def test_a_dropped_line_may_or_may_not_have_had_an_effect(line: Line, effect: bool) -> None:
    channel = line.slack.channel(f"calls-drop-{effect}")
    line.slack.plan("chat.postMessage", channel.id, Drop(effect))
    with pytest.raises(Exception, match=r"payload|Server disconnected"):
        line.run(line.client.chat_postMessage(channel=channel.id, text="x"))
    assert len(channel.messages) == effect


def test_a_call_may_hang(line: Line) -> None:
    line.slack.plan("auth.test", None, Hang(0.2))
    hasty = AsyncWebClient(BOT_TOKEN, base_url=f"{line.served.url}/api/", timeout=0.1)  # type: ignore[arg-type]
    with pytest.raises(TimeoutError):
        line.run(hasty.auth_test())


def test_posting_too_fast_is_counted_and_let_through(line: Line) -> None:
    channel = line.slack.channel("calls-rates")
    for _ in range(6):
        line.run(line.client.chat_postMessage(channel=channel.id, text="x"))
    assert [breach.channel for breach in line.slack.rate_breaches if breach.channel == channel.id] == [channel.id]
    line.clock.ahead += timedelta(seconds=5)
    line.run(line.client.chat_postMessage(channel=channel.id, text="x"))
    assert len([breach for breach in line.slack.rate_breaches if breach.channel == channel.id]) == 1


def test_a_method_called_above_its_tier_is_counted() -> None:
    with Line(scopes=SCOPES) as line:
        for _ in range(2):
            line.run(line.client.apps_connections_open(app_token=APP_TOKEN))
        assert [breach.method for breach in line.slack.rate_breaches] == ["apps.connections.open"]
