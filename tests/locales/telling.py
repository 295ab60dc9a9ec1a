"""A talk written down as people would read it: who did what, and what every chat was shown because of it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from sqlmodel import select

from handlers.message import FileRef
from locales.text import Phrase
from storage.tables.queues import OutboxRow, SendState
from tests.locales.marks import leaves
from tests.talks import Talker, Town

_TAG = re.compile("</?[bi]>")
_VALUE = re.compile(r"\s*|-?\d+(?:\.\d+)?", re.ASCII)
"""What a drawing is given beside its words: nothing, or the number that a bar stands for."""


@dataclass
class Telling:
    """A town where everybody reads one language: who talks there, the chats that are written down, what people type."""

    town: Town
    language: str
    people: Mapping[str, str]
    places: Mapping[str, str]
    typed: Mapping[str, str]
    lines: list[str] = field(default_factory=list)

    def say(self, phrase: Phrase) -> str:
        """A sentence of ours as it is said here."""
        return self.town.house.texts.plain(phrase, self.language)

    # --- what people do ---

    def chapter(self, title: str) -> None:
        """What the next lines are about."""
        self.lines += ["", f"## {title}"]

    def types(self, talker: Talker, words: str, *files: FileRef) -> None:
        """Somebody writes."""
        self._did(
            talker, f"writes: {words}" if words else f"sends a {files[0].kind}", lambda: talker.say(words, *files)
        )

    def commands(self, talker: Talker, name: str, argument: str = "") -> None:
        """Somebody gives a command."""
        typed = f"{name} {argument}".strip()
        prefix = self.town.house.channels[talker.at.channel].command_prefix
        self._did(talker, f"writes: {prefix}{typed}", lambda: talker.command(name, argument))

    def taps(self, talker: Talker, label: Phrase | str, trigger: str = "") -> None:
        """Somebody presses the newest button whose label begins so."""
        shown = label if isinstance(label, str) else self.say(label)
        self._did(talker, f"taps: [{shown}]", lambda: talker.tap(shown, trigger))

    def submits(self, talker: Talker, values: Mapping[str, str]) -> None:
        """Somebody hands in the form that was opened last."""
        typed = ", ".join(f"{key}: {value}" for key, value in values.items())
        self._did(talker, f"hands in the form ({typed})", lambda: talker.submit(values))

    def waits(self, what: str, deed: Callable[[], object]) -> None:
        """Time goes by."""
        self._told(f"({what})", deed)

    def _did(self, talker: Talker, what: str, deed: Callable[[], object]) -> None:
        self._told(f"{self.people[talker.account]} {what}", deed)

    # --- what they are shown ---

    def _told(self, head: str, deed: Callable[[], object]) -> None:
        sent, given = len(self.town.shown), len(self.town.given)
        deed()
        self._draw()
        self.lines += ["", f"— {head}"]
        for now in self.town.given[given:]:
            self.lines += _now(now)
        for place, one in self.town.shown[sent:]:
            if place in self.places:
                self.lines += _paper(self.places[place], one)

    def _draw(self) -> None:
        """Send what waits for a picture without it: here its words are what counts."""
        with self.town.store.write() as session:
            for row in session.exec(select(OutboxRow).where(OutboxRow.state == SendState.WAITING)).all():
                row.state = SendState.NEW
        self.town.deliver()


def _paper(place: str, one: dict[str, Any]) -> Iterator[str]:
    """A message, an edit or a menu; nothing for what cannot be read."""
    if one["kind"] == "menu":
        yield from ("", f"[{place}: menu]", *(f"  /{name}  {line}" for name, line in one["commands"]))
    if one["kind"] not in ("message", "edit"):
        return
    how = ", in place of an earlier message" if one["kind"] == "edit" else ", in a thread" if one["thread"] else ""
    yield from ("", f"[{place}{how}]")
    yield from (f"  {line}".rstrip() for line in unescape(_TAG.sub("", one["text"])).split("\n"))
    for file in one["attachments"]:
        words = " · ".join(dict.fromkeys(leaf for leaf in leaves(file["values"]) if not _VALUE.fullmatch(leaf)))
        yield f"  ({file['draw'] or 'file'}: {words})" if words else f"  ({file['draw'] or 'file'})"
    for row in one["buttons"]:
        yield "  " + " ".join(f"[{button['label']}]" for button in row)


def _now(now: Any) -> Iterator[str]:
    """A form, what is wrong with one, or a passing note."""
    if now.modal:
        yield from ("", f"[form] {now.modal['title']}")
        for one in now.modal["fields"]:
            hint = f" ({one['hint']})" if one["hint"] else ""
            chosen = " / ".join(label for _key, label in one["options"]) or one["initial"]
            yield f"  {one['label']}{hint}: {chosen}".rstrip()
        yield f"  [{now.modal['submit']}]"
    yield from (f"  ! {key}: {text}" for key, text in now.errors.items())
    yield from [f"  ({now.toast[0]})"] if now.toast else []
