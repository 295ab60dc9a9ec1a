"""Files that went through a chat or the workspace, handed to the browser of the visitor."""

from starlette.responses import Response

from bot.playground.page.stage import Stage
from bot.playground.slack.file import StoredFile
from bot.playground.telegram.files import Upload
from bot.render.filetype import sniff

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "audio/ogg", "application/pdf"})
SANDBOX = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}


def phone_file(stage: Stage, key: str, message_id: int, kind: str) -> Upload:
    """The photo, document or voice of a message; raises LookupError if it has none."""
    message = next((one for one in stage.phones[key].messages() if one.id == message_id), None)
    held = {"photo": message.photo, "document": message.document, "voice": message.voice} if message else {}
    found = held.get(kind)
    if found is None:
        raise LookupError("there is no such file")
    return found


def member_file(stage: Stage, key: str, file_id: str) -> StoredFile:
    """A file that was shared where this member sees it; raises LookupError otherwise."""
    member = stage.members[key]
    with member.state.lock:
        file = member.state.files.get(file_id)
        shared = [member.state.channels[one] for one in file.shared] if file else []
        if file is None or not any(member.id in channel.members for channel in shared):
            raise LookupError("there is no such file")
        return file


def handed_out(name: str, content: bytes) -> Response:
    """The file: shown if its bytes say that it is a picture, a sound or a PDF, else saved; never run."""
    kind = sniff(content)
    shown = kind in SHOWN
    plain = "".join(letter if (letter.isascii() and letter.isalnum()) or letter in "._-" else "_" for letter in name)
    disposition = f'{"inline" if shown else "attachment"}; filename="{plain}"'
    media_type = kind if kind and shown else "application/octet-stream"
    # A browser's own PDF viewer does not run in a sandbox; PDF scripts are off there.
    guarded = {} if kind == "application/pdf" else SANDBOX
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition, **guarded})
