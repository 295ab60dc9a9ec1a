"""What an element can hold, from what a person types to what Slack tells the bot."""

import re
from typing import Any

from bot.playground.slack.blocks import Block, options

# Each element's field in `state.values`, and the field the bot presets it with.
HOLDS = {
    "plain_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "file_input": ("files", "initial_files"),
}
SEVERAL = {"multi_static_select", "checkboxes", "multi_users_select", "file_input"}
OF_OPTIONS = {"static_select", "radio_buttons", "multi_static_select", "checkboxes", "overflow"}


class Unfit(ValueError):
    """A value that Slack's own client would not let through; the text is what the person reads."""


def initial(element: Block) -> Any:
    """What the element holds before the person has touched it."""
    holds = HOLDS.get(element["type"])
    return element.get(holds[1]) if holds else None


def state_value(element: Block, value: Any) -> dict[str, Any] | None:
    """The element's entry in `state.values`; None for an element without a value, such as a button."""
    holds = HOLDS.get(element["type"])
    if holds is None:
        return None
    empty: Any = [] if element["type"] in SEVERAL else None
    return {"type": element["type"], holds[0]: empty if value is None else value}


def chosen(element: Block, value: Any) -> Any:
    """What the element holds once the person has given `value`: text, a label, several labels, a date. Raises Unfit."""
    if value is None or value == "" or value == []:
        return None
    if element["type"] in OF_OPTIONS:
        return _options(element, value)
    if element["type"] in SEVERAL:
        return [getattr(item, "id", item) for item in (value if isinstance(value, list) else [value])]
    if element["type"] == "datetimepicker":
        return int(value)
    text = str(getattr(value, "id", value))
    _check_text(element, text)
    return text


def option(element: Block, wanted: str) -> Block:
    """The option with this label or value, as the bot sent it."""
    for candidate in options(element):
        if wanted in (candidate["text"]["text"], candidate["value"]):
            return candidate
    labels = [candidate["text"]["text"] for candidate in options(element)]
    raise LookupError(f"no option {wanted!r} among {labels}")


def _options(element: Block, value: Any) -> Any:
    if element["type"] not in SEVERAL:
        return option(element, str(value))
    picked = [option(element, str(item)) for item in (value if isinstance(value, list) else [value])]
    if len(picked) > element.get("max_selected_items", len(picked)):
        raise Unfit(f"Choose up to {element['max_selected_items']}.")
    return picked


def _check_text(element: Block, text: str) -> None:
    kind = element["type"]
    if kind == "plain_text_input" and len(text) > element.get("max_length", 3000):
        raise Unfit(f"Must be no more than {element.get('max_length', 3000)} characters.")
    if kind == "plain_text_input" and len(text) < element.get("min_length", 0):
        raise Unfit(f"Must be at least {element['min_length']} characters.")
    if kind == "number_input":
        _check_number(element, text)
    if kind in _PATTERNS and not re.fullmatch(_PATTERNS[kind][0], text):
        raise Unfit(_PATTERNS[kind][1])


def _check_number(element: Block, text: str) -> None:
    if not re.fullmatch(r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+", text):
        raise Unfit("Enter a valid number.")
    if "min_value" in element and float(text) < float(element["min_value"]):
        raise Unfit(f"Must be {element['min_value']} or more.")
    if "max_value" in element and float(text) > float(element["max_value"]):
        raise Unfit(f"Must be {element['max_value']} or less.")


_PATTERNS = {
    "datepicker": (r"\d{4}-\d{2}-\d{2}", "Enter a valid date."),
    "timepicker": (r"\d{2}:\d{2}", "Enter a valid time."),
    "email_text_input": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "Enter a valid email."),
    "url_text_input": (r"https?://\S+", "Enter a valid URL."),
}
