"""The questions a dialog can ask: each knows its prompt, its buttons, how to read an answer and how to tell it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Literal, TypeVar

from babel import UnknownLocaleError
from babel.dates import parse_date
from pydantic import TypeAdapter

from handlers.dialog import Step, digest
from handlers.message import Field, FileRef, Said, Speech
from handlers.router import number
from locales.text import Phrase, _, p_

T = TypeVar("T")


@dataclass(frozen=True)
class Option:
    """A button of a question; `value` comes back to `Question.pick` and has at most 32 bytes."""

    label: Speech
    value: str
    style: Literal["plain", "primary", "danger"] = "plain"


class Unclear(Exception):
    """An answer that could not be taken: `text` says what was wrong and what to do, `options` are ways out."""

    def __init__(self, text: Phrase, options: Sequence[Option] = ()) -> None:
        super().__init__(text.id)
        self.text, self.options = text, tuple(options)


def speech_key(speech: Speech) -> str:
    """Digest material of a sentence that no translation changes."""
    return speech.key() if isinstance(speech, Phrase) else speech


class Question(Step[T], Generic[T]):
    """Something a person is asked. `why` and `how` are told on request and change nothing."""

    kind: Any = str

    def __init__(self, key: str, prompt: Speech, *, why: Speech = "", how: Speech = "") -> None:
        self.key, self.prompt, self.why, self.how = key, prompt, why, how

    def revision(self) -> str:
        return digest(type(self).__name__, self.key, *self.parts_of_revision())

    def parts_of_revision(self) -> Sequence[str]:
        """What an answer's meaning hangs on besides the key. The wording of the prompt is not part of it."""
        return ()

    def rows(self) -> list[list[Option]]:
        """The buttons, row by row."""
        return []

    def pick(self, value: str) -> T:
        """The answer that a button stands for."""
        raise Unclear(_("Please type your answer."))

    def parse(self, said: Said, language: str) -> T:
        """The answer that was written or sent; raises `Unclear`."""
        raise Unclear(_("Please choose one of the buttons."))

    def take(self, typed: str, language: str) -> T:
        """The answer from the question's field in a modal; raises `Unclear`."""
        return self.parse(Said(typed), language)

    def tell(self, value: T) -> Speech:
        """The answer as it is told back to the person."""
        return str(value)

    def field(self) -> Field:
        """The question as a field of a modal."""
        return Field(self.key, self.prompt, "text")

    def dump(self, value: T) -> Any:
        return TypeAdapter(self.kind).dump_python(value, mode="json")

    def load(self, stored: Any) -> T:
        value: T = TypeAdapter(self.kind).validate_python(stored)
        return value


class Choice(Question[str]):
    """One of several; the answer is the option's key."""

    def __init__(
        self,
        key: str,
        prompt: Speech,
        options: Sequence[tuple[str, Speech]],
        *,
        columns: int = 1,
        why: Speech = "",
        how: Speech = "",
    ) -> None:
        super().__init__(key, prompt, why=why, how=how)
        self.options, self.columns = list(options), columns

    def parts_of_revision(self) -> Sequence[str]:
        return [key for key, _label in self.options]

    def rows(self) -> list[list[Option]]:
        made = [Option(label, str(place)) for place, (_key, label) in enumerate(self.options)]
        return [made[start : start + self.columns] for start in range(0, len(made), self.columns)]

    def pick(self, value: str) -> str:
        place = number(value)
        if place is not None and place < len(self.options):
            return self.options[place][0]
        raise Unclear(_("Please choose one of the buttons."))

    def parse(self, said: Said, language: str) -> str:
        """By the option's number as it is listed."""
        place = number(said.text.strip())
        if place is not None and 1 <= place <= len(self.options):
            return self.options[place - 1][0]
        raise Unclear(_("Please choose one of the buttons."))

    def take(self, typed: str, language: str) -> str:
        """By the option's key, which is what a modal hands back."""
        if typed in dict(self.options):
            return typed
        raise Unclear(_("Please choose one of the buttons."))

    def tell(self, value: str) -> Speech:
        return dict(self.options).get(value, value)

    def field(self) -> Field:
        return Field(self.key, self.prompt, "choice", tuple(self.options))


class Confirm(Question[bool]):
    """Yes or no to a read-back; its revision carries the read-back, so what was confirmed is what is done."""

    kind = bool

    def __init__(self, key: str, read_back: Speech, *, yes: Speech, no: Speech) -> None:
        super().__init__(key, read_back)
        self.yes, self.no = yes, no

    def parts_of_revision(self) -> Sequence[str]:
        return [speech_key(self.prompt)]

    def rows(self) -> list[list[Option]]:
        return [[Option(self.yes, "1", "primary")], [Option(self.no, "0")]]

    def pick(self, value: str) -> bool:
        return value == "1"

    def tell(self, value: bool) -> Speech:
        return self.yes if value else self.no


class Text(Question[str]):
    """Words of the person's own, from 1 to `limit` characters, kept as they were written."""

    def __init__(self, key: str, prompt: Speech, *, limit: int = 2000, initial: str = "", hint: Speech = "") -> None:
        super().__init__(key, prompt)
        self.limit, self.initial, self.hint = limit, initial, hint

    def parse(self, said: Said, language: str) -> str:
        words = said.text.strip()
        if not words:
            raise Unclear(_("Please write it in words."))
        if len(words) > self.limit:
            too_long = _(
                "That is {count} characters long. Please keep it under {limit}.", count=len(words), limit=self.limit
            )
            raise Unclear(too_long)
        return words

    def field(self) -> Field:
        return Field(self.key, self.prompt, "long_text", hint=self.hint, initial=self.initial)


class Day(Question[date]):
    """A calendar date, not before `earliest` and not after `latest`."""

    kind = date

    def __init__(
        self, key: str, prompt: Speech, *, earliest: date, latest: date | None = None, initial: date | None = None
    ) -> None:
        super().__init__(key, prompt)
        self.earliest, self.latest, self.initial = earliest, latest, initial

    def parse(self, said: Said, language: str) -> date:
        day = _read_day(said.text.strip(), language)
        if day is None:
            raise Unclear(_("Please write the date like this: {example}", example=self.earliest.isoformat()))
        if day < self.earliest:
            raise Unclear(
                _("{day} is in the past. Please choose {earliest} or later.", day=day, earliest=self.earliest)
            )
        if self.latest is not None and day > self.latest:
            raise Unclear(_("{day} is too late. Please choose {latest} or earlier.", day=day, latest=self.latest))
        return day

    def tell(self, value: date) -> Speech:
        return p_("a date alone", "{day}", day=value)

    def field(self) -> Field:
        return Field(self.key, self.prompt, "date", initial=self.initial.isoformat() if self.initial else "")


def _read_day(typed: str, language: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        pass
    try:
        return parse_date(typed, locale=language.replace("-", "_"))
    except (ValueError, IndexError, OverflowError, UnknownLocaleError):
        return None


class Photo(Question[list[FileRef]]):
    """Photos or documents, or none by the button."""

    kind = list[FileRef]

    def __init__(self, key: str, prompt: Speech, *, none: Speech) -> None:
        super().__init__(key, prompt)
        self.none = none

    def rows(self) -> list[list[Option]]:
        return [[Option(self.none, "none")]]

    def pick(self, value: str) -> list[FileRef]:
        return []

    def parse(self, said: Said, language: str) -> list[FileRef]:
        if not said.files:
            raise Unclear(_("Please send a photo, or press the button."))
        return list(said.files)

    def tell(self, value: list[FileRef]) -> Speech:
        return _("Photos: {count}", count=len(value))
