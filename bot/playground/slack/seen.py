"""What a person sees of a message, a modal or a home tab: plain values, taken at one moment."""

from dataclasses import dataclass
from typing import Any

from bot.playground.slack.blocks import Block, elements, options, words
from bot.playground.slack.channel import Message
from bot.playground.slack.state import State
from bot.playground.slack.typed import shown
from bot.playground.slack.values import initial
from bot.playground.slack.view import View


@dataclass(frozen=True)
class SeenButton:
    """A button; `value` is what the bot gets back, `url` what it opens."""

    label: str
    action_id: str
    block_id: str
    value: str | None
    url: str | None


@dataclass(frozen=True)
class SeenFile:
    """A file that can be opened."""

    id: str
    name: str
    mimetype: str
    data: bytes


@dataclass(frozen=True)
class SeenMessage:
    """`text` is what is read: the blocks if there are any, else the text; `fallback` is what a notification says."""

    ts: str
    channel: str
    author: str
    text: str
    fallback: str
    blocks: tuple[Block, ...]
    buttons: tuple[SeenButton, ...]
    files: tuple[SeenFile, ...]
    reactions: dict[str, list[str]]
    thread_ts: str | None
    replies: int
    edited: bool
    ephemeral: bool
    from_bot: bool


@dataclass(frozen=True)
class SeenField:
    """One element that can be filled in: what it asks, what it holds, what is wrong with it."""

    label: str
    block_id: str
    action_id: str
    kind: str
    value: Any
    hint: str
    optional: bool
    choices: tuple[str, ...]
    error: str | None


@dataclass(frozen=True)
class SeenView:
    """A modal or a home tab; `text` is all that is written in it, `errors` by block id."""

    id: str
    callback_id: str
    private_metadata: str
    title: str
    submit: str | None
    close: str | None
    text: str
    blocks: tuple[Block, ...]
    fields: tuple[SeenField, ...]
    buttons: tuple[SeenButton, ...]
    errors: dict[str, str]


def see_message(state: State, channel_id: str, message: Message) -> SeenMessage:
    """The message as it stands now."""
    author = state.members[message.author].name
    written = "\n".join(words(message.blocks)) if message.blocks else message.text
    return SeenMessage(
        ts=message.ts,
        channel=channel_id,
        author=message.look.get("username", author),
        text=shown(written),
        fallback=shown(message.text),
        blocks=tuple(message.blocks),
        buttons=buttons(message.blocks),
        files=tuple(SeenFile(file.id, file.name, file.mimetype, file.data or b"") for file in message.files),
        reactions={name: [*people] for name, people in message.reactions.items()},
        thread_ts=message.thread_ts,
        replies=len(message.replies),
        edited=message.edited is not None,
        ephemeral=message.only_for is not None,
        from_bot=bool(message.by_bot),
    )


def see_view(view: View) -> SeenView:
    """The view as the person has it before them."""
    source = view.source
    return SeenView(
        id=view.id,
        callback_id=source.get("callback_id", ""),
        private_metadata=source.get("private_metadata", ""),
        title=_label(source.get("title")) or "",
        submit=_label(source.get("submit")),
        close=_label(source.get("close")),
        text=shown("\n".join(words(source["blocks"]))),
        blocks=tuple(source["blocks"]),
        fields=tuple(_field(view, block) for block in source["blocks"] if block["type"] == "input"),
        buttons=buttons(source["blocks"]),
        errors=dict(view.errors),
    )


def buttons(blocks: list[Block]) -> tuple[SeenButton, ...]:
    """All buttons among the blocks, in the order they are shown."""
    return tuple(
        SeenButton(_label(part["text"]) or "", part["action_id"], block["block_id"], part.get("value"), part.get("url"))
        for block in blocks
        for part in elements(block)
        if part["type"] == "button"
    )


def _field(view: View, block: Block) -> SeenField:
    element = block["element"]
    key = (block["block_id"], element["action_id"])
    return SeenField(
        label=_label(block["label"]) or "",
        block_id=key[0],
        action_id=key[1],
        kind=element["type"],
        value=view.filled.get(key, initial(element)),
        hint=_label(block.get("hint")) or "",
        optional=block.get("optional", False),
        choices=tuple(_label(option["text"]) or "" for option in options(element)),
        error=view.errors.get(key[0]),
    )


def _label(text: dict[str, Any] | None) -> str | None:
    return text["text"] if text else None
