"""What a visitor does in the workspace."""

from typing import Any

from bot.playground.page.deeds import Deed, Given, text
from bot.playground.slack.people import Attached
from bot.playground.slack.people import Person as Member

COMMAND = "/causeway"


def say(member: Member, given: Given) -> None:
    """Write a message into a conversation or a thread; a line that begins with the command is the command."""
    words, channel = text(given, "text").strip(), text(given, "channel")
    name, _space, rest = words.partition(" ")
    if name == COMMAND:
        member.command(COMMAND, rest.strip(), channel)
    elif words:
        member.say(channel, words, given.get("thread") or None)


def command(member: Member, given: Given) -> None:
    """Type the app's command with this text."""
    member.command(COMMAND, text(given, "text"))


def press(member: Member, given: Given) -> None:
    """Press a button of a message or a view."""
    member.press(text(given, "action"), text(given, "where"))


def choose(member: Member, given: Given) -> None:
    """Choose in an element of a message or a view."""
    member.choose(text(given, "action"), given["value"], text(given, "where"))


def submit(member: Member, given: Given) -> dict[str, Any]:
    """Send the open modal off; what is wrong, by field."""
    return {"errors": member.submit(given["values"]).errors}


def close(member: Member, given: Given) -> None:
    """Put the open modal away."""
    member.close_view()


def shortcut(member: Member, given: Given) -> None:
    """Use a shortcut of the app, on a message if one is given."""
    if message := given.get("message"):
        member.message_shortcut(text(given, "id"), message)
    else:
        member.shortcut(text(given, "id"))


def home(member: Member, given: Given) -> None:
    """Look at the app's home."""
    member.open_home()


def send(member: Member, files: list[Attached], caption: str, channel: str, thread: str) -> None:
    """Share files in a conversation or a thread."""
    member.say(channel, caption, thread or None, files)


DEEDS: dict[str, Deed[Member]] = {
    "say": say,
    "command": command,
    "press": press,
    "choose": choose,
    "submit": submit,
    "close": close,
    "shortcut": shortcut,
    "home": home,
}
