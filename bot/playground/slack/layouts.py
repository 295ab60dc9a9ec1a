"""The blocks of Block Kit that are shown here, where each may stand, and what a modal and a home tab consist of.

Kinds of blocks that Slack has added for assistants (cards, carousels, plans, charts) are not shown: a message with one
is refused.
"""

from collections.abc import Mapping
from typing import Literal

from bot.playground.slack.elements import ACCESSORY, ACTION, ANY_TEXT, CONTEXT, ID, INPUT
from bot.playground.slack.shapes import Any_, Either, Fields, Flag, Many, Shape, Text, Typed, Words

Surface = Literal["message", "modal", "home"]

_ANCHOR: dict[str, Shape] = {"block_id": ID}

BLOCKS: Mapping[str, Shape] = {
    "section": Fields(
        {
            **_ANCHOR,
            "text": Text(3000, ANY_TEXT),
            "fields": Many(Text(2000, ANY_TEXT), 10),
            "accessory": ACCESSORY,
            "expand": Flag(),
        },
        at_least_one=("text", "fields"),
    ),
    "divider": Fields(_ANCHOR),
    "header": Fields({**_ANCHOR, "text": Text(150)}, required=("text",)),
    "context": Fields({**_ANCHOR, "elements": Many(CONTEXT, 10)}, required=("elements",)),
    "actions": Fields({**_ANCHOR, "elements": Many(ACTION, 25)}, required=("elements",)),
    "input": Fields(
        {
            **_ANCHOR,
            "label": Text(2000),
            "element": INPUT,
            "hint": Text(2000),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        required=("label", "element"),
    ),
    "image": Fields(
        {
            **_ANCHOR,
            "alt_text": Words(2000),
            "title": Text(2000),
            "image_url": Words(3000),
            "slack_file": Fields({"id": Words(100), "url": Words(3000)}),
        },
        required=("alt_text",),
        exactly_one=("image_url", "slack_file"),
    ),
    "markdown": Fields({**_ANCHOR, "text": Words(12_000)}, required=("text",)),
    "rich_text": Fields({**_ANCHOR, "elements": Many(Any_(), 1000, 0)}, required=("elements",)),
    "table": Fields(
        {**_ANCHOR, "rows": Many(Many(Any_(), 20), 100), "column_settings": Many(Any_(), 20)}, required=("rows",)
    ),
}

_EVERYWHERE = frozenset({"section", "divider", "header", "context", "actions", "input", "image", "rich_text"})
_ONE: Mapping[Surface, Shape] = {
    "message": Typed(BLOCKS, _EVERYWHERE | {"markdown", "table"}),
    "modal": Typed(BLOCKS, _EVERYWHERE),
    "home": Typed(BLOCKS, _EVERYWHERE),
}
MESSAGE_BLOCKS = Many(_ONE["message"], 50, 0)

_VIEW: dict[str, Shape] = {"type": Either(("modal", "home")), "private_metadata": Words(3000, 0)}
_VIEW |= {"callback_id": ID, "external_id": ID}
MODAL = Fields(
    {
        **_VIEW,
        "blocks": Many(_ONE["modal"], 100),
        "title": Text(24),
        "submit": Text(24),
        "close": Text(24),
        "clear_on_close": Flag(),
        "notify_on_close": Flag(),
    },
    required=("title", "blocks"),
)
HOME = Fields({**_VIEW, "blocks": Many(_ONE["home"], 100)}, required=("blocks",))
