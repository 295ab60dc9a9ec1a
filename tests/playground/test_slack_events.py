"""What the bot is told when people write, edit, react, join and look: the events as Slack words them."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.playground.slack.delivery import Delivery
from bot.playground.slack.state import BOT_USER, TEAM
from tests.playground.slack_line import SCOPES, Line


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Line() as line:
        yield line


def event(delivery: Delivery | None) -> dict[str, Any]:
    assert delivery is not None
    return dict(delivery.payload["event"])


def test_a_message_tells_who_where_and_in_which_thread(line: Line) -> None:
    mina = line.slack.person("Mina Writes")
    channel = line.slack.channel("events-written", [mina], private=True)
    first = line.run(line.client.chat_postMessage(channel=channel.id, text="alert"))["ts"]
    said = mina.say(channel, "5 < 6 & https://example.com/a", thread_ts=first)
    told = event(said.delivery)
    assert (told["type"], told["channel"], told["channel_type"]) == ("message", channel.id, "group")
    assert (told["user"], told["ts"], told["thread_ts"]) == (mina.id, said.ts, first)
    assert told["parent_user_id"] == BOT_USER
    assert told["text"] == "5 &lt; 6 &amp; <https://example.com/a>"
    assert told["client_msg_id"]
    assert "subtype" not in told


def test_every_event_names_the_workspace_and_has_its_own_id(line: Line) -> None:
    mina = line.slack.person("Mina Ids")
    both = [mina.dm("one").delivery, mina.dm("two").delivery]
    payloads = [delivery.payload for delivery in both if delivery]
    assert [payload["team_id"] for payload in payloads] == [TEAM, TEAM]
    assert payloads[0]["event_id"] != payloads[1]["event_id"]
    assert payloads[0]["authorizations"][0]["user_id"] == BOT_USER


def test_an_edit_brings_both_versions_and_a_deletion_the_last_one(line: Line) -> None:
    mina = line.slack.person("Mina Edits")
    said = mina.dm("12 500")
    edited = event(mina.edit(said, "12 600"))
    assert edited["subtype"] == "message_changed"
    assert (edited["previous_message"]["text"], edited["message"]["text"]) == ("12 500", "12 600")
    assert edited["message"]["edited"]["user"] == mina.id
    deleted = event(mina.delete(said))
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", said.ts)
    assert mina.messages() == []


def test_the_bots_own_posts_are_told_too(line: Line) -> None:
    mina = line.slack.person("Mina Own")
    line.run(line.client.chat_postMessage(channel=mina.id, text="hello"))
    told = event(line.slack.deliveries[-1])
    assert (told["user"], bool(told["bot_id"]), told["channel_type"]) == (BOT_USER, True, "im")


def test_a_mention_is_told_as_a_message_and_as_a_mention(line: Line) -> None:
    mina = line.slack.person("Mina Mentions")
    channel = line.slack.channel("events-mention", [mina])
    mina.say(channel, f"<@{BOT_USER}> help")
    assert [event(delivery)["type"] for delivery in line.slack.deliveries[-2:]] == ["app_mention", "message"]


def test_a_reaction_names_the_message(line: Line) -> None:
    mina = line.slack.person("Mina Reacts")
    said = mina.dm("done")
    told = event(mina.react(said, "white_check_mark"))
    assert (told["reaction"], told["item"]["ts"], told["user"]) == ("white_check_mark", said.ts, mina.id)
    assert mina.react(said, "white_check_mark") is None


def test_a_look_at_the_home_tab_brings_what_is_shown(line: Line) -> None:
    mina = line.slack.person("Mina Looks")
    assert "view" not in event(mina.open_home())
    home = {"type": "home", "blocks": [{"type": "divider"}]}
    line.run(line.client.views_publish(user_id=mina.id, view=home))
    assert event(mina.open_home())["view"]["type"] == "home"
    assert event(mina.open_home("messages"))["tab"] == "messages"


def test_an_invitation_is_told_and_opens_the_bots_ears(line: Line) -> None:
    mina = line.slack.person("Mina Invites")
    channel = line.slack.channel("events-invited", [mina], with_bot=False)
    assert mina.say(channel, "unheard").delivery is None
    joined = event(mina.invite_bot(channel))
    assert (joined["type"], joined["user"]) == ("member_joined_channel", BOT_USER)
    assert mina.say(channel, "heard").delivery is not None


def test_only_what_is_subscribed_and_covered_by_a_scope_is_told() -> None:
    scopes = [scope for scope in SCOPES if scope != "channels:history"]
    with Line(scopes, ["message.im", "message.channels"]) as line:
        mina = line.slack.person("Mina Quiet")
        assert mina.say(line.slack.channel("no-scope", [mina]), "x").delivery is None
        assert mina.say(line.slack.channel("not-subscribed", [mina], private=True), "x").delivery is None
        assert mina.dm("x").delivery is not None


def test_any_event_can_be_put_in(line: Line) -> None:
    mina = line.slack.person("Mina Raw")
    assert event(mina.raw({"type": "huddle_thing"}))["type"] == "huddle_thing"
