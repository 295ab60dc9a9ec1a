"""The Web API methods spoken here: their arguments, the scope they need, how often they may be called.

Arguments of features that are not simulated (attachments, parse modes, organisations of several workspaces) are left
out, so a call that relies on one is refused instead of half obeyed.
"""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["String", "Boolean", "Integer", "Array", "Object", "Words"]

STRING: Kind = "String"
BOOLEAN: Kind = "Boolean"
INTEGER: Kind = "Integer"
ARRAY: Kind = "Array"
OBJECT: Kind = "Object"
# A list that travels as one string with commas.
WORDS: Kind = "Words"

TIERS = {1: 1, 2: 20, 3: 50, 4: 100}


@dataclass(frozen=True)
class Method:
    """`scope` is what the token needs, one of `one_of` has to be given; no tier means a special rate."""

    arguments: dict[str, Kind]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    scope: str | None = None
    tier: int | None = None

    @property
    def per_minute(self) -> int | None:
        """How many calls a minute the tier allows."""
        return TIERS[self.tier] if self.tier else None


_PAGE: dict[str, Kind] = {"cursor": STRING, "limit": INTEGER}
_SPAN: dict[str, Kind] = {**_PAGE, "oldest": STRING, "latest": STRING, "inclusive": BOOLEAN}
_SAID: dict[str, Kind] = {"channel": STRING, "text": STRING, "blocks": ARRAY, "markdown_text": STRING}
_LOOK: dict[str, Kind] = {"username": STRING, "icon_emoji": STRING, "icon_url": STRING}
_POST: dict[str, Kind] = {
    **_SAID,
    **_LOOK,
    "thread_ts": STRING,
    "reply_broadcast": BOOLEAN,
    "metadata": OBJECT,
    "mrkdwn": BOOLEAN,
    "link_names": BOOLEAN,
    "unfurl_links": BOOLEAN,
    "unfurl_media": BOOLEAN,
}
_EPHEMERAL: dict[str, Kind] = {**_SAID, **_LOOK, "user": STRING, "thread_ts": STRING, "link_names": BOOLEAN}
_UPDATE: dict[str, Kind] = {
    **_SAID,
    "ts": STRING,
    "metadata": OBJECT,
    "link_names": BOOLEAN,
    "reply_broadcast": BOOLEAN,
}
_REACTION: dict[str, Kind] = {"channel": STRING, "name": STRING, "timestamp": STRING}
_OPEN: dict[str, Kind] = {"trigger_id": STRING, "view": OBJECT}
_CHANNEL: dict[str, Kind] = {"channel": STRING}
_COMPLETE: dict[str, Kind] = {
    "files": ARRAY,
    "channel_id": STRING,
    "thread_ts": STRING,
    "initial_comment": STRING,
    "blocks": ARRAY,
}

METHODS: dict[str, Method] = {
    "auth.test": Method({}),
    "apps.connections.open": Method({}, tier=1),
    "users.info": Method({"user": STRING, "include_locale": BOOLEAN}, ("user",), scope="users:read", tier=4),
    "users.list": Method({**_PAGE, "include_locale": BOOLEAN}, scope="users:read", tier=2),
    "users.lookupByEmail": Method({"email": STRING}, ("email",), scope="users:read.email", tier=3),
    "conversations.open": Method(
        {"users": WORDS, "channel": STRING, "return_im": BOOLEAN, "prevent_creation": BOOLEAN},
        one_of=("users", "channel"),
        scope="im:write",
        tier=3,
    ),
    "conversations.info": Method(
        {**_CHANNEL, "include_locale": BOOLEAN, "include_num_members": BOOLEAN}, ("channel",), tier=3
    ),
    "conversations.list": Method({**_PAGE, "types": WORDS, "exclude_archived": BOOLEAN}, tier=2),
    "conversations.members": Method({**_PAGE, **_CHANNEL}, ("channel",), tier=4),
    "conversations.join": Method(_CHANNEL, ("channel",), scope="channels:join", tier=3),
    "conversations.history": Method({**_SPAN, **_CHANNEL}, ("channel",), tier=3),
    "conversations.replies": Method({**_SPAN, **_CHANNEL, "ts": STRING}, ("channel", "ts"), tier=3),
    "chat.postMessage": Method(_POST, ("channel",), scope="chat:write"),
    "chat.update": Method(_UPDATE, ("channel", "ts"), scope="chat:write", tier=3),
    "chat.delete": Method({"channel": STRING, "ts": STRING}, ("channel", "ts"), scope="chat:write", tier=3),
    "chat.postEphemeral": Method(_EPHEMERAL, ("channel", "user"), scope="chat:write", tier=4),
    "chat.getPermalink": Method({"channel": STRING, "message_ts": STRING}, ("channel", "message_ts")),
    "reactions.add": Method(_REACTION, ("channel", "name", "timestamp"), scope="reactions:write", tier=3),
    "reactions.remove": Method(_REACTION, ("channel", "name", "timestamp"), scope="reactions:write", tier=2),
    "views.open": Method(_OPEN, ("trigger_id", "view"), tier=4),
    "views.push": Method(_OPEN, ("trigger_id", "view"), tier=4),
    "views.update": Method(
        {"view": OBJECT, "view_id": STRING, "external_id": STRING, "hash": STRING},
        ("view",),
        one_of=("view_id", "external_id"),
        tier=4,
    ),
    "views.publish": Method({"user_id": STRING, "view": OBJECT, "hash": STRING}, ("user_id", "view"), tier=4),
    "files.getUploadURLExternal": Method(
        {"filename": STRING, "length": INTEGER, "alt_txt": STRING, "snippet_type": STRING},
        ("filename", "length"),
        scope="files:write",
        tier=4,
    ),
    "files.completeUploadExternal": Method(_COMPLETE, ("files",), scope="files:write", tier=4),
    "files.info": Method(
        {**_PAGE, "file": STRING, "count": INTEGER, "page": INTEGER}, ("file",), scope="files:read", tier=4
    ),
}

Arguments = dict[str, Any]
