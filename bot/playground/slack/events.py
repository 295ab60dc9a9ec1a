"""What Slack tells the bot about: events, if the bot has subscribed to them and its scopes allow it."""

from typing import Any

from bot.playground.slack.channel import EVENT_KIND, SCOPE_KIND, Channel, Message
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.file import StoredFile
from bot.playground.slack.state import APP, BOT_USER, TEAM, State

MESSAGE_TOPICS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
# The scope each subscription needs; `{kind}` depends on the kind of conversation.
SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "member_joined_channel": "{kind}:read",
    "file_shared": "files:read",
}


def tell(
    state: State, event: dict[str, Any], topic: str | None = None, channel: Channel | None = None
) -> Delivery | None:
    """The delivery of this event; None if the bot is not subscribed, lacks the scope or is not in the channel."""
    topic = topic or event["type"]
    if topic not in state.events or not _allowed(state, topic, channel):
        return None
    delivery = Delivery("events_api", envelope(state, event))
    state.send(delivery)
    return delivery


def envelope(state: State, event: dict[str, Any]) -> dict[str, Any]:
    """The event with what Slack puts around it."""
    bot = {"team_id": TEAM, "user_id": BOT_USER, "is_bot": True, "is_enterprise_install": False}
    return {
        "token": "legacy-verification",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "context_enterprise_id": None,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": state.new_id("Ev"),
        "event_time": int(state.clock().timestamp()),
        "authorizations": [{"enterprise_id": None, **bot}],
        "is_ext_shared_channel": False,
    }


def said(state: State, channel: Channel, message: Message) -> Delivery | None:
    """The delivery of a new message; a mention of the bot and shared files are told as well."""
    for file in message.files:
        tell(state, shared(file, channel, message), channel=channel)
    if f"<@{BOT_USER}>" in message.text and channel.kind != "im":
        mention = {**message.as_json(TEAM), "type": "app_mention", "channel": channel.id, "event_ts": message.ts}
        tell(state, mention, channel=channel)
    return _tell_message(state, channel, message.as_json(TEAM) | {"event_ts": message.ts})


def changed(state: State, channel: Channel, message: Message, before: dict[str, Any]) -> Delivery | None:
    """The delivery of an edit; `before` is the message as it was."""
    event = {"message": message.as_json(TEAM), "previous_message": before}
    return _tell_message(state, channel, _hidden(state, "message_changed", event))


def deleted(state: State, channel: Channel, message: Message) -> Delivery | None:
    """The delivery of a deletion."""
    event = {"deleted_ts": message.ts, "previous_message": message.as_json(TEAM)}
    return _tell_message(state, channel, _hidden(state, "message_deleted", event))


def reacted(state: State, channel: Channel, message: Message, name: str, person: str, added: bool) -> Delivery | None:
    """The delivery of a reaction, or of its removal."""
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": person,
        "reaction": name,
        "item": {"type": "message", "channel": channel.id, "ts": message.ts},
        "item_user": message.author,
        "event_ts": state.new_ts(),
    }
    return tell(state, event, channel=channel)


def joined(state: State, channel: Channel, person: str) -> Delivery | None:
    """The delivery of somebody's joining, the bot's own included."""
    event = {
        "type": "member_joined_channel",
        "user": person,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "public" else "G",
        "team": TEAM,
        "event_ts": state.new_ts(),
    }
    return tell(state, event, channel=channel)


def home_opened(state: State, person: str, tab: str) -> Delivery | None:
    """The delivery of a look at the app: its `home` tab, or its `messages`."""
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": person,
        "channel": state.direct(person).id,
        "tab": tab,
        "event_ts": state.new_ts(),
    }
    if tab == "home" and person in state.homes:
        event["view"] = state.homes[person].as_json(state.app)
    return tell(state, event)


def shared(file: StoredFile, channel: Channel, message: Message) -> dict[str, Any]:
    """The event of a file that appears in a channel."""
    about = {"file_id": file.id, "user_id": file.owner, "file": {"id": file.id}, "channel_id": channel.id}
    return {"type": "file_shared", **about, "event_ts": message.ts}


def _hidden(state: State, subtype: str, event: dict[str, Any]) -> dict[str, Any]:
    ts = state.new_ts()
    return {"type": "message", "subtype": subtype, "hidden": True, "ts": ts, "event_ts": ts, **event}


def _tell_message(state: State, channel: Channel, event: dict[str, Any]) -> Delivery | None:
    place = {"channel": channel.id, "channel_type": EVENT_KIND[channel.kind]}
    return tell(state, event | place, MESSAGE_TOPICS[channel.kind], channel)


def _allowed(state: State, topic: str, channel: Channel | None) -> bool:
    scope = SCOPES.get(topic, "").format(kind=SCOPE_KIND[channel.kind] if channel else "")
    present = channel is None or BOT_USER in channel.members
    return present and (not scope or scope in state.scopes)
