"""A supplier's seat, on a phone or in Slack, and a mentor's: what they do, and what they are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.playground.slack.people import Person as Member
from bot.playground.slack.seen import SeenMessage
from bot.playground.telegram.people import Person as Phone
from tests.whole.saying import everything


class Seat(Protocol):
    """What somebody of a supplier does, whatever they hold in their hands."""

    def say(self, text: str) -> object: ...
    def command(self, name: str) -> object: ...
    def tap(self, label: str) -> object: ...
    def send(self, name: str, media_type: str, content: bytes) -> object: ...
    def texts(self) -> list[str]: ...
    def pictures(self) -> int: ...


@dataclass(frozen=True)
class PhoneSeat:
    """A phone with Telegram."""

    phone: Phone

    def say(self, text: str) -> object:
        return self.phone.say(text)

    def command(self, name: str) -> object:
        return self.phone.say(f"/{name}")

    def tap(self, label: str) -> object:
        labels = [one for message in reversed(self.phone.messages()) for one in message.labels()]
        return self.phone.tap(next((one for one in labels if one.startswith(label)), label))

    def send(self, name: str, media_type: str, content: bytes) -> object:
        if media_type.startswith("image/"):
            return self.phone.send_photo(content)
        return self.phone.send_document(name, media_type, content)

    def texts(self) -> list[str]:
        return [one.text for one in self.phone.messages() if one.from_bot]

    def pictures(self) -> int:
        return sum(one.photo is not None for one in self.phone.messages() if one.from_bot)


@dataclass(frozen=True)
class SlackSeat:
    """A member of the workspace, in the direct message with the assistant."""

    member: Member

    def say(self, text: str) -> object:
        return self.member.dm(text)

    def command(self, name: str) -> object:
        return self.member.command("/causeway", name)

    def tap(self, label: str) -> object:
        return press(self.member, self.member.messages(), label)

    def send(self, name: str, media_type: str, content: bytes) -> object:
        return self.member.dm("", files=[(name, content, media_type)])

    def texts(self) -> list[str]:
        return [one.text for one in self.member.messages() if one.from_bot]

    def pictures(self) -> int:
        return sum(file.mimetype == "image/png" for one in self.member.messages() if one.from_bot for file in one.files)


@dataclass(frozen=True)
class MentorSeat:
    """A mentor in the channel of alerts, looking at what concerns one site."""

    member: Member
    channel: str
    site: str

    def press(self, label: str) -> object:
        return press(self.member, self.about(), label)

    def about(self) -> list[SeenMessage]:
        """The alerts about the site, with all that stands below them."""
        tops = [one for one in self.member.messages(self.channel) if one.from_bot and self.site in one.text]
        return [one for top in tops for one in [top, *self.below(top)]]

    def below(self, top: SeenMessage) -> list[SeenMessage]:
        return self.member.messages(self.channel, top.ts)[1:] if top.replies else []

    def texts(self) -> list[str]:
        """Everything in the channel, for answers to a press name no site."""
        return [one.text for one in everything(self.member, self.channel) if one.from_bot]

    def direct(self) -> list[str]:
        """What the assistant has told the mentor alone."""
        return [one.text for one in self.member.messages() if one.from_bot]


def press(member: Member, among: list[SeenMessage], label: str) -> object:
    """Press the newest of these buttons whose label begins so."""
    for message in reversed(among):
        for button in message.buttons:
            if button.label.startswith(label):
                return member.press(button.label, message.ts)
    raise AssertionError(f"no button {label!r} among {[button.label for one in among for button in one.buttons]}")


def times(texts: Callable[[], list[str]], shows: str) -> int:
    """How often something is shown."""
    return sum(shows in text for text in texts())
