"""What is to be done in Slack, as calls of its Web API. Pure: values go in, calls come out."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.channel import Sending
from bot.slack.methods import Method
from bot.slack.modal import plain
from bot.slack.mrkdwn import escaped, pieces
from bot.slack.place import found

Payload = Mapping[str, Any]
Block = dict[str, Any]

# Slack takes 50 blocks and refuses a message near 13,200 characters of blocks; both are kept with room to spare.
SECTION, BLOCKS, CHARACTERS = 3000, 45, 12_000
FALLBACK, LABEL = 3900, 75
# A home page is one view of at most 100 blocks and 250 kB; it cannot go on in a second one.
HOME_SECTIONS, HOME_ROWS = 20, 80
ROW, MANY_ROWS = 5, 30


@dataclass(frozen=True)
class Call:
    """One call. A channel among the params may be a person's id, which leads to their direct message."""

    method: Method
    params: dict[str, Any] = field(default_factory=dict)


def calls(sending: Sending) -> list[Call]:
    """The calls in their order; the files of a message come last. Nothing for what Slack has no means for."""
    channel, payload = sending.conversation, sending.payload
    match sending.kind:
        case "message":
            return [*_posts(sending, groups(payload)), *_shares(sending)]
        case "edit":
            return [*_edits(sending), *_shares(sending)]
        case "delete":
            return [Call("chat.delete", _named(channel, sending.of, "ts"))]
        case "react":
            sign = {"name": payload["name"], **_named(channel, payload["message"], "timestamp")}
            return [Call("reactions.add", sign)]
        case "home":
            return [Call("views.publish", {"user_id": channel, "view": _home(payload)})]
        case _:
            return []


def groups(payload: Payload) -> list[list[Block]]:
    """The blocks, one list for each message they need; the buttons stand below the text, so on the last."""
    grouped: list[list[Block]] = [[]]
    size = 0
    for block in [*_sections(payload["text"]), *_rows(payload["buttons"])]:
        weight = len(json.dumps(block, ensure_ascii=False))
        if grouped[-1] and (len(grouped[-1]) == BLOCKS or size + weight > CHARACTERS):
            grouped.append([])
            size = 0
        grouped[-1].append(block)
        size += weight
    return [group for group in grouped if group]


def note(text: str) -> str:
    """A short plain text, for a note that only one person sees."""
    return (pieces(escaped(text), FALLBACK) or [""])[0]


def _posts(sending: Sending, grouped: list[list[Block]]) -> list[Call]:
    place = {"channel": sending.conversation, **_in_thread(sending)}
    quiet = {"unfurl_links": False, "unfurl_media": False}
    return [Call("chat.postMessage", {**place, **_content(group), **quiet}) for group in grouped]


def _edits(sending: Sending) -> list[Call]:
    """The new wording in place of the old; what does not fit into one message follows it."""
    grouped = groups(sending.payload)
    first = [
        Call("chat.update", {**_named(sending.conversation, sending.of, "ts"), **_content(group)})
        for group in grouped[:1]
    ]
    return first + _posts(sending, grouped[1:])


def _home(payload: Payload) -> dict[str, Any]:
    sections, rows = list(_sections(payload["text"])), list(_rows(payload["buttons"]))
    return {"type": "home", "blocks": sections[:HOME_SECTIONS] + rows[:HOME_ROWS]}


def _shares(sending: Sending) -> list[Call]:
    if not sending.files:
        return []
    return [Call("files.completeUploadExternal", {"channel_id": sending.conversation, **_in_thread(sending)})]


def _in_thread(sending: Sending) -> dict[str, str]:
    return {"thread_ts": found(sending.conversation, sending.thread)[1]} if sending.thread else {}


def _named(conversation: str, message: str, name: str) -> dict[str, str]:
    channel, ts = found(conversation, message)
    return {"channel": channel, name: ts}


def _content(group: list[Block]) -> dict[str, Any]:
    """Blocks, and the text that stands in for them in a notification."""
    texts = [block["text"]["text"] for block in group if block["type"] == "section"]
    texts = texts or [escaped(button["text"]["text"]) for block in group for button in block["elements"]]
    whole = "\n\n".join(texts)
    return {"text": whole if len(whole) <= FALLBACK else texts[0], "blocks": group}


def _sections(text: str) -> Iterator[Block]:
    for piece in pieces(text, SECTION):
        # Verbatim: Slack makes no link and no mention of what looks like one.
        yield {"type": "section", "text": {"type": "mrkdwn", "text": piece, "verbatim": True}}


def _rows(buttons: list[list[Payload]]) -> Iterator[Block]:
    """Rows as they are given, at most five abreast; so many rows that they would fill a screen are set closer."""
    rows = buttons if len(buttons) <= MANY_ROWS else [[button for row in buttons for button in row]]
    short = [row[start : start + ROW] for row in rows for start in range(0, len(row), ROW)]
    for place, row in enumerate(short):
        yield {"type": "actions", "elements": [_button(button, place, column) for column, button in enumerate(row)]}


def _button(button: Payload, row: int, column: int) -> Block:
    shown: Block = {
        "type": "button",
        "text": plain(button["label"], LABEL),
        "value": button["action"],
        "action_id": f"press.{row}.{column}",
    }
    return shown if button["style"] == "plain" else shown | {"style": button["style"]}
