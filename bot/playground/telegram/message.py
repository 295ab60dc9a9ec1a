"""One message in a chat, as the platform keeps it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Message:
    """`content` holds the fields of its kind (text and entities, photo and caption, ...) as the Bot API names them.

    `html` is the text or caption with its markup. `past_markups` are keyboards that an edit has taken away: a slow
    phone still shows them, and a finger may still land there.
    """

    id: int
    sender: dict[str, Any]
    date: datetime
    content: dict[str, Any]
    html: str = ""
    markup: dict[str, Any] | None = None
    reply_to: int | None = None
    album: str | None = None
    silent: bool = False
    edited_at: datetime | None = None
    deleted: bool = False
    reactions: list[dict[str, Any]] = field(default_factory=list)
    past_markups: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The message without its chat."""
        body: dict[str, Any] = {"message_id": self.id, "from": self.sender, "date": int(self.date.timestamp())}
        body.update(self.content)
        if self.edited_at:
            body["edit_date"] = int(self.edited_at.timestamp())
        if self.album:
            body["media_group_id"] = self.album
        # Only an inline keyboard belongs to its message; the others belong to the chat and are not told again.
        if self.markup and "inline_keyboard" in self.markup:
            body["reply_markup"] = self.markup
        return body

    def rows(self, past: bool = False) -> list[list[dict[str, Any]]]:
        """The rows of inline buttons; with `past`, also those that edits have taken away, newest first."""
        markups = [self.markup or {}, *(reversed(self.past_markups) if past else ())]
        return [row for markup in markups for row in markup.get("inline_keyboard", ())]

    def replace_markup(self, markup: dict[str, Any] | None) -> None:
        """Put another keyboard under the message, or none."""
        if self.markup:
            self.past_markups.append(self.markup)
        self.markup = markup
