"""Writing: chat.* and reactions.*"""

from typing import Any

from bot.playground.slack import events
from bot.playground.slack.channel import Channel, Message
from bot.playground.slack.methods import Arguments
from bot.playground.slack.posting import by_bot, check_writable, content, look, place, remove, thread_of
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.state import BOT_USER, TEAM, TEAM_DOMAIN, State

METADATA_BYTES = 16_384
CONTENT = {"text", "blocks", "markdown_text"}


def post_message(state: State, given: Arguments) -> dict[str, Any]:
    """The new message; a user id as the channel means the direct message with that person."""
    channel = _destination(state, given["channel"])
    check_writable(state, channel, state.scopes)
    text, blocks = content(state, given)
    parent = thread_of(channel, given.get("thread_ts"))
    broadcast = bool(parent) and given.get("reply_broadcast", False)
    more = {"look": look(state, given), "metadata": _metadata(given), "broadcast": broadcast}
    message = by_bot(state, text, blocks, **more)
    place(state, channel, message, parent)
    state.rates.posted(channel.id, state.clock())
    return {"channel": channel.id, "ts": message.ts, "message": message.as_json(TEAM)}


def post_ephemeral(state: State, given: Arguments) -> dict[str, Any]:
    """The timestamp of a note that one member of the channel sees."""
    channel = state.channel(given["channel"])
    check_writable(state, channel)
    if given["user"] not in channel.members:
        raise Refusal("user_not_in_channel")
    text, blocks = content(state, given)
    parent = thread_of(channel, given.get("thread_ts"))
    note = by_bot(state, text, blocks, look=look(state, given), only_for=given["user"])
    place(state, channel, note, parent)
    return {"message_ts": note.ts}


def update(state: State, given: Arguments) -> dict[str, Any]:
    """The message with its new content. Text without blocks takes the blocks away and marks it as edited."""
    channel, message = _own(state, given, "cant_update_message")
    check_writable(state, channel)
    before = message.as_json(TEAM)
    message.metadata = _metadata(given) or message.metadata
    if CONTENT & given.keys():
        message.text, message.blocks = content(state, given)
        # Slack shows the mark only where the text itself is shown.
        message.edited = None if message.blocks else {"user": BOT_USER, "ts": state.new_ts()}
    events.changed(state, channel, message, before)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_json(TEAM)}


def delete(state: State, given: Arguments) -> dict[str, Any]:
    """The timestamp of the bot's own message that is no longer there."""
    channel, message = _own(state, given, "cant_delete_message")
    remove(state, channel, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(state: State, given: Arguments) -> dict[str, Any]:
    """The address of a message for people."""
    channel = state.channel(given["channel"])
    message = state.message(channel, given["message_ts"])
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def add_reaction(state: State, given: Arguments) -> dict[str, Any]:
    """Nothing more: the bot has reacted."""
    channel, message = _reacting(state, given)
    if BOT_USER in message.reactions.get(given["name"], []):
        raise Refusal("already_reacted")
    message.reactions.setdefault(given["name"], []).append(BOT_USER)
    events.reacted(state, channel, message, given["name"], BOT_USER, added=True)
    return {}


def remove_reaction(state: State, given: Arguments) -> dict[str, Any]:
    """Nothing more: the bot's reaction is gone."""
    channel, message = _reacting(state, given)
    if BOT_USER not in message.reactions.get(given["name"], []):
        raise Refusal("no_reaction")
    message.reactions[given["name"]].remove(BOT_USER)
    message.reactions = {name: people for name, people in message.reactions.items() if people}
    events.reacted(state, channel, message, given["name"], BOT_USER, added=False)
    return {}


def _destination(state: State, channel_id: str) -> Channel:
    if channel_id in state.members and channel_id != BOT_USER and not state.members[channel_id].deleted:
        return state.direct(channel_id)
    return state.channel(channel_id)


def _own(state: State, given: Arguments, error: str) -> tuple[Channel, Message]:
    channel = state.channel(given["channel"])
    message = state.message(channel, given["ts"])
    if message.author != BOT_USER:
        raise Refusal(error)
    return channel, message


def _reacting(state: State, given: Arguments) -> tuple[Channel, Message]:
    channel = state.channel(given["channel"])
    if not given["name"].replace("_", "").replace("-", "").replace("+", "").isalnum():
        raise Refusal("invalid_name")
    return channel, state.message(channel, given["timestamp"])


def _metadata(given: Arguments) -> dict[str, Any] | None:
    metadata = given.get("metadata")
    if metadata is None:
        return None
    kinds = (("event_type", str), ("event_payload", dict))
    if set(metadata) != {"event_type", "event_payload"} or any(
        not isinstance(metadata[name], kind) for name, kind in kinds
    ):
        raise Refusal("invalid_metadata_format")
    if len(str(metadata).encode()) > METADATA_BYTES:
        raise Refusal("metadata_too_large")
    return dict(metadata)
