"""What a visitor does on a phone."""

from typing import Any

from bot.playground.page.deeds import Deed, Given, Unfit, text
from bot.playground.telegram.files import Upload
from bot.playground.telegram.people import Person as Phone

SPINS_S = 6.0


def say(phone: Phone, given: Given) -> None:
    """Write a message, perhaps in reply to another."""
    phone.say(text(given, "text"), given.get("reply"))


def edit(phone: Phone, given: Given) -> None:
    """Change an own message."""
    phone.edit(given["message"], text(given, "text"))


def tap(phone: Phone, given: Given) -> dict[str, Any]:
    """Tap a button; the note that appears. A button that is never answered spins for a while."""
    answer = phone.tap(text(given, "data"), given["message"]).wait(SPINS_S)
    return {"note": answer.text, "alert": answer.show_alert} if answer else {"note": "", "alert": False}


def start(phone: Phone, given: Given) -> None:
    """Press start, or follow a deep link."""
    phone.start(text(given, "payload"))


def block(phone: Phone, given: Given) -> None:
    """Block the bot, or let it in again."""
    if given["on"]:
        phone.block()
    else:
        phone.unblock()


def send(phone: Phone, files: list[Upload], caption: str, as_photo: bool) -> None:
    """Send pictures, several as an album, or files."""
    if not files:
        raise Unfit("Choose a file first.")
    if as_photo and len(files) > 1:
        phone.send_photos([file.content for file in files], caption)
    elif as_photo:
        phone.send_photo(files[0].content, caption)
    else:
        for number, file in enumerate(files):
            phone.send_document(file.name, file.mime, file.content, "" if number else caption)


DEEDS: dict[str, Deed[Phone]] = {"say": say, "edit": edit, "tap": tap, "start": start, "block": block}
