"""Questions that the talk about a CAPA needs: words or a button, days near at hand, files one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.dialog import Dialog
from handlers.message import Field, FileRef, Speech
from handlers.questions import Day, Option, Photo, Text, Unclear
from locales.text import _, p_

WORDS = 500
MOST_FILES = 10
NEAR = (7, 14, 30)


class TextOr(Text):
    """Words, or none by a button; in a form the field may stay empty. None is the empty text."""

    def __init__(self, key: str, prompt: Speech, *, none: Speech, limit: int = WORDS, hint: Speech = "") -> None:
        super().__init__(key, prompt, limit=limit, hint=hint)
        self.none = none

    def rows(self) -> list[list[Option]]:
        return [[Option(self.none, "none")]]

    def pick(self, value: str) -> str:
        return ""

    def take(self, typed: str, language: str) -> str:
        return super().take(typed, language) if typed.strip() else ""

    def tell(self, value: str) -> Speech:
        return value or self.none

    def field(self) -> Field:
        return replace(super().field(), optional=True)


class NearDay(Day):
    """A date: one of a few near at hand by a button, or typed."""

    def __init__(self, key: str, prompt: Speech, *, earliest: date, latest: date, near: Sequence[date]) -> None:
        super().__init__(key, prompt, earliest=earliest, latest=latest)
        self.near = [day for day in dict.fromkeys(near) if earliest <= day <= latest]

    def parts_of_revision(self) -> Sequence[str]:
        return [day.isoformat() for day in self.near]

    def rows(self) -> list[list[Option]]:
        return [[Option(p_("a date alone", "{day}", day=day), day.isoformat())] for day in self.near]

    def pick(self, value: str) -> date:
        found = next((day for day in self.near if day.isoformat() == value), None)
        if found is None:
            raise Unclear(_("Please choose one of the buttons."))
        return found


class DayOr(Day):
    """A date, or none by a button; in a form the field may stay empty."""

    kind: Any = date | None

    def __init__(self, key: str, prompt: Speech, *, none: Speech, earliest: date, hint: Speech = "") -> None:
        super().__init__(key, prompt, earliest=earliest)
        self.none, self.hint = none, hint

    def rows(self) -> list[list[Option]]:
        return [[Option(self.none, "none")]]

    def pick(self, value: str) -> Any:
        return None

    def take(self, typed: str, language: str) -> Any:
        return super().take(typed, language) if typed.strip() else None

    def tell(self, value: Any) -> Speech:
        return super().tell(value) if value is not None else self.none

    def field(self) -> Field:
        return replace(super().field(), optional=True, hint=self.hint)


def near_days(key: str, prompt: Speech, earliest: date, latest: date) -> NearDay:
    """A question for a day, with a week, two weeks, a month and the last possible day at hand."""
    near = [*(earliest + timedelta(days=days) for days in NEAR), latest]
    return NearDay(key, prompt, earliest=earliest, latest=latest, near=near)


def several_files(key: str, prompt: Speech, none: Speech) -> Dialog[list[FileRef]]:
    """Photos or papers, one message after the other, until the person says that these are all."""
    found = list((yield from Photo(f"{key}/1", prompt, none=none)))
    for place in range(2, MOST_FILES + 1):
        if not found:
            break
        more = yield from Photo(f"{key}/{place}", _("Is there more? Send it now."), none=_("That is all"))
        if not more:
            break
        found += more
    return found
