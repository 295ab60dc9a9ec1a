"""What becomes of a person's words on their way to the bot, and of the bot's on their way to a person."""

import re
from secrets import token_hex

from bot.playground.slack.blocks import Block

# A person picks these from a list, so they travel as they are: a person, a channel, a group.
CHOSEN = re.compile(r"(<[@#!][^<>\s]+>)")
LINK = re.compile(r"(?<![<|])https?://[^\s<>]+")


def sent(text: str) -> str:
    """The text as the bot gets it: `<`, `>` and `&` as entities, addresses in angle brackets."""
    parts = CHOSEN.split(text)
    return "".join(part if CHOSEN.fullmatch(part) else LINK.sub(r"<\g<0>>", escaped(part)) for part in parts)


def written(text: str) -> list[Block]:
    """The text as the block that Slack makes of what a person types; none for a file without words."""
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": token_hex(3), "elements": [section]}] if text else []


def escaped(text: str) -> str:
    """The text with its three control characters written as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shown(text: str) -> str:
    """The text as a person reads it, entities resolved; bold marks and links are left as they were sent."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
