"""Looking around: auth.test, users.* and conversations.*"""

from collections.abc import Sequence
from typing import Any

from bot.playground.slack import events
from bot.playground.slack.channel import SCOPE_KIND, Channel, Message
from bot.playground.slack.member import Member
from bot.playground.slack.methods import Arguments
from bot.playground.slack.refusal import Refusal, missing_scope
from bot.playground.slack.state import BOT, BOT_USER, TEAM, TEAM_DOMAIN, State

KINDS_ASKED = {"public_channel": "public", "private_channel": "private", "im": "im"}
PAGE, PAGE_MOST = 100, 1000


def auth_test(state: State, given: Arguments) -> dict[str, Any]:
    """Who the bot is, and where."""
    place = {"url": f"https://{TEAM_DOMAIN}.slack.com/", "team": "Causeway", "team_id": TEAM}
    return {**place, "user": state.bot.handle, "user_id": BOT_USER, "bot_id": BOT, "is_enterprise_install": False}


def user_info(state: State, given: Arguments) -> dict[str, Any]:
    """One member."""
    return {"user": _shown(state, state.member(given["user"]), given)}


def user_list(state: State, given: Arguments) -> dict[str, Any]:
    """A page of all members."""
    members, cursor = _page(list(state.members.values()), given)
    return {"members": [_shown(state, member, given) for member in members], **cursor, "cache_ts": 0}


def user_by_email(state: State, given: Arguments) -> dict[str, Any]:
    """The member with this e-mail address."""
    for member in state.members.values():
        if member.email and member.email.lower() == given["email"].lower():
            return {"user": _shown(state, member, given)}
    raise Refusal("users_not_found")


def open_conversation(state: State, given: Arguments) -> dict[str, Any]:
    """The direct message with one person; several people at once are not simulated."""
    channel = state.channel(given["channel"]) if given.get("channel") else _opened(state, given["users"])
    whole = given.get("return_im", False)
    return {"channel": channel.as_json(BOT_USER) if whole else {"id": channel.id}}


def conversation_info(state: State, given: Arguments) -> dict[str, Any]:
    """One conversation."""
    channel = _readable(state, given["channel"], "read")
    return {"channel": channel.as_json(BOT_USER)}


def conversation_list(state: State, given: Arguments) -> dict[str, Any]:
    """A page of the conversations of the kinds asked for that the bot may know of."""
    asked = given.get("types") or ["public_channel"]
    if any(name not in KINDS_ASKED for name in asked):
        raise Refusal("invalid_types")
    kinds = [KINDS_ASKED[name] for name in asked]
    for kind in kinds:
        _need(state, f"{SCOPE_KIND[kind]}:read")
    known = [channel for channel in state.channels.values() if channel.kind in kinds and _known(channel)]
    known = [channel for channel in known if not (channel.archived and given.get("exclude_archived"))]
    channels, cursor = _page(known, given)
    return {"channels": [channel.as_json(BOT_USER) for channel in channels], **cursor}


def conversation_members(state: State, given: Arguments) -> dict[str, Any]:
    """A page of the members' ids."""
    channel = _readable(state, given["channel"], "read")
    members, cursor = _page(channel.members, given)
    return {"members": members, **cursor}


def join_conversation(state: State, given: Arguments) -> dict[str, Any]:
    """The public channel that the bot is now a member of."""
    channel = state.channel(given["channel"])
    if channel.kind != "public":
        raise Refusal("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refusal("is_archived")
    if BOT_USER in channel.members:
        return {"channel": channel.as_json(BOT_USER), "warning": "already_in_channel"}
    channel.members.append(BOT_USER)
    events.joined(state, channel, BOT_USER)
    return {"channel": channel.as_json(BOT_USER)}


def history(state: State, given: Arguments) -> dict[str, Any]:
    """The channel's own messages, newest first."""
    channel = _readable(state, given["channel"], "history")
    said = [message for message in _public(channel, given) if not message.thread_ts or message.broadcast]
    return _messages(said[::-1], given)


def replies(state: State, given: Arguments) -> dict[str, Any]:
    """A thread, its first message included, oldest first."""
    channel = _readable(state, given["channel"], "history")
    if given["ts"] not in channel.messages:
        raise Refusal("thread_not_found")
    return _messages(
        [message for message in _public(channel, given) if given["ts"] in (message.ts, message.thread_ts)], given
    )


def _shown(state: State, member: Member, given: Arguments) -> dict[str, Any]:
    email = "users:read.email" in state.scopes
    return member.as_json(TEAM, state.clock(), bool(given.get("include_locale")), email)


def _opened(state: State, users: Sequence[str]) -> Channel:
    if len(users) != 1:
        raise missing_scope("mpim:write", state.scopes)
    person = state.member(users[0])
    if person.role == "bot":
        raise Refusal("cannot_dm_bot")
    if person.deleted:
        raise Refusal("user_disabled")
    return state.direct(person.id)


def _readable(state: State, channel_id: str, right: str) -> Channel:
    channel = state.channel(channel_id)
    _need(state, f"{SCOPE_KIND[channel.kind]}:{right}")
    if right == "history" and BOT_USER not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _need(state: State, scope: str) -> None:
    if scope not in state.scopes:
        raise missing_scope(scope, state.scopes)


def _known(channel: Channel) -> bool:
    return channel.kind == "public" or BOT_USER in channel.members


def _public(channel: Channel, given: Arguments) -> list[Message]:
    oldest, latest = float(given.get("oldest") or 0), float(given.get("latest") or "inf")
    edges = (oldest, latest) if given.get("inclusive") else ()
    return [
        message
        for message in channel.messages.values()
        if not message.only_for and (oldest < float(message.ts) < latest or float(message.ts) in edges)
    ]


def _messages(messages: list[Message], given: Arguments) -> dict[str, Any]:
    page, cursor = _page(messages, given)
    more = bool(cursor["response_metadata"]["next_cursor"])
    return {"messages": [message.as_json(TEAM) for message in page], "has_more": more, **cursor}


def _page(items: Sequence[Any], given: Arguments) -> tuple[list[Any], dict[str, Any]]:
    start, size = given.get("cursor") or "0", min(given.get("limit") or PAGE, PAGE_MOST)
    if not start.isdecimal():
        raise Refusal("invalid_cursor")
    end = int(start) + size
    cursor = str(end) if end < len(items) else ""
    return list(items[int(start) : end]), {"response_metadata": {"next_cursor": cursor}}
