"""A phone as the page draws it: the chat, the keyboards, the menu."""

from typing import Any

from bot.playground.page.timeline import Timeline
from bot.playground.telegram.files import Upload
from bot.playground.telegram.people import Person as Phone
from bot.playground.telegram.screen import Button, Shown

QUOTED = 120


def phone_json(phone: Phone, timeline: Timeline) -> dict[str, Any]:
    """The phone at this moment; moments are the programme's, as ISO strings in UTC."""
    messages = phone.messages()
    by_id = {message.id: message for message in messages}
    return {
        "opened": phone.chat.opened,
        "blocked": phone.chat.standing == "kicked",
        "commands": phone.commands(),
        "keyboard": _keyboard(messages),
        "messages": [_message(message, by_id, timeline) for message in messages],
    }


def _message(message: Shown, by_id: dict[int, Shown], timeline: Timeline) -> dict[str, Any]:
    replied = by_id.get(message.reply_to or 0)
    return {
        "id": message.id,
        "mine": not message.from_bot,
        "at": timeline.programme(message.at).isoformat(),
        "html": _shown_html(message),
        "buttons": [[_button(one) for one in row] for row in message.buttons],
        "retired": [[_button(one) for one in row] for row in message.retired],
        "photo": message.photo is not None,
        "document": _file(message.document),
        "voice": message.voice is not None,
        "reply": {"author": replied.author, "text": replied.text[:QUOTED]} if replied else None,
        "edited": message.edited,
        "silent": message.silent,
        "reactions": list(message.reactions),
    }


def _shown_html(message: Shown) -> str:
    """The words with their markup; like Telegram, a phone does not show the payload of a deep link."""
    opened = not message.from_bot and message.text.startswith("/start ")
    return "/start" if opened else message.html


def _button(button: Button) -> dict[str, Any]:
    return {"label": button.label, "data": button.data, "url": button.url}


def _file(upload: Upload | None) -> dict[str, Any] | None:
    return {"name": upload.name, "mime": upload.mime, "size": len(upload.content)} if upload else None


def _keyboard(messages: list[Shown]) -> list[list[str]]:
    """The labels under the text field, which the newest message of the bot has put there."""
    newest = next((message for message in reversed(messages) if message.from_bot), None)
    return [list(row) for row in newest.keyboard] if newest else []
