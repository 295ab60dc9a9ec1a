"""The workspace as the page draws it: conversations, messages and threads, an open modal, the app's home."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.playground.app import MANIFEST
from bot.playground.page.timeline import Timeline
from bot.playground.slack.blocks import Block
from bot.playground.slack.people import Person as Member
from bot.playground.slack.reach import visible
from bot.playground.slack.seen import SeenMessage, SeenView
from bot.playground.slack.state import State


@dataclass(frozen=True)
class Place:
    """Where a member looks: a conversation by its id, and the first message of an open thread ("" for none)."""

    channel: str = ""
    thread: str = ""


def workspace_json(member: Member, place: Place, timeline: Timeline) -> dict[str, Any]:
    """The workspace at this moment; a place that is not there falls back to the direct message with the bot."""
    with member.state.lock:
        member.state.direct(member.id)
        channels = _channels(member.state, member.id)
        known = {channel["id"] for channel in channels}
        channel = place.channel if place.channel in known else channels[-1]["id"]
        messages = member.messages(channel)
        thread = member.messages(channel, place.thread) if place.thread else []
        return {
            "channels": channels,
            "channel": channel,
            "messages": [_message(one, timeline) for one in messages],
            "thread": [_message(one, timeline) for one in thread],
            "modal": _view(member.view()),
            "home": _view(member.home()),
            "notices": member.notices,
            "app": _app(),
            "members": {one.id: one.name for one in member.state.members.values()},
        }


@cache
def _app() -> dict[str, Any]:
    """The app's command and shortcuts, as its manifest offers them."""
    features = json.loads(MANIFEST.read_text(encoding="utf-8"))["features"]
    return {"commands": features.get("slash_commands", []), "shortcuts": features.get("shortcuts", [])}


def _channels(state: State, person: str) -> list[dict[str, Any]]:
    """The conversations of a member, the direct message with the bot last; `latest` is the newest message's name."""
    found = [
        {
            "id": channel.id,
            "name": channel.name or state.bot.name,
            "kind": channel.kind,
            "latest": max((one.ts for one in visible(channel, person)), default=""),
        }
        for channel in state.channels.values()
        if person in channel.members
    ]
    return sorted(found, key=lambda channel: (channel["kind"] == "im", channel["name"]))


def _message(message: SeenMessage, timeline: Timeline) -> dict[str, Any]:
    return {
        "ts": message.ts,
        "at": timeline.programme(moment_of(message.ts)).isoformat(),
        "author": message.author,
        "bot": message.from_bot,
        "text": message.fallback,
        "blocks": list(message.blocks),
        "files": [
            {"id": file.id, "name": file.name, "mime": file.mimetype, "size": len(file.data)} for file in message.files
        ],
        "reactions": {name: len(people) for name, people in message.reactions.items()},
        "replies": message.replies,
        "thread": message.thread_ts,
        "edited": message.edited,
        "ephemeral": message.ephemeral,
    }


def _view(view: SeenView | None) -> dict[str, Any] | None:
    if view is None:
        return None
    return {
        "id": view.id,
        "title": view.title,
        "submit": view.submit,
        "close": view.close,
        "blocks": list(view.blocks),
        "values": {field.block_id: _held(field.value) for field in view.fields},
        "errors": view.errors,
    }


def _held(value: Any) -> Any:
    """What a field holds, as a form of the page holds it: text, an option's value, several of them."""
    if isinstance(value, list):
        return [_held(one) for one in value]
    return value["value"] if isinstance(value, dict) else value


def moment_of(ts: str) -> datetime:
    """The real moment that a message's name stands for."""
    return datetime.fromtimestamp(float(ts), UTC)


def words_of(blocks: tuple[Block, ...]) -> str:
    """The text of the sections among the blocks."""
    return "\n".join(block["text"]["text"] for block in blocks if block["type"] == "section" and "text" in block)
