"""A form as Slack's modal, and what is wrong with it under the fields it belongs to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.slack.mrkdwn import shortened

Body = Mapping[str, Any]
Block = dict[str, Any]

TITLE, LABEL, OPTION, TYPED = 24, 2000, 75, 3000
IN_A_LIST = 100


def modal(payload: Body) -> dict[str, Any]:
    """The view: one input block a field, the field's key as its id, the form's action as the hidden note."""
    return {
        "type": "modal",
        "callback_id": "form",
        "private_metadata": payload["action"],
        "title": plain(payload["title"], TITLE),
        "submit": plain(payload["submit"], TITLE),
        "blocks": [_input(field) for field in payload["fields"]],
    }


def plain(text: str, limit: int) -> dict[str, Any]:
    """A text object without markup, cut to `limit`."""
    return {"type": "plain_text", "text": shortened(text, limit)}


def errors(body: Body, found: Mapping[str, str]) -> dict[str, str]:
    """What is wrong under the blocks of the view that was handed in.

    Slack drops an error for a block that is not there, and the person would see nothing: it goes to the first block.
    """
    shown = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
    placed: dict[str, str] = {}
    for key, text in found.items():
        block = key if key in shown or not shown else shown[0]
        placed[block] = f"{placed[block]} {text}" if block in placed else text
    return placed


def _input(field: Body) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field["key"],
        "label": plain(field["label"], LABEL),
        "element": {"action_id": "value", **_element(field)},
        "optional": field["optional"],
    }
    return block | ({"hint": plain(field["hint"], LABEL)} if field["hint"] else {})


def _element(field: Body) -> Block:
    initial = field["initial"]
    match field["kind"]:
        case "choice":
            return _select(field)
        case "date":
            return {"type": "datepicker", **({"initial_date": initial} if _is_date(initial) else {})}
        case kind:
            typed: Block = {"type": "plain_text_input", "multiline": kind == "long_text"}
            return typed | ({"initial_value": initial[:TYPED]} if initial else {})


def _select(field: Body) -> Block:
    options = [_option(place, key, label) for place, (key, label) in enumerate(field["options"], start=1)]
    keys = [key for key, _label in field["options"]]
    chosen = {"initial_option": options[keys.index(field["initial"])]} if field["initial"] in keys else {}
    if len(options) <= IN_A_LIST:
        return {"type": "static_select", "options": options, **chosen}
    groups = [_group(options, start) for start in range(0, len(options), IN_A_LIST)]
    return {"type": "static_select", "option_groups": groups, **chosen}


def _group(options: list[Block], start: int) -> Block:
    part = options[start : start + IN_A_LIST]
    return {"label": plain(f"{start + 1}–{start + len(part)}", OPTION), "options": part}


def _option(place: int, key: str, label: str) -> Block:
    """The option's key comes back as its value; one that is too long is told by its place in the list, from 1."""
    return {"text": plain(label, OPTION), "value": key if len(key) <= OPTION else str(place)}


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
