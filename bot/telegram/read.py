"""What an update of Telegram says, in the shared vocabulary. Pure: an update goes in, an `Incoming` comes out."""

import re
from datetime import datetime

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, PhotoSize, Update, User
from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType, MessageType

from handlers.message import Address, Changed, Commanded, Content, FileRef, Happened, Incoming, Pressed, Said

NAME = "telegram"
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
_IN = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED)

# Kinds that come by rule and need nothing done; every other kind that is not read is counted.
QUIET = frozenset({"edited_message", "my_chat_member", *(f"message/{kind.value}" for kind in MessageType)})


def read(update: Update, at: datetime, bot_id: int, username: str) -> Incoming | None:
    """The update; None for what needs nothing done and for kinds we do not know.

    `username` is the bot's own; while it is not known yet ("") every command is taken as ours.
    """
    delivery = f"{NAME}:{bot_id}:{update.update_id}"
    if update.message:
        return _message(delivery, update.message, at, username)
    if update.edited_message:
        return _edited(delivery, update.edited_message, at)
    if update.callback_query:
        return _pressed(delivery, update.callback_query, at)
    if update.my_chat_member:
        return _standing_changed(delivery, update.my_chat_member, at)
    return None


def kind(update: Update) -> str:
    """A short name for the kind of an update, for counting: no ids, no words."""
    if update.message:
        kinds = (one.value for one in MessageType if getattr(update.message, one.value, None))
        return f"message/{next(kinds, 'nameless')}"
    known = (one for one in Update.ALL_TYPES if getattr(update, one, None))
    return next(known, None) or next(iter(update.api_kwargs), "nameless")


def _message(delivery: str, message: Message, at: datetime, username: str) -> Incoming | None:
    content = _content(message, username)
    if content is None or not _is_person(message.from_user):
        return None
    album = message.media_group_id or ""
    return _incoming(delivery, message.chat, message.from_user, at, content, message.message_id, album)


def _content(message: Message, username: str) -> Content | None:
    """What was said; None for a command to another bot, and for what the chat itself says (somebody joined, a pin)."""
    if message.text and (typed := _COMMAND.fullmatch(message.text.strip())):
        name, target, rest = typed.groups()
        is_ours = not target or not username or target.lower() == username.lower()
        return Commanded(name.lower(), (rest or "").strip()) if is_ours else None
    quoted = str(message.reply_to_message.message_id) if message.reply_to_message else ""
    files = _files(message)
    if message.text or files:
        return Said(message.text or message.caption or "", files, quoted)
    if any(getattr(message, one.value, None) for one in MessageAttachmentType):
        return Happened("unknown")
    return None


def _files(message: Message) -> tuple[FileRef, ...]:
    if message.photo:
        largest = max(message.photo, key=_area)
        return (FileRef(largest.file_id, "photo", media_type="image/jpeg", size=largest.file_size),)
    if message.voice:
        voice = message.voice
        return (FileRef(voice.file_id, "voice", media_type=voice.mime_type or "", size=voice.file_size),)
    # A moving picture calls itself a document too.
    if message.document and not message.animation:
        file = message.document
        return (FileRef(file.file_id, "document", file.file_name or "", file.mime_type or "", file.file_size),)
    return ()


def _area(size: PhotoSize) -> int:
    return size.width * size.height


def _edited(delivery: str, message: Message, at: datetime) -> Incoming | None:
    words = message.text or message.caption
    if not words or not _is_person(message.from_user):
        return None
    return _incoming(delivery, message.chat, message.from_user, at, Changed(words), message.message_id)


def _pressed(delivery: str, query: CallbackQuery, at: datetime) -> Incoming | None:
    if not query.data or query.message is None:
        return None
    pressed, shown = Pressed(query.data, query.id), query.message
    return _incoming(delivery, shown.chat, query.from_user, at, pressed, shown.message_id)


def _standing_changed(delivery: str, change: ChatMemberUpdated, at: datetime) -> Incoming | None:
    """The bot blocked or let in again by a person, or added to a group; nothing for it being thrown out of one."""
    before, now = change.old_chat_member.status, change.new_chat_member.status
    if change.chat.type == ChatType.PRIVATE:
        happened = Happened("unblocked" if now in _IN else "blocked")
    elif change.chat.type in _GROUPS and now in _IN and before not in _IN:
        happened = Happened("added_to_group")
    else:
        return None
    return _incoming(delivery, change.chat, change.from_user, at, happened)


def _incoming(
    delivery: str,
    chat: Chat,
    user: User | None,
    at: datetime,
    content: Content,
    message: int | None = None,
    album: str = "",
) -> Incoming | None:
    if user is None:
        return None
    return Incoming(
        delivery,
        Address(NAME, str(chat.id)),
        str(user.id),
        at,
        content,
        message="" if message is None else str(message),
        private=chat.type == ChatType.PRIVATE,
        language_hint=user.language_code or "",
        album=album,
    )


def _is_person(user: User | None) -> bool:
    """Whether a person wrote this; other bots, and people who hide behind their group, cannot be answered."""
    return user is not None and not user.is_bot
