"""Who did what, in words, from what the stand-ins delivered to the bot."""

from typing import Any, NamedTuple

from bot.playground.app import Playground

LONGEST = 90


class Heard(NamedTuple):
    """Who it was and what they did; both are empty for a delivery that is not remembered any more."""

    who: str
    deed: str


def heard(playground: Playground, delivery: str) -> Heard:
    """What is behind a delivery, by its id in the store (`telegram:<bot>:<update>` or `slack:<team>:<id>`)."""
    platform, _colon, rest = delivery.partition(":")
    name = rest.partition(":")[2]
    with playground.log.changed:
        if platform == "telegram":
            return _on_telegram(playground, name)
        found = [one for one in playground.slack.state.handed_over if name in _names(one.payload)]
        return _in_slack(playground, found[0].payload) if found else Heard("", "")


def _on_telegram(playground: Playground, name: str) -> Heard:
    update = playground.telegram.state.updates.history.get(int(name) if name.isdecimal() else 0, {})
    people = [body["from"] for body in update.values() if isinstance(body, dict)]
    return Heard(people[0]["first_name"] if people else "", _update(update))


def _in_slack(playground: Playground, payload: dict[str, Any]) -> Heard:
    event, user = payload.get("event", {}), payload.get("user", {})
    member = playground.slack.state.members.get(payload.get("user_id") or user.get("id") or event.get("user"))
    return Heard(member.name if member else "", _payload(payload))


def _names(payload: dict[str, Any]) -> tuple[Any, Any]:
    return payload.get("event_id"), payload.get("trigger_id")


def _update(update: dict[str, Any]) -> str:
    if tap := update.get("callback_query"):
        return f"tapped “{_label(tap)}”"
    message = update.get("message", {})
    if "photo" in message:
        return "sent a photo"
    if "document" in message:
        return "sent a file"
    if "text" in message:
        # A deep link's payload is a secret of one use, and long: it says nothing to a reader.
        opened = message["text"].startswith("/start ")
        return "opened an invitation" if opened else _wrote(message["text"])
    if edited := update.get("edited_message"):
        return f"changed a message to “{_cut(edited.get('text', ''))}”"
    if standing := update.get("my_chat_member"):
        gone = standing["new_chat_member"]["status"] == "kicked"
        return "blocked the bot" if gone else "let the bot in"
    return ""


def _label(tap: dict[str, Any]) -> str:
    """The label of the button that was tapped; an edit may have taken it away meanwhile, then its data."""
    rows = tap.get("message", {}).get("reply_markup", {}).get("inline_keyboard", [])
    labels = [button["text"] for row in rows for button in row if button.get("callback_data") == tap["data"]]
    return _cut(labels[0] if labels else "an earlier button")


def _payload(payload: dict[str, Any]) -> str:
    if "command" in payload:
        return f"typed {payload['command']} {payload['text']}".strip()
    match payload.get("type"):
        case "event_callback":
            return _event(payload["event"])
        case "block_actions":
            action = payload["actions"][0]
            return f"pressed “{_cut(action.get('text', {}).get('text', 'a choice'))}”"
        case "view_submission":
            return f"sent off “{payload['view']['title']['text']}”"
        case "shortcut" | "message_action":
            return f"used the shortcut “{payload['callback_id']}”"
    return ""


def _event(event: dict[str, Any]) -> str:
    if event["type"] == "app_home_opened":
        return "opened the app’s home"
    return _wrote(event["text"]) if event.get("text") else "did something in the workspace"


def _wrote(text: str) -> str:
    return f"typed {_cut(text)}" if text.startswith("/") else f"wrote “{_cut(text)}”"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
