"""What somebody did, in words, from what the stand-ins delivered to the bot."""

from typing import Any

from bot.playground.app import Playground

LONGEST = 90


def deed_of(playground: Playground, delivery: str) -> str:
    """What was done, by the delivery's id in the store (`telegram:<bot>:<update>` or `slack:<team>:<id>`)."""
    platform, _colon, rest = delivery.partition(":")
    name = rest.partition(":")[2]
    with playground.log.changed:
        if platform == "telegram" and name.isdecimal():
            return _update(playground.telegram.state.updates.history.get(int(name), {}))
        found = [one.payload for one in playground.slack.state.handed_over if name in _names(one.payload)]
    return _payload(found[0]) if found else ""


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
