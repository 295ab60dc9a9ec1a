"""What Slack sends when a person does something with the app: presses, submits, closes, calls."""

from dataclasses import dataclass
from typing import Any

from bot.playground.slack.blocks import Block
from bot.playground.slack.channel import Channel, Message
from bot.playground.slack.state import APP, TEAM, TEAM_DOMAIN, State
from bot.playground.slack.tickets import ReplyAddress
from bot.playground.slack.view import View, state_of

REPEATED = ("type", "action_id", "text", "value", "placeholder")
DIRECT_NAMES = {"im": "directmessage", "private": "privategroup"}


@dataclass(frozen=True)
class Spot:
    """An element where a person found it: in a message of a channel, or in a view."""

    element: Block
    block_id: str
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None


def block_actions(state: State, person: str, spot: Spot, held: dict[str, Any]) -> dict[str, Any]:
    """A press or a choice; `held` is what the element now says."""
    element = spot.element
    repeated = {name: element[name] for name in REPEATED if name in element}
    action = {**repeated, "block_id": spot.block_id, **held, "action_ts": state.new_ts()}
    place = _in_view(state, spot.view) if spot.view else _in_message(state, person, spot)
    view_id = spot.view.id if spot.view and spot.view.kind == "modal" else None
    return {**_by(state, person, "block_actions", view_id), **place, "actions": [action]}


def submission(state: State, view: View) -> dict[str, Any]:
    """A modal sent off."""
    by = _by(state, view.person, "view_submission", view.id)
    return {**by, "view": view.as_json(state.app), "response_urls": []}


def closing(state: State, view: View, cleared: bool) -> dict[str, Any]:
    """A modal put away, alone or (`cleared`) with all beneath it. It gives no trigger."""
    by = _by(state, view.person, "view_closed", None)
    del by["trigger_id"]
    return {**by, "view": view.as_json(state.app), "is_cleared": cleared}


def shortcut(state: State, person: str, callback_id: str) -> dict[str, Any]:
    """A global shortcut."""
    by = _by(state, person, "shortcut", None)
    return {**by, "callback_id": callback_id, "action_ts": state.new_ts()}


def message_shortcut(state: State, person: str, callback_id: str, channel: Channel, message: Message) -> dict[str, Any]:
    """A shortcut on a message."""
    return {
        **_by(state, person, "message_action", None),
        "callback_id": callback_id,
        "action_ts": state.new_ts(),
        "message_ts": message.ts,
        "message": message.as_json(TEAM),
        "channel": _channel(channel),
        "response_url": reply_url(state, person, channel),
    }


def command(state: State, person: str, name: str, text: str, channel: Channel) -> dict[str, str]:
    """A slash command, as the fields of a form."""
    return {
        "token": "legacy-verification",
        "team_id": TEAM,
        "team_domain": TEAM_DOMAIN,
        "channel_id": channel.id,
        "channel_name": DIRECT_NAMES.get(channel.kind, channel.name),
        "user_id": person,
        "user_name": state.members[person].handle,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": reply_url(state, person, channel),
        "trigger_id": state.tickets.trigger(person, state.clock()),
    }


def reply_url(state: State, person: str, channel: Channel, message: Message | None = None) -> str:
    """Where this interaction may be answered."""
    ticket = state.tickets.reply(ReplyAddress(person, channel.id, state.clock(), message))
    return state.address(f"/actions/{TEAM}/{ticket}")


def _by(state: State, person: str, kind: str, view: str | None) -> dict[str, Any]:
    handle = state.members[person].handle
    return {
        "type": kind,
        "user": {"id": person, "username": handle, "name": handle, "team_id": TEAM},
        "api_app_id": APP,
        "token": "legacy-verification",
        "team": {"id": TEAM, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": state.tickets.trigger(person, state.clock(), view),
    }


def _in_view(state: State, view: View) -> dict[str, Any]:
    return {"container": {"type": "view", "view_id": view.id}, "view": view.as_json(state.app)}


def _in_message(state: State, person: str, spot: Spot) -> dict[str, Any]:
    channel, message = spot.channel, spot.message
    if channel is None or message is None:
        raise ValueError("an element stands in a view or in a message of a channel")
    container: dict[str, Any] = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container |= {"is_ephemeral": message.only_for is not None}
    place = {
        "container": container | ({"thread_ts": message.thread_ts} if message.thread_ts else {}),
        "channel": _channel(channel),
        "state": {"values": state_of(message.blocks, message.chosen)},
        "response_url": reply_url(state, person, channel, message),
    }
    # Slack keeps no ephemeral messages, so it cannot send one back.
    return place if message.only_for else place | {"message": message.as_json(TEAM)}


def _channel(channel: Channel) -> dict[str, str]:
    return {"id": channel.id, "name": DIRECT_NAMES.get(channel.kind, channel.name)}
