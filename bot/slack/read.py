"""What a delivery of Slack says, in the shared vocabulary. Pure: a body goes in, an `Incoming` comes out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.slack.events import read_event
from bot.slack.place import direct, is_direct, place, ref
from handlers.message import Address, Commanded, Incoming, Pressed, Submitted

Body = Mapping[str, Any]

# Kinds that come by rule and need nothing done; every other kind that is not read is counted.
QUIET = frozenset(
    {
        "event/message/bot",
        "event/message/message_changed",
        "event/message/message_deleted",
        "event/app_home_opened",
        "event/app_mention",
        "event/member_joined_channel",
        "view_closed",
    }
)


def read(body: Body, at: datetime) -> Incoming | None:
    """The delivery; None for what needs nothing done and for shapes we do not know."""
    try:
        return _read(body, at)
    except (KeyError, IndexError, TypeError, AttributeError):
        return None


def kind(body: Body) -> str:
    """A short name for the kind of a delivery, for counting: no ids, no words."""
    if "command" in body:
        return "command"
    event = body.get("event")
    if not isinstance(event, Mapping):
        return str(body.get("type", "nameless"))
    parts = ["event", str(event.get("type", "nameless")), "bot" if event.get("bot_id") else event.get("subtype")]
    return "/".join(str(part) for part in parts if part)


def _read(body: Body, at: datetime) -> Incoming | None:
    if "command" in body:
        return _commanded(body, at)
    reader = READERS.get(body["type"])
    return reader(body, at) if reader else None


def _commanded(body: Body, at: datetime) -> Incoming:
    """The slash command. Whatever the channel it was typed in, the answer is for the person's eyes."""
    what, _space, rest = body.get("text", "").strip().partition(" ")
    return _from_person(body, at, body["user_id"], Commanded(what.lower() or "help", rest.strip()))


def _shortcut(body: Body, at: datetime) -> Incoming:
    return _from_person(body, at, body["user"]["id"], Commanded(body["callback_id"]))


def _message_shortcut(body: Body, at: datetime) -> Incoming:
    channel, user, message = body["channel"]["id"], body["user"]["id"], body["message"]
    where = place(channel, user, message.get("thread_ts") or message["ts"])
    shown = ref(channel, message["ts"])
    return _acted(body, at, where, user, Commanded(body["callback_id"], shown), shown, is_direct(channel))


def _pressed(body: Body, at: datetime) -> Incoming | None:
    action, user, shown = body["actions"][0], body["user"]["id"], body["container"]
    value = action.get("value") or (action.get("selected_option") or {}).get("value")
    if not value or (body.get("view") or {}).get("type") == "modal":
        return None
    if shown["type"] == "view":
        return _from_person(body, at, user, Pressed(value))
    channel, ts = body["channel"]["id"], shown["message_ts"]
    # A message that only one person sees cannot carry a thread.
    thread = (body.get("message") or shown).get("thread_ts") or ("" if shown.get("is_ephemeral") else ts)
    where = place(channel, user, thread)
    return _acted(body, at, where, user, Pressed(value), ref(channel, ts), is_direct(channel))


def _submitted(body: Body, at: datetime) -> Incoming:
    view = body["view"]
    values = {key: _value(held["value"]) for key, held in view["state"]["values"].items()}
    submitted = Submitted(view["private_metadata"] or view["callback_id"], values, view["id"])
    return _from_person(body, at, body["user"]["id"], submitted)


def _value(held: Body) -> str:
    """What one field of a modal holds: text, an option's value, several with commas, or a date."""
    if "selected_options" in held:
        return ",".join(option["value"] for option in held["selected_options"] or ())
    chosen = (held.get("selected_option") or {}).get("value")
    return str(held.get("value") or chosen or held.get("selected_date") or "")


def _from_person(body: Body, at: datetime, user: str, content: Commanded | Pressed | Submitted) -> Incoming:
    return _acted(body, at, direct(user), user, content, "", True)


def _acted(
    body: Body,
    at: datetime,
    where: Address,
    user: str,
    content: Commanded | Pressed | Submitted,
    message: str,
    private: bool,
) -> Incoming:
    """An interaction: its trigger opens a form within three seconds, and tells it apart from every other."""
    trigger = body["trigger_id"]
    return Incoming(f"slack:{_team(body)}:{trigger}", where, user, at, content, message, private, trigger=trigger)


def _team(body: Body) -> str:
    """The workspace; an app installed for a whole organisation finds it with the person."""
    return str(body.get("team_id") or (body.get("team") or {}).get("id") or body["user"]["team_id"])


READERS: Mapping[str, Callable[[Body, datetime], Incoming | None]] = {
    "event_callback": read_event,
    "block_actions": _pressed,
    "view_submission": _submitted,
    "shortcut": _shortcut,
    "message_action": _message_shortcut,
}
