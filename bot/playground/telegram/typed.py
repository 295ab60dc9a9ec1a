"""A text as a person's phone sends it: cut to length, with the entities that Telegram finds by itself."""

import re
from typing import Any

from bot.playground.telegram.html import units
from bot.playground.telegram.sending import TEXT_LIMIT

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w+)?(?!\w)")
_MENTION = re.compile(r"(?<!\S)@[A-Za-z]\w{4,31}")
_LINK = re.compile(r"https?://[^\s<>\"]+")


def typed(text: str) -> dict[str, Any]:
    """The text with its entities, as fields of a message."""
    found: list[dict[str, Any]] = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match.group())}
        for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION), ("url", _LINK))
        for match in pattern.finditer(text)
    ]
    found.sort(key=lambda entity: entity["offset"])
    return {"text": text} | ({"entities": found} if found else {})


def pieces(text: str) -> list[str]:
    """The messages that a phone makes of one long text; it refuses to send an empty one."""
    text = text.strip()
    if not text:
        raise ValueError("a phone does not send an empty message")
    return [text[start : start + TEXT_LIMIT] for start in range(0, len(text), TEXT_LIMIT)]
