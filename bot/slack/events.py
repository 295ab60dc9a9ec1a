"""What an event of Slack says: words in a direct message or a channel, an edit, a look at the home page."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from bot.slack.place import direct, is_direct, place, ref
from bot.slack.words import words
from handlers.message import Changed, FileRef, Happened, Incoming, Removed, Said

Body = Mapping[str, Any]
SPOKEN = (None, "file_share", "thread_broadcast", "me_message")
GONE_FILES = ("tombstone", "hidden_by_limit")


def read_event(body: Body, at: datetime) -> Incoming | None:
    """The event, or None if nothing in it is for us. Repeats of an event have the same delivery."""
    delivery, event = f"slack:{body['team_id']}:{body['event_id']}", body["event"]
    if event["type"] == "message":
        bots = {one.get("user_id") for one in body.get("authorizations") or () if one.get("is_bot")}
        return _message(delivery, event, at, bots)
    if event["type"] == "app_home_opened" and event.get("tab", "home") == "home":
        return Incoming(delivery, direct(event["user"]), event["user"], at, Happened("home_opened"))
    return None


def _message(delivery: str, event: Body, at: datetime, bots: Collection[str | None]) -> Incoming | None:
    if event.get("bot_id"):
        return None
    if event.get("subtype") == "message_changed":
        return _changed(delivery, event, at)
    if event.get("subtype") == "message_deleted":
        return _removed(delivery, event, at)
    return _said(delivery, event, at, bots) if event.get("subtype") in SPOKEN else None


def _said(delivery: str, event: Body, at: datetime, bots: Collection[str | None]) -> Incoming:
    """Words; those in the thread under a message of ours quote it."""
    channel, user, thread = event["channel"], event["user"], event.get("thread_ts") or ""
    private = is_direct(channel)
    files = tuple(_file(file) for file in event.get("files", ()) if file.get("mode") not in GONE_FILES)
    ours = private or event.get("parent_user_id") in bots
    quoted = ref(channel, thread) if ours and thread else ""
    said = Said(words(event.get("text") or ""), files, quoted)
    return Incoming(delivery, place(channel, user, thread), user, at, said, ref(channel, event["ts"]), private)


def _changed(delivery: str, event: Body, at: datetime) -> Incoming | None:
    """An edit by a person; Slack sends the same event when it unfolds a link or counts a reply."""
    message, before = event["message"], event.get("previous_message") or {}
    if message.get("bot_id") or "edited" not in message or message.get("text") == before.get("text"):
        return None
    channel, user, thread = event["channel"], message["user"], message.get("thread_ts") or ""
    where = place(channel, user, "" if thread == message["ts"] else thread)
    changed = Changed(words(message.get("text") or ""))
    return Incoming(delivery, where, user, at, changed, ref(channel, message["ts"]), is_direct(channel))


def _removed(delivery: str, event: Body, at: datetime) -> Incoming | None:
    """A deletion of what a person wrote; of our own messages we know it."""
    gone = event["previous_message"]
    if gone.get("bot_id") or "user" not in gone:
        return None
    channel, user, thread = event["channel"], gone["user"], gone.get("thread_ts") or ""
    where = place(channel, user, "" if thread == gone["ts"] else thread)
    return Incoming(delivery, where, user, at, Removed(), ref(channel, event["deleted_ts"]), is_direct(channel))


def _file(file: Body) -> FileRef:
    media_type = file.get("mimetype") or ""
    kinds = {"image": "photo", "audio": "voice"}
    return FileRef(
        id=file.get("url_private_download") or file["id"],
        kind=kinds.get(media_type.partition("/")[0], "document"),  # type: ignore[arg-type]
        name=file.get("name") or "",
        media_type=media_type,
        size=file.get("size"),
    )
