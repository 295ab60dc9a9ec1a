"""What the bot sends: texts, photos, documents, voices, albums."""

from collections.abc import Callable
from typing import Any

from bot.playground.telegram.chat import Chat
from bot.playground.telegram.files import Upload, check_upload
from bot.playground.telegram.html import Formatted, formatted
from bot.playground.telegram.keyboard import check_markup
from bot.playground.telegram.message import Message
from bot.playground.telegram.refusal import bad
from bot.playground.telegram.state import State

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
ALBUM_LEAST, ALBUM_MOST = 2, 10
_MEDIA = ("photo", "document", "video", "voice", "video_note")
_RECORDED = ("video", "voice", "video_note")
ACTIONS = frozenset(
    [
        *("typing", "choose_sticker", "find_location"),
        *(f"upload_{kind}" for kind in _MEDIA),
        *(f"record_{kind}" for kind in _RECORDED),
    ]
)

Params = dict[str, Any]


def send_message(state: State, params: Params) -> dict[str, Any]:
    """The message as sent."""
    chat, text = state.open_chat(params["chat_id"]), checked_text(params)
    return _sent(state, chat, params, text_content(text), text.html)


def send_photo(state: State, params: Params) -> dict[str, Any]:
    """The photo's message as sent."""
    return _send_file(state, params, "photo", photo_of)


def send_document(state: State, params: Params) -> dict[str, Any]:
    """The document's message as sent."""
    return _send_file(state, params, "document", document_of)


def send_voice(state: State, params: Params) -> dict[str, Any]:
    """The voice's message as sent."""
    return _send_file(state, params, "voice", voice_of)


def send_media_group(state: State, params: Params) -> list[dict[str, Any]]:
    """The messages of the album, in order, all with one media group id."""
    chat, media = state.open_chat(params["chat_id"]), params["media"]
    if not ALBUM_LEAST <= len(media) <= ALBUM_MOST:
        raise bad("album must contain 2 to 10 items")
    if len({item.get("type") for item in media}) > 1:
        raise bad("can't use the media of the specified type in the album")
    parts = [_album_part(state, item, params) for item in media]
    album = str(state.next_message_id())
    return [_sent(state, chat, params, content, html, album) for content, html in parts]


def send_chat_action(state: State, params: Params) -> bool:
    """True; the phone would show "typing" for a moment."""
    state.open_chat(params["chat_id"])
    if params["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    return True


def checked_text(params: Params) -> Formatted:
    """The text of a message without its markup."""
    text = formatted(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text.text:
        raise bad("message text is empty")
    if len(text.text) > TEXT_LIMIT:
        raise bad("message is too long")
    return text


def checked_caption(params: Params) -> Formatted:
    """The caption of a file without its markup; it may be empty."""
    caption = formatted(params.get("caption") or "", params.get("parse_mode"), params.get("caption_entities"))
    if len(caption.text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return caption


def text_content(text: Formatted, field: str = "text", entities: str = "entities") -> dict[str, Any]:
    """The text as fields of a message; a text without entities does not name them."""
    content: dict[str, Any] = {field: text.text} if text.text else {}
    return content | ({entities: list(text.entities)} if text.entities else {})


def caption_content(caption: Formatted) -> dict[str, Any]:
    """The caption as fields of a message."""
    return text_content(caption, "caption", "caption_entities")


def photo_of(state: State, file: Upload | str) -> list[dict[str, Any]]:
    """The sizes of an uploaded photo, or of one that the platform has."""
    if isinstance(file, Upload):
        return state.shelf.photo(file)
    for chat in state.chats.values():
        for message in chat.messages.values():
            sizes: list[dict[str, Any]] = message.content.get("photo", [])
            if any(size["file_id"] == file for size in sizes):
                return sizes
    raise bad("wrong file identifier/HTTP URL specified")


def document_of(state: State, file: Upload | str) -> dict[str, Any]:
    """The fields of an uploaded document, or of one that the platform has."""
    stored = _stored(state, "documents", file)
    return {**stored.as_json(), "file_name": stored.upload.name, "mime_type": stored.upload.mime}


def voice_of(state: State, file: Upload | str) -> dict[str, Any]:
    """The fields of an uploaded voice, or of one that the platform has; `duration` in seconds is not looked into."""
    stored = _stored(state, "voice", file)
    return {**stored.as_json(), "mime_type": stored.upload.mime, "duration": 1}


def _stored(state: State, folder: str, file: Upload | str) -> Any:
    stored = state.shelf.put(folder, file) if isinstance(file, Upload) else state.shelf.find(file)
    if stored is None:
        raise bad("wrong file identifier/HTTP URL specified")
    return stored


def _send_file(
    state: State, params: Params, kind: str, describe: Callable[[State, Upload | str], Any]
) -> dict[str, Any]:
    chat, caption = state.open_chat(params["chat_id"]), checked_caption(params)
    check_markup(params.get("reply_markup"))
    described = describe(state, _attached(params[kind], params))
    if kind == "voice" and params.get("duration") is not None:
        described["duration"] = params["duration"]
    return _sent(state, chat, params, {kind: described, **caption_content(caption)}, caption.html)


def _album_part(state: State, item: dict[str, Any], params: Params) -> tuple[dict[str, Any], str]:
    kinds: dict[str, Callable[[State, Upload | str], Any]] = {"photo": photo_of, "document": document_of}
    kind = item.get("type", "")
    if kind not in kinds:
        raise bad(f"can't parse InputMedia: type \"{kind}\" can't be used in sendMediaGroup")
    file, caption = _attached(item.get("media", ""), params), checked_caption(item)
    if isinstance(file, Upload):
        check_upload(len(file.content), photo=kind == "photo")
    return {kind: kinds[kind](state, file), **caption_content(caption)}, caption.html


def _attached(file: Upload | str, params: Params) -> Upload | str:
    if isinstance(file, Upload) or not file.startswith("attach://"):
        return file
    part = params.get(file.removeprefix("attach://"))
    if not isinstance(part, Upload):
        raise bad("can't parse InputMedia: media not found")
    return part


def _sent(
    state: State, chat: Chat, params: Params, content: dict[str, Any], html: str, album: str | None = None
) -> dict[str, Any]:
    markup = params.get("reply_markup")
    check_markup(markup)
    message: Message = state.post(
        chat,
        state.bot,
        content,
        html=html,
        markup=markup,
        reply_to=_replied(chat, params.get("reply_parameters")),
        album=album,
        silent=bool(params.get("disable_notification")),
    )
    state.rates.count(chat.id, message.date)
    return chat.message_json(message)


def _replied(chat: Chat, reply: dict[str, Any] | None) -> int | None:
    if not reply:
        return None
    if chat.find(int(reply.get("message_id", 0))):
        return int(reply["message_id"])
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad("message to be replied not found")
