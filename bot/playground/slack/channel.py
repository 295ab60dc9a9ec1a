"""A conversation and what was said in it."""

from dataclasses import dataclass, field
from typing import Any, Literal

from bot.playground.slack.blocks import Block
from bot.playground.slack.file import StoredFile

ChannelKind = Literal["public", "private", "im"]
# What Slack calls each kind: in message events, and in the scopes that let the bot read it.
EVENT_KIND = {"public": "channel", "private": "group", "im": "im"}
SCOPE_KIND = {"public": "channels", "private": "groups", "im": "im"}


@dataclass
class Message:
    """`ts` names it within its channel; `only_for` is the one person who sees an ephemeral message."""

    ts: str
    author: str
    text: str
    blocks: list[Block] = field(default_factory=list)
    thread_ts: str | None = None
    parent_author: str | None = None
    broadcast: bool = False
    files: list[StoredFile] = field(default_factory=list)
    metadata: dict[str, Any] | None = None
    look: dict[str, Any] = field(default_factory=dict)
    by_bot: dict[str, Any] = field(default_factory=dict)
    client_msg_id: str | None = None
    only_for: str | None = None
    edited: dict[str, str] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[tuple[str, str], Any] = field(default_factory=dict)
    replies: list[str] = field(default_factory=list)

    @property
    def subtype(self) -> str | None:
        """What kind of message Slack says it is; None for an ordinary one."""
        if self.files:
            return "file_share"
        if self.look:
            return "bot_message"
        return "thread_broadcast" if self.broadcast else None

    def as_json(self, team_id: str) -> dict[str, Any]:
        """The message as it stands in events and in answers; what is empty is left out."""
        optional = {
            "subtype": self.subtype,
            "client_msg_id": self.client_msg_id,
            "blocks": self.blocks,
            "files": [file.as_json() for file in self.files],
            "metadata": self.metadata,
            "edited": self.edited,
            "reactions": [
                {"name": name, "users": users, "count": len(users)} for name, users in self.reactions.items()
            ],
            **self._thread(),
        }
        said = {"type": "message", "user": self.author, "ts": self.ts, "team": team_id, "text": self.text}
        return said | self.by_bot | self.look | {name: value for name, value in optional.items() if value}

    def _thread(self) -> dict[str, Any]:
        if self.thread_ts:
            return {"thread_ts": self.thread_ts, "parent_user_id": self.parent_author}
        if self.replies:
            return {"thread_ts": self.ts, "reply_count": len(self.replies), "latest_reply": self.replies[-1]}
        return {}


@dataclass
class Channel:
    """`members` by id, the bot's own among them if it was let in; `person` is the other end of a direct message."""

    id: str
    name: str
    kind: ChannelKind = "public"
    members: list[str] = field(default_factory=list)
    person: str | None = None
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    def as_json(self, bot_user: str) -> dict[str, Any]:
        """The conversation as conversations.info gives it."""
        about = {
            "id": self.id,
            "is_channel": self.kind == "public",
            "is_group": False,
            "is_im": self.kind == "im",
            "is_mpim": False,
            "is_private": self.kind != "public",
            "is_archived": self.archived,
            "created": 1_700_000_000,
        }
        if self.kind == "im":
            return about | {"user": self.person, "is_open": True}
        named = {"name": self.name, "name_normalized": self.name, "is_general": False, "is_shared": False}
        return about | named | {"is_member": bot_user in self.members, "num_members": len(self.members)}
