"""A chat as a phone shows it: what is there now, with buttons, pictures and files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.playground.telegram.chat import Chat
from bot.playground.telegram.files import Upload
from bot.playground.telegram.message import Message
from bot.playground.telegram.state import State


@dataclass(frozen=True)
class Button:
    """A button under a message: one of `data` and `url` is set."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Shown:
    """A message on the screen. `text` is plain and holds a caption too; `html` is the same with its markup.

    `keyboard` holds the labels of a reply keyboard, which a finger answers by saying the label. `retired` are rows that
    an edit has taken away and that a slow phone still shows.
    """

    id: int
    from_bot: bool
    author: str
    at: datetime
    text: str
    html: str
    entities: tuple[dict[str, Any], ...]
    buttons: tuple[tuple[Button, ...], ...]
    retired: tuple[tuple[Button, ...], ...]
    keyboard: tuple[tuple[str, ...], ...]
    photo: Upload | None
    document: Upload | None
    voice: Upload | None
    reply_to: int | None
    album: str | None
    edited: bool
    silent: bool
    reactions: tuple[str, ...]

    def labels(self) -> list[str]:
        """The labels of all inline buttons, row by row."""
        return [button.label for row in self.buttons for button in row]


def shown_messages(state: State, chat: Chat, after: int = 0) -> list[Shown]:
    """The messages of a chat that came after one, oldest first, without those that were deleted."""
    return [_shown(state, message) for message in chat.live() if message.id > after]


def find_button(messages: Iterator[Message], wanted: str, past: bool = False) -> tuple[Message, dict[str, Any]] | None:
    """The first message with a button of this label or data, and the button."""
    for message in messages:
        for row in message.rows(past):
            for button in row:
                if wanted in (button["text"], button.get("callback_data")):
                    return message, button
    return None


def _shown(state: State, message: Message) -> Shown:
    content = message.content
    text = content.get("text", content.get("caption", ""))
    return Shown(
        id=message.id,
        from_bot=message.sender["is_bot"],
        author=message.sender["first_name"],
        at=message.date,
        text=text,
        html=message.html,
        entities=tuple(content.get("entities", content.get("caption_entities", ()))),
        buttons=_rows(message.rows()),
        retired=_rows(message.rows(past=True)[len(message.rows()) :]),
        keyboard=tuple(tuple(_label(one) for one in row) for row in (message.markup or {}).get("keyboard", ())),
        photo=_upload(state, content["photo"][-1]) if "photo" in content else None,
        document=_upload(state, content.get("document")),
        voice=_upload(state, content.get("voice")),
        reply_to=message.reply_to,
        album=message.album,
        edited=message.edited_at is not None,
        silent=message.silent,
        reactions=tuple(one["emoji"] for one in message.reactions),
    )


def _rows(rows: list[list[dict[str, Any]]]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(_button(one) for one in row) for row in rows)


def _button(button: dict[str, Any]) -> Button:
    return Button(button["text"], button.get("callback_data"), button.get("url"))


def _label(button: Any) -> str:
    return button if isinstance(button, str) else str(button["text"])


def _upload(state: State, file: dict[str, Any] | None) -> Upload | None:
    stored = state.shelf.find(file["file_id"]) if file else None
    return stored.upload if stored else None
