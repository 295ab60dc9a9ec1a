"""Who is on the platform and where they talk: accounts, private chats and groups."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.telegram.message import Message


@dataclass
class User:
    """An account: a person's, or the bot's own."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False

    def as_json(self) -> dict[str, Any]:
        """The account as updates carry it."""
        body: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            body["username"] = self.username
        if self.language_code:
            body["language_code"] = self.language_code
        return body


@dataclass
class Chat:
    """A private chat (same id as the person's) or a group (negative id).

    `opened` says that the person has written first. `standing` is the bot's own; "kicked" in a private chat is blocked.
    """

    id: int
    kind: Literal["private", "group", "supergroup"]
    person: User | None = None
    title: str = ""
    opened: bool = False
    standing: Literal["member", "kicked", "left"] = "member"
    migrated_to: int | None = None
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "default"})
    messages: dict[int, Message] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The chat as messages carry it."""
        if self.person is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        body: dict[str, Any] = {"id": self.id, "type": self.kind, "first_name": self.person.first_name}
        if self.person.username:
            body["username"] = self.person.username
        return body

    def live(self) -> list[Message]:
        """The messages that are still there, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    def find(self, message_id: int) -> Message | None:
        """The message, unless it was deleted."""
        message = self.messages.get(message_id)
        return message if message and not message.deleted else None

    def message_json(self, message: Message, with_reply: bool = True) -> dict[str, Any]:
        """The message as the Bot API shows it; a reply carries what it replies to, one step deep."""
        body = {**message.as_json(), "chat": self.as_json()}
        replied = self.find(message.reply_to) if message.reply_to and with_reply else None
        if replied:
            body["reply_to_message"] = self.message_json(replied, with_reply=False)
        return body
