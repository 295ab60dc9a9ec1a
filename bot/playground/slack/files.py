"""Files: the three steps of an upload, files.info, and fetching the bytes."""

from mimetypes import guess_type
from typing import Any

from bot.playground.slack.channel import Channel, Message
from bot.playground.slack.file import StoredFile
from bot.playground.slack.methods import Arguments
from bot.playground.slack.posting import by_bot, check_writable, content, place, thread_of
from bot.playground.slack.refusal import Refusal, bad_arguments
from bot.playground.slack.state import BOT_USER, TEAM, State
from bot.playground.slack.tickets import Upload


def promised(state: State, owner: str, name: str, mimetype: str | None = None) -> StoredFile:
    """A new file whose bytes are still to come."""
    file_id = state.new_id("F")
    url = state.address(f"/files-pri/{TEAM}-{file_id}/{name.replace(' ', '_').lower()}")
    kind = mimetype or guess_type(name)[0] or "application/octet-stream"
    file = StoredFile(file_id, name, kind, owner, url, int(state.clock().timestamp()))
    state.files[file_id] = file
    return file


def get_upload_url(state: State, given: Arguments) -> dict[str, Any]:
    """Where to post the bytes, and the id of the file they will be."""
    if given["length"] <= 0:
        raise bad_arguments(["length must be more than 0 [json-pointer:/length]"])
    file = promised(state, BOT_USER, given["filename"])
    ticket = state.tickets.upload(Upload(file.id, given["length"]))
    return {"upload_url": state.address(f"/upload/v1/{ticket}"), "file_id": file.id}


def receive(state: State, ticket: str, data: bytes) -> int:
    """The number of bytes taken. Raises Refusal for an unknown address or another length than was promised."""
    upload = state.tickets.uploads.pop(ticket, None)
    if upload is None:
        raise Refusal("upload_not_found", status=404)
    if len(data) != upload.length:
        raise Refusal("length_mismatch", status=400)
    state.files[upload.file].data = data
    return len(data)


def complete_upload(state: State, given: Arguments) -> dict[str, Any]:
    """The files, shared in one message if a conversation is named; a user id is not enough for that."""
    files = [_uploaded(state, entry) for entry in given["files"]]
    if not files:
        raise bad_arguments(["no less than 1 items allowed [json-pointer:/files]"])
    if channel_id := given.get("channel_id"):
        channel = state.channel(channel_id)
        check_writable(state, channel)
        place(state, channel, _message(state, given, files), thread_of(channel, given.get("thread_ts")))
    return {"files": [file.as_json() for file in files]}


def info(state: State, given: Arguments) -> dict[str, Any]:
    """One file that the bot owns or that was shared where the bot is."""
    file = state.files.get(given["file"])
    if file is None or file.data is None or not visible(state, file):
        raise Refusal("file_not_found")
    return {"file": file.as_json(), "comments": [], "response_metadata": {"next_cursor": ""}}


def visible(state: State, file: StoredFile) -> bool:
    """Whether the bot may see this file."""
    return file.owner == BOT_USER or any(_present(state.channels[channel]) for channel in file.shared)


def _present(channel: Channel) -> bool:
    return BOT_USER in channel.members


def _uploaded(state: State, entry: Any) -> StoredFile:
    if not isinstance(entry, dict) or "id" not in entry or set(entry) - {"id", "title", "highlight_type"}:
        raise bad_arguments(["failed to match all allowed schemas [json-pointer:/files]"])
    file = state.files.get(entry["id"])
    if file is None or file.data is None:
        raise Refusal("file_not_found")
    file.title = entry.get("title") or file.name
    return file


def _message(state: State, given: Arguments, files: list[StoredFile]) -> Message:
    comment = {"text": given.get("initial_comment", ""), "blocks": given.get("blocks", [])}
    text, blocks = content(state, comment) if any(comment.values()) else ("", [])
    return by_bot(state, text, blocks, files=files)
