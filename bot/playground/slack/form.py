"""A person at a modal: filling in its fields, and what Slack's own client refuses to send."""

from collections.abc import Mapping
from typing import Any

from bot.playground.slack.blocks import Block
from bot.playground.slack.values import Unfit, chosen, initial
from bot.playground.slack.view import View

MISSING = "Please complete this required field."


def fill(view: View, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong, by block id; nothing if the modal can be sent. Keys are labels, action ids or block ids."""
    inputs = [block for block in view.source["blocks"] if block["type"] == "input"]
    for name in values:
        if not any(name in _names(block) for block in inputs):
            raise LookupError(f"no field {name!r} among {[block['label']['text'] for block in inputs]}")
    view.errors = {}
    for block in inputs:
        _fill_one(view, block, values)
    return view.errors


def _fill_one(view: View, block: Block, values: Mapping[str, Any]) -> None:
    element = block["element"]
    key = (block["block_id"], element["action_id"])
    for name in _names(block):
        if name not in values:
            continue
        try:
            view.filled[key] = chosen(element, values[name])
        except Unfit as unfit:
            view.errors[block["block_id"]] = str(unfit)
    empty = view.filled.get(key, initial(element)) in (None, "", [])
    if empty and not block.get("optional", False):
        view.errors.setdefault(block["block_id"], MISSING)


def _names(block: Block) -> tuple[str, str, str]:
    return block["label"]["text"], block["element"]["action_id"], block["block_id"]
