"""A town whose people talk in a marker language, and what in it was shown without a mark."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from babel import Locale
from telegram import TelegramObject

from bot.channel import Sending
from bot.slack import show as slack
from bot.slack.modal import modal
from bot.telegram import show as telegram
from locales.direction import OPENS as APART
from locales.formats import month, short
from locales.marker import CLOSES, MARKERS, OPENS, RETURNS, TURNS, MarkedCatalogue, marked
from locales.tags import locale
from locales.text import Month, Short
from locales.units import unit
from storage import people
from storage.tables.people import Person
from storage.tables.programme import Programme, Site, Supplier
from storage.tables.queues import OutboxRow
from tests.handlers.deeds import changed, rows
from tests.talks import Talker, Town, made_house

TYPED = "Zzyx qwrt"
FILE_KINDS = "PDF CSV"
"""Names of kinds of files, the same in every language."""
WORDED = ("message", "edit", "home", "menu")
SHOWN = ("text", "caption", "description", "initial_value")
CODES = ("language", "made_at", "week", "align", "direction", "mark")

_WORD = re.compile(r"[^\W\d_]+")
_LENGTHENED = re.compile("[áéíóúýÁÉÍÓÚÝ]")
_TURNED = re.compile(f"{TURNS}[^{RETURNS}]*{RETURNS}")
# Links, commands, tags, codes, the open places of a page's label, a genitive and the rest of a word that was cut are no
# words; Arabic is in dates and lists only.
_WORDLESS = re.compile(
    rf"https?://\S+|(?<![^\s{APART}])/(?:causeway )?\w+|</?[bi]>|\{{\w+\}}|[\w-]*\d[\w-]*|\b's\b"
    r"|[^\W\d_]+…|[\u0600-\u06ff]+"
)


@dataclass
class Marks:
    """A town where whoever talks has chosen one language."""

    town: Town
    language: str

    def mark(self, english: str) -> str:
        """A sentence of ours as it is said here."""
        marker = MARKERS.get(self.language)
        return marked(english, turned=marker.direction == "rtl") if marker else english

    def tap(self, talker: Talker, english: str, trigger: str = "") -> str:
        """Press the newest button whose label begins so in English."""
        return talker.tap(self.mark(english), trigger)

    def amina(self) -> Talker:
        """Amina on her phone, who has joined."""
        return self.town.joined("amina", self.language)

    def lucia(self, thread: str = "") -> Talker:
        """Lucia in her channel."""
        return self.town.slack("U0LUCIA", "C0ASIA", thread)

    def slips(self, *signs: str) -> dict[str, list[str]]:
        """Each text that anybody was shown and that has words without a mark, with these words; `signs` are none."""
        allowed = self.allowed() | set(signs)
        found = {text: [*_unmarked(text, allowed), *_unclosed(text)] for text in shown(self.town)}
        found |= {text: list(_unmarked(text, allowed)) for text in rendered(self.town)}
        return {text: words for text, words in found.items() if words}

    def allowed(self) -> set[str]:
        """Names, units, months, the "and" of a list, kinds of files, and what people typed."""
        (programme,) = rows(self.town, Programme)
        names = [
            programme.name,
            programme.settings["committee"]["name"],
            *(row.name for row in rows(self.town, Person)),
        ]
        names += [row.name for row in rows(self.town, Site)] + [row.name for row in rows(self.town, Supplier)]
        languages = [self.town.house.texts.name(code) for code in programme.settings["languages"]]
        metrics = self.town.house.library.metrics.values()
        symbols = {symbol for metric in metrics for symbol in (*metric.units, metric.base_unit)}
        units = [known.symbol if (known := unit(symbol)) else symbol for symbol in symbols]
        spoken = locale(self.language)
        months = [say for number in (1, 10, 11, 12) for say in _said(Month(2026, number), spoken)]
        joint = spoken.list_patterns["standard"]["2"]
        texts = [*names, *languages, *units, *months, joint, programme.settings["contact"], TYPED, FILE_KINDS]
        return {word for text in texts for word in _WORD.findall(text)}


def _said(of: Month, spoken: Locale) -> tuple[str, str]:
    """A month as sentences and as tables say it."""
    return month(of, spoken), short(Short(of), spoken)


def marks(town: Town, language: str) -> Marks:
    """The programme offering the markers too, with Lucia and Helena reading this language."""
    made = Town(town.store, made_house(texts=MarkedCatalogue()))
    (programme,) = rows(made, Programme)
    languages = [*programme.settings["languages"], *MARKERS]
    changed(made, programme, settings=programme.settings | {"languages": languages})
    with made.store.write() as session:
        for key in ("lucia", "martin", "helena"):
            person = people.by_key(session, key)
            assert person is not None
            person.language = language
    return Marks(made, language)


def shown(town: Town) -> Iterator[str]:
    """Every text that was sent, that waits to be drawn, and that was given at once."""
    for payload in [one for _place, one in town.shown] + [row.payload for row in rows(town, OutboxRow)]:
        yield from _texts(payload)
    for now in town.given:
        yield from (*_texts(now.modal or {}), *_texts(now.fallback or {}), *now.errors.values())
        yield from [now.toast[0]] if now.toast else []


def rendered(town: Town) -> Iterator[str]:
    """Every text as it goes to either platform, whichever it was meant for: limits cut it, blocks repeat it."""
    for _place, one in town.shown:
        if one["kind"] not in WORDED:
            continue
        sending = Sending(one["kind"], one | {"quote": ""}, "1", of="1")
        for call in (*telegram.calls(sending), *slack.calls(sending)):
            yield from map(unescape, _words_of(call.params))
    for now in town.given:
        if now.modal:
            yield from map(unescape, _words_of(modal(now.modal)))


def _words_of(value: Any) -> Iterator[str]:
    """The words in a call: what stands under a name for text, at any depth."""
    if isinstance(value, TelegramObject):
        value = value.to_dict()
    match value:
        case dict():
            for name, inner in value.items():
                yield from [inner] if name in SHOWN and isinstance(inner, str) else _words_of(inner)
        case list() | tuple():
            for inner in value:
                yield from _words_of(inner)


def _texts(payload: dict[str, Any]) -> Iterator[str]:
    """The texts of a message, menu or modal, of its buttons and fields, and of what is to be drawn."""
    yield unescape(payload.get("text", ""))
    yield from (payload.get("title", ""), payload.get("submit", ""))
    yield from (button["label"] for line in payload.get("buttons", ()) for button in line)
    yield from (line for _name, line in payload.get("commands", ()))
    for field in payload.get("fields", ()):
        yield from (field["label"], field["hint"], field["initial"], *(label for _key, label in field["options"]))
    for file in payload.get("attachments", ()):
        yield from leaves(file["values"])


def leaves(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, inner in value.items():
                yield from () if name in CODES else leaves(inner)
        case list():
            for inner in value:
                yield from leaves(inner)


def _unmarked(text: str, allowed: set[str]) -> Iterator[str]:
    for word in _WORD.findall(_WORDLESS.sub(" ", _TURNED.sub(" ", text))):
        if word not in allowed and not _LENGTHENED.search(word):
            yield word


def _unclosed(text: str) -> list[str]:
    return [] if text.count(OPENS) == text.count(CLOSES) else ["a bracket"]
