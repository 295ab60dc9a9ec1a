"""Somebody who talks with the assistant: what they type, press and hand in goes through the intake."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.playground.past.town import Shown, Town
from handlers.message import Address, Commanded, Content, Pressed, Said, Submitted


@dataclass
class Talker:
    """A person in one place. `hint` is the language of their phone."""

    town: Town
    at: Address
    account: str
    hint: str = ""

    @property
    def sees(self) -> Shown:
        """The newest message in this place."""
        return self.town.newest[self.at.conversation]

    @property
    def choices(self) -> list[str]:
        """The actions of the buttons that answer the open question."""
        return [action for action in self.sees.actions if action.startswith("a:")]

    @property
    def asked(self) -> str:
        """The key of the open question, "" if none is open."""
        return self.town.asked(self.at.conversation)

    def command(self, name: str, argument: str = "") -> Shown:
        """The answer to a command."""
        return self._do(Commanded(name, argument))

    def say(self, words: str) -> Shown:
        """The answer to words."""
        return self._do(Said(words))

    def choose(self, place: int) -> Shown:
        """The answer to a button of the open question, counted from 0. Raises LookupError if there are fewer."""
        if place >= len(self.choices):
            raise LookupError(f"no button {place} among {self.sees.actions} below: {self.sees.text}")
        return self.press(self.choices[place])

    def press(self, action: str, of: Shown | None = None) -> Shown:
        """The answer to a button of the newest message, or of another. Raises LookupError if it has no such button."""
        _check(action, of or self.sees)
        return self._do(Pressed(action, tap="tap"))

    def opened(self, action: str, of: Shown) -> dict[str, Any]:
        """The modal that a button of a message opens. Raises LookupError if it opens none."""
        _check(action, of)
        given = self.town.take(self.at, self.account, Pressed(action), trigger="past")
        if given is None or given.modal is None:
            raise LookupError(f"{action} opened nothing")
        return given.modal

    def submit(self, modal: Mapping[str, Any], values: Mapping[str, str]) -> None:
        """Hand in a modal. Raises ValueError with what is wrong if it is not accepted."""
        given = self.town.take(self.at, self.account, Submitted(modal["action"], dict(values)), trigger="past")
        if given is not None and given.errors:
            raise ValueError(given.errors)

    def _do(self, content: Content) -> Shown:
        self.town.take(self.at, self.account, content, hint=self.hint)
        return self.sees


def _check(action: str, shown: Shown) -> None:
    if action not in shown.actions:
        raise LookupError(f"no button {action!r} among {shown.actions} below: {shown.text}")
