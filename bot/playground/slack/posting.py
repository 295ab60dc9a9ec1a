"""How a message comes into a conversation, whoever wrote it."""

import copy
from typing import Any

from bot.playground.slack import events
from bot.playground.slack.blocks import Block, check_message, elements
from bot.playground.slack.channel import Channel, Message
from bot.playground.slack.delivery import Delivery
from bot.playground.slack.methods import Arguments
from bot.playground.slack.refusal import Refusal, bad_arguments
from bot.playground.slack.state import APP, BOT, BOT_USER, TEAM, State

TEXT_MOST, MARKDOWN_MOST = 40_000, 12_000
LOOK = ("username", "icon_emoji", "icon_url")
BY_BOT = {"bot_id": BOT, "app_id": APP, "bot_profile": {"id": BOT, "app_id": APP, "name": "Causeway", "team_id": TEAM}}


def content(state: State, given: Arguments) -> tuple[str, list[Block]]:
    """The text and the blocks of a message that the bot sends, with every block and action named."""
    text, markdown, blocks = given.get("text", ""), given.get("markdown_text"), given.get("blocks", [])
    if markdown is not None and (text or blocks):
        raise Refusal("markdown_text_conflict")
    if len(text) > TEXT_MOST or len(markdown or "") > MARKDOWN_MOST:
        raise Refusal("msg_too_long")
    if not (text.strip() or (markdown or "").strip() or blocks):
        raise Refusal("no_text")
    check_message(blocks)
    return escaped_ampersands(markdown or text), named(state, blocks)


def escaped_ampersands(text: str) -> str:
    """The text as Slack stores it: a bare ampersand becomes an entity, the control sequences stay."""
    for entity in ("amp", "lt", "gt"):
        text = text.replace(f"&{entity};", f"\0{entity};")
    return text.replace("&", "&amp;").replace("\0", "&")


def named(state: State, blocks: list[Block]) -> list[Block]:
    """A copy of the blocks in which those without `block_id` or `action_id` have got one."""
    blocks = copy.deepcopy(blocks)
    for block in blocks:
        block.setdefault("block_id", state.new_id("b"))
        for element in elements(block):
            element.setdefault("action_id", state.new_id("a"))
    return blocks


def look(state: State, given: Arguments) -> dict[str, Any]:
    """The name and the icon that this one message is shown with, which need a scope of their own."""
    wanted = {name: given[name] for name in LOOK if given.get(name)}
    if wanted and "chat:write.customize" not in state.scopes:
        raise bad_arguments([f"{name} needs the scope chat:write.customize" for name in wanted])
    return wanted


def by_bot(state: State, text: str, blocks: list[Block], **more: Any) -> Message:
    """A message of the bot, not yet placed."""
    return Message(state.new_ts(), BOT_USER, text, blocks, by_bot=BY_BOT, **more)


def check_writable(state: State, channel: Channel, scopes: frozenset[str] = frozenset()) -> None:
    """Nothing, or why the bot may not write here; `scopes` may let it into public channels without joining."""
    if channel.archived:
        raise Refusal("is_archived")
    if BOT_USER not in channel.members and not (channel.kind == "public" and "chat:write.public" in scopes):
        raise Refusal("not_in_channel")


def thread_of(channel: Channel, thread_ts: str | None) -> Message | None:
    """The first message of the thread; a reply's own timestamp leads to it as well."""
    if not thread_ts:
        return None
    message = channel.messages.get(thread_ts)
    if message is None:
        raise Refusal("thread_not_found")
    return channel.messages.get(message.thread_ts, message) if message.thread_ts else message


def place(state: State, channel: Channel, message: Message, parent: Message | None = None) -> Delivery | None:
    """What the bot hears of the message that now stands in its place; of an ephemeral one, nothing."""
    if parent:
        message.thread_ts, message.parent_author = parent.ts, parent.author
    channel.messages[message.ts] = message
    state.log.notify()
    if message.only_for:
        return None
    if parent:
        parent.replies.append(message.ts)
    for file in message.files:
        file.shared.append(channel.id)
    return events.said(state, channel, message)


def remove(state: State, channel: Channel, message: Message) -> Delivery | None:
    """What the bot hears of the message that is now gone from its conversation and thread."""
    del channel.messages[message.ts]
    parent = channel.messages.get(message.thread_ts or "")
    if parent and message.ts in parent.replies:
        parent.replies.remove(message.ts)
    state.log.notify()
    return None if message.only_for else events.deleted(state, channel, message)
