"""The Bot API methods spoken here, with their parameters: type and whether they are required.

Parameters of features that are not simulated (business connections, inline messages, direct-message topics, suggested
posts, rich messages) are left out, so a call that relies on one is refused instead of half obeyed.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["Integer", "String", "Boolean", "Chat", "Object", "Array", "File"]


@dataclass(frozen=True)
class Param:
    """What a parameter must be: `Chat` is a number or a name, `File` an upload, a file id or `attach://` a part."""

    kind: Kind
    required: bool = False


INTEGER, STRING, BOOLEAN = Param("Integer"), Param("String"), Param("Boolean")
OBJECT, ARRAY, FILE = Param("Object"), Param("Array"), Param("File")
CHAT, MESSAGE_ID = Param("Chat", required=True), Param("Integer", required=True)

_ALBUM = {
    "chat_id": CHAT,
    "message_thread_id": INTEGER,
    "disable_notification": BOOLEAN,
    "protect_content": BOOLEAN,
    "allow_paid_broadcast": BOOLEAN,
    "message_effect_id": STRING,
    "reply_parameters": OBJECT,
}
_SEND = {**_ALBUM, "reply_markup": OBJECT}
_FORMAT = {"parse_mode": STRING, "entities": ARRAY, "link_preview_options": OBJECT}
_CAPTION = {"caption": STRING, "parse_mode": STRING, "caption_entities": ARRAY}
# The Bot API leaves these two optional because of inline messages; a bot without them always needs both.
_EDITED = {"chat_id": Param("Chat", required=True), "message_id": MESSAGE_ID, "reply_markup": OBJECT}
_MENU = {"scope": OBJECT, "language_code": STRING}

METHODS: dict[str, dict[str, Param]] = {
    "getMe": {},
    "close": {},
    "logOut": {},
    "getUpdates": {"offset": INTEGER, "limit": INTEGER, "timeout": INTEGER, "allowed_updates": ARRAY},
    "setWebhook": {
        "url": Param("String", required=True),
        "certificate": FILE,
        "ip_address": STRING,
        "max_connections": INTEGER,
        "allowed_updates": ARRAY,
        "drop_pending_updates": BOOLEAN,
        "secret_token": STRING,
    },
    "deleteWebhook": {"drop_pending_updates": BOOLEAN},
    "getWebhookInfo": {},
    "sendMessage": {**_SEND, "text": Param("String", required=True), **_FORMAT},
    "sendPhoto": {
        **_SEND,
        **_CAPTION,
        "photo": Param("File", required=True),
        "show_caption_above_media": BOOLEAN,
        "has_spoiler": BOOLEAN,
    },
    "sendDocument": {
        **_SEND,
        **_CAPTION,
        "document": Param("File", required=True),
        "thumbnail": FILE,
        "disable_content_type_detection": BOOLEAN,
    },
    "sendVoice": {**_SEND, **_CAPTION, "voice": Param("File", required=True), "duration": INTEGER},
    "sendMediaGroup": {**_ALBUM, "media": Param("Array", required=True)},
    "sendChatAction": {"chat_id": CHAT, "message_thread_id": INTEGER, "action": Param("String", required=True)},
    "editMessageText": {**_EDITED, "text": Param("String", required=True), **_FORMAT},
    "editMessageCaption": {**_EDITED, **_CAPTION, "show_caption_above_media": BOOLEAN},
    "editMessageReplyMarkup": _EDITED,
    "deleteMessage": {"chat_id": CHAT, "message_id": MESSAGE_ID},
    "deleteMessages": {"chat_id": CHAT, "message_ids": Param("Array", required=True)},
    "setMessageReaction": {"chat_id": CHAT, "message_id": MESSAGE_ID, "reaction": ARRAY, "is_big": BOOLEAN},
    "answerCallbackQuery": {
        "callback_query_id": Param("String", required=True),
        "text": STRING,
        "show_alert": BOOLEAN,
        "url": STRING,
        "cache_time": INTEGER,
    },
    "getFile": {"file_id": Param("String", required=True)},
    "setMyCommands": {"commands": Param("Array", required=True), **_MENU},
    "deleteMyCommands": _MENU,
    "getMyCommands": _MENU,
    "setMyDescription": {"description": STRING, "language_code": STRING},
    "setMyShortDescription": {"short_description": STRING, "language_code": STRING},
    "setChatMenuButton": {"chat_id": INTEGER, "menu_button": OBJECT},
    "leaveChat": {"chat_id": CHAT},
    "getChat": {"chat_id": CHAT},
}

# The real server takes method names in any case.
BY_LOWER_NAME = {name.lower(): name for name in METHODS}
