"""The keyboards under a message and under the text field, and what Telegram refuses about them."""

from typing import Any
from urllib.parse import urlsplit

from bot.playground.telegram.refusal import bad

ROW_LIMIT, BUTTON_LIMIT = 8, 100
DATA_BYTES = 64
PLACEHOLDER_LIMIT = 64
DECORATIONS = {"text", "icon_custom_emoji_id", "style"}
ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
REPLY_KEYS = DECORATIONS | {
    "request_users",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
}


def check_markup(markup: dict[str, Any] | None, inline_only: bool = False) -> None:
    """Refuse a keyboard that the platform would not show."""
    if not markup:
        return
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"], "inline_keyboard", _check_inline)
    elif inline_only:
        raise bad("inline keyboard expected")
    elif "keyboard" in markup:
        _check_rows(markup["keyboard"], "keyboard", _check_reply)
        _check_placeholder(markup)
    elif markup.get("force_reply") is True:
        _check_placeholder(markup)
    elif markup.get("remove_keyboard") is not True:
        raise bad("object expected as reply markup")


def _check_rows(rows: Any, field: str, check: Any) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{field}" must be an Array of Arrays')
    if any(len(row) > ROW_LIMIT for row in rows) or sum(map(len, rows)) > BUTTON_LIMIT:
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            check(button)


def _check_inline(button: Any) -> None:
    where = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad(f"{where}InlineKeyboardButton must be an Object")
    if not isinstance(button.get("text"), str):
        raise bad(f'{where}Can\'t find field "text"')
    if unknown := sorted(button.keys() - DECORATIONS - ACTIONS):
        raise bad(f"{where}unknown field {unknown[0]}")
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    actions = button.keys() & ACTIONS
    if not actions:
        raise bad(f"{where}Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"{where}exactly one action expected")
    _check_action(button)


def _check_action(button: dict[str, Any]) -> None:
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= DATA_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not _usable(str(button["url"])):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _usable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "tg" or (parts.scheme in ("http", "https") and "." in (parts.hostname or ""))


def _check_reply(button: Any) -> None:
    where = "can't parse keyboard button: "
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad(f'{where}Can\'t find field "text"')
    if unknown := sorted(button.keys() - REPLY_KEYS):
        raise bad(f"{where}unknown field {unknown[0]}")
    if not button["text"].strip():
        raise bad("keyboard button text must be non-empty")


def _check_placeholder(markup: dict[str, Any]) -> None:
    text = markup.get("input_field_placeholder")
    if text is not None and not 1 <= len(text) <= PLACEHOLDER_LIMIT:
        raise bad("input field placeholder must be 1 to 64 characters")
