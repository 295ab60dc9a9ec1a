"""What is to be done on Telegram, as calls of its library. Pure: values go in, calls come out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReactionTypeEmoji,
    ReplyParameters,
)
from telegram.constants import ParseMode

from bot.channel import Loaded, Sending
from bot.telegram.attach import bundles, is_picture
from bot.telegram.html import pieces, plain, shortened, units
from bot.telegram.keyboard import keyboards
from bot.telegram.methods import Method
from bot.telegram.signs import EMOJI

TEXT, CAPTION, NOTE, COMMANDS, DESCRIPTION = 4096, 1024, 200, 100, 256
NO_WORDS = "…"
QUIET_LINKS = LinkPreviewOptions(is_disabled=True)
Keyboard = InlineKeyboardMarkup | None


@dataclass(frozen=True)
class Call:
    """One call of a method of the library's bot."""

    method: Method
    params: dict[str, Any] = field(default_factory=dict)


def calls(sending: Sending) -> list[Call]:
    """The calls in their order; the buttons are on the last. Nothing for what Telegram has no means for."""
    chat, payload = int(sending.conversation), sending.payload
    match sending.kind:
        case "message":
            return _message(sending)
        case "edit":
            return _edits(sending, "edit_message_text", "text", TEXT)
        case "retire":
            return [Call("edit_message_reply_markup", {"chat_id": chat, "message_id": int(sending.of)})]
        case "delete":
            return [Call("delete_message", {"chat_id": chat, "message_id": int(sending.of)})]
        case "react" if payload["name"] in EMOJI:
            sign = {"message_id": int(payload["message"]), "reaction": [ReactionTypeEmoji(EMOJI[payload["name"]])]}
            return [Call("set_message_reaction", {"chat_id": chat, **sign})]
        case "menu":
            commands = [_command(name, line) for name, line in payload["commands"][:COMMANDS] if line.strip()]
            return [Call("set_my_commands", {"commands": commands, "scope": BotCommandScopeChat(chat)})]
        case _:
            return []


def edit_of_caption(sending: Sending) -> list[Call]:
    """The calls for an edit of a message that turned out to be a file with a caption."""
    return _edits(sending, "edit_message_caption", "caption", CAPTION)


def answer(tap: str, toast: tuple[str, bool] | None) -> Call:
    """The answer to a tap, which stops the button from spinning even when there is nothing to say."""
    text, alert = toast or ("", False)
    said = {"text": shortened(text, NOTE), "show_alert": alert} if text else {}
    return Call("answer_callback_query", {"callback_query_id": tap, **said})


def _message(sending: Sending) -> list[Call]:
    """Words and files: under one file the words are its caption, over several buttons they come after the files."""
    words, files = sending.payload["text"], sending.files
    boards = keyboards(sending.payload["buttons"])
    fits = units(plain(words)) <= CAPTION
    if not files:
        return list(_texts(sending, pieces(words, TEXT), boards))
    if len(files) == 1 and len(boards) <= 1:
        before = [] if fits else _texts(sending, pieces(words, TEXT), [])
        return [*before, _file(sending, files[0], words.strip() if fits else "", boards[0] if boards else None)]
    if boards:
        return [*_bundles(sending, ""), *_texts(sending, pieces(words, TEXT), boards)]
    if fits:
        return list(_bundles(sending, words.strip()))
    return [*_texts(sending, pieces(words, TEXT), []), *_bundles(sending, "")]


def _edits(sending: Sending, method: Method, name: str, limit: int) -> list[Call]:
    """The new wording in place of the old; what does not fit into one message follows it, then the files."""
    boards = keyboards(sending.payload["buttons"])
    cut = pieces(sending.payload["text"], limit) or [NO_WORDS]
    is_all = len(cut) == 1 and len(boards) <= 1
    shown: dict[str, Any] = {
        name: cut[0],
        "parse_mode": ParseMode.HTML,
        "reply_markup": boards[0] if is_all and boards else None,
    }
    if method == "edit_message_text":
        shown["link_preview_options"] = QUIET_LINKS
    first = Call(method, {"chat_id": int(sending.conversation), "message_id": int(sending.of), **shown})
    rest = [] if is_all else _texts(sending, cut[1:], boards)
    return [first, *rest, *_bundles(sending, "")]


def _texts(sending: Sending, cut: Sequence[str], boards: Sequence[Keyboard]) -> Iterator[Call]:
    """A message for each piece; more keyboards than one hang under messages of their own."""
    texts = [*cut, *[NO_WORDS] * (len(boards) - (1 if cut else 0))]
    bare = len(texts) - len(boards)
    for number, text in enumerate(texts):
        board = boards[number - bare] if number >= bare else None
        said = {"text": text, "parse_mode": ParseMode.HTML, "link_preview_options": QUIET_LINKS}
        yield Call("send_message", {**_place(sending), **said, "reply_markup": board})


def _bundles(sending: Sending, caption: str) -> Iterator[Call]:
    """The files, alike ones in albums of up to ten; the caption is on the first."""
    for pictures, files in bundles(sending.files):
        if len(files) == 1:
            yield _file(sending, files[0], caption, None)
        else:
            yield _album(sending, files, pictures, caption)
        caption = ""


def _file(sending: Sending, file: Loaded, caption: str, board: Keyboard) -> Call:
    said = {"caption": caption, "parse_mode": ParseMode.HTML} if caption else {}
    more = {**_place(sending), **said, "filename": file.name, "reply_markup": board}
    if is_picture(file):
        return Call("send_photo", {**more, "photo": file.data})
    return Call("send_document", {**more, "document": file.data, "disable_content_type_detection": True})


def _album(sending: Sending, files: Sequence[Loaded], pictures: bool, caption: str) -> Call:
    media = []
    for number, file in enumerate(files):
        item = InputMediaPhoto if pictures else InputMediaDocument
        words = None if number else caption or None
        media.append(item(file.data, words, ParseMode.HTML, filename=file.name))
    return Call("send_media_group", {**_place(sending), "media": media})


def _place(sending: Sending) -> dict[str, Any]:
    """Where it goes and how loud; Telegram has no threads, so what belongs under a message quotes it."""
    place: dict[str, Any] = {"chat_id": int(sending.conversation)}
    if sending.payload.get("silent"):
        place["disable_notification"] = True
    if quoted := sending.thread or sending.payload.get("quote"):
        place["reply_parameters"] = ReplyParameters(int(quoted), allow_sending_without_reply=True)
    return place


def _command(name: str, line: str) -> BotCommand:
    return BotCommand(name, shortened(line, DESCRIPTION))
