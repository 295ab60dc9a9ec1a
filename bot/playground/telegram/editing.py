"""What the bot does to messages that are there: edit, delete, react, answer a tap."""

from datetime import timedelta
from typing import Any

from bot.playground.telegram.chat import Chat
from bot.playground.telegram.keyboard import check_markup
from bot.playground.telegram.message import Message
from bot.playground.telegram.reactions import REACTIONS
from bot.playground.telegram.refusal import bad
from bot.playground.telegram.sending import (
    Params,
    caption_content,
    checked_caption,
    checked_text,
    text_content,
)
from bot.playground.telegram.state import State

DELETE_WITHIN = timedelta(hours=48)
ANSWER_WITHIN = timedelta(seconds=15)
ANSWER_LIMIT = 200
DELETE_MOST = 100
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def edit_message_text(state: State, params: Params) -> dict[str, Any]:
    """The message with its new text. A keyboard that is not sent again is gone."""
    chat, message = _own(state, params)
    if "text" not in message.content:
        raise bad("there is no text in the message to edit")
    text = checked_text(params)
    return _edited(state, chat, message, text_content(text), text.html, params)


def edit_message_caption(state: State, params: Params) -> dict[str, Any]:
    """The message with its new caption."""
    chat, message = _own(state, params)
    if not {"photo", "document", "voice"} & message.content.keys():
        raise bad("there is no caption in the message to edit")
    caption = checked_caption(params)
    rest = {key: value for key, value in message.content.items() if not key.startswith("caption")}
    return _edited(state, chat, message, rest | caption_content(caption), caption.html, params)


def edit_message_reply_markup(state: State, params: Params) -> dict[str, Any]:
    """The message with its new keyboard, or with none."""
    chat, message = _own(state, params)
    return _edited(state, chat, message, message.content, message.html, params)


def delete_message(state: State, params: Params) -> bool:
    """True once the message is gone."""
    chat, message = state.message(params["chat_id"], params["message_id"], "message to delete")
    _delete(state, chat, message)
    return True


def delete_messages(state: State, params: Params) -> bool:
    """True once all are gone; those that are not there are passed over."""
    chat, ids = state.open_chat(params["chat_id"]), params["message_ids"]
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > DELETE_MOST:
        raise bad("too many message identifiers specified")
    for message in [found for found in map(chat.find, ids) if found]:
        _delete(state, chat, message)
    return True


def set_message_reaction(state: State, params: Params) -> bool:
    """True once the bot's reaction is on the message, or off it."""
    _, message = state.message(params["chat_id"], params["message_id"], "message to react")
    reactions = params.get("reaction") or []
    if len(reactions) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(one.get("type") != "emoji" or one.get("emoji") not in REACTIONS for one in reactions):
        raise bad("REACTION_INVALID")
    message.reactions = reactions
    return True


def answer_callback_query(state: State, params: Params) -> bool:
    """True once the person's button has stopped spinning."""
    query = state.queries.get(params["callback_query_id"])
    if query is None or query.answer is not None or state.clock() - query.asked_at > ANSWER_WITHIN:
        raise bad(QUERY_TOO_OLD)
    if len(params.get("text") or "") > ANSWER_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    query.answer = {"text": params.get("text") or "", "show_alert": bool(params.get("show_alert"))}
    return True


def _own(state: State, params: Params) -> tuple[Chat, Message]:
    check_markup(params.get("reply_markup"), inline_only=True)
    chat, message = state.message(params["chat_id"], params["message_id"], "message to edit")
    if message.sender["id"] != state.bot.id:
        raise bad("message can't be edited")
    return chat, message


def _edited(
    state: State, chat: Chat, message: Message, content: dict[str, Any], html: str, params: Params
) -> dict[str, Any]:
    markup = params.get("reply_markup") or None
    if markup and not markup["inline_keyboard"]:
        markup = None
    if content == message.content and markup == message.markup:
        raise bad(NOT_MODIFIED)
    message.content, message.html, message.edited_at = content, html, state.clock()
    message.replace_markup(markup)
    return chat.message_json(message)


def _delete(state: State, chat: Chat, message: Message) -> None:
    if chat.person is None and message.sender["id"] != state.bot.id:
        raise bad("message can't be deleted")
    if state.clock() - message.date > DELETE_WITHIN:
        raise bad("message can't be deleted for everyone")
    message.deleted = True
