"""Sentences that are said later, in the language of whoever reads them.

A handler writes `_("{name} sent {amount}.", name=..., amount=...)` and gets a value; a `Catalogue` says it. The values
of `locales/values.py` can be imported from here too, since sentences are what they are for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Union

from babel import Locale
from markupsafe import Markup, escape

from locales import direction, formats, markup, tags
from locales.money import CURRENCIES
from locales.translations import BUILT_IN, Language, Message, Shelf, listed
from locales.units import unit
from locales.values import Amount, Country, Moment, Month, Raw, Short, Words

__all__ = [
    "Amount",
    "Catalogue",
    "Country",
    "Moment",
    "Month",
    "Phrase",
    "Raw",
    "Short",
    "Value",
    "Words",
    "_",
    "n_",
    "p_",
]

Value = Union["Phrase", str, int, Decimal, date, Month, Short, Country, Moment, Amount, tuple["Value", ...]]
"""What a placeholder can hold. Plain `str` is people's words; a tuple is said as a list, "a, b and c"."""

_COUNT = frozenset({"count"})


@dataclass(frozen=True)
class Phrase:
    """A sentence to be said in the reader's language: `id` is its English source, with {placeholders}, <b> and <i>.

    `context` tells apart what is one word in English. With `plural` the form follows `count`, which also fills
    {count} unless a value of that name is given. Phrases among the values are said in the same language.
    """

    id: str
    context: str = ""
    plural: str = ""
    count: int | None = None
    values: Mapping[str, Value] = field(default_factory=dict, hash=False)
    domain: str = "messages"

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def key(self) -> str:
        """What is said, apart from language: equal for phrases that any reader would read alike."""
        return json.dumps(_material(self), ensure_ascii=False)


def _(id: str, /, **values: Value) -> Phrase:
    """A sentence."""
    return Phrase(id, values=values)


def p_(context: str, id: str, /, **values: Value) -> Phrase:
    """A sentence, or a word, that needs a context to be translated."""
    return Phrase(id, context, values=values)


def n_(singular: str, plural: str, count: int, /, **values: Value) -> Phrase:
    """A sentence whose form follows a count; {count} is filled in."""
    return Phrase(singular, plural=plural, count=count, values=values)


def _material(value: Value) -> object:
    match value:
        case Phrase():
            inner = {name: _material(value.values[name]) for name in sorted(value.values)}
            return [value.domain, value.context, value.id, value.plural, value.count, inner]
        case tuple():
            return ["list", *map(_material, value)]
        case Decimal():
            return ["number", format(value.normalize(), "f")]
        case Amount():
            return ["amount", _material(value.value), value.unit]
        case Moment():
            return ["moment", value.at.timestamp(), value.zone]
        case Short():
            return ["short", str(value.of)]
        case Country():
            return ["country", value.code]
        case Month() | date():
            return [type(value).__name__.lower(), str(value)]
    return str(value) if isinstance(value, str) else value


class _Untranslated(LookupError):
    pass


@dataclass(frozen=True)
class _Voice:
    """One language to try: the catalogues it may be taken from, and how it writes numbers and dates."""

    codes: tuple[str, ...]
    locale: Locale

    @property
    def rtl(self) -> bool:
        """Whether it runs from right to left."""
        return self.locale.text_direction == "rtl"


class Catalogue:
    """All languages of the product; later folders are laid over earlier ones, message by message."""

    def __init__(self, folders: Sequence[Path] = (BUILT_IN,)) -> None:
        self.folders = tuple(folders)
        self.listed: Mapping[str, Language] = listed(self.folders)
        self._shelf = Shelf(self.folders)

    def render(self, phrase: Phrase, language: str | Sequence[str]) -> Markup:
        """The sentence, marked up with <b> and <i> at most, in the first of the languages that has all of it.

        A sentence is never a mixture: where one part lacks a translation, the whole is said in the next language,
        at last in English. Nothing is raised for a reader.
        """
        for voice in _voices(language):
            try:
                return direction.led(self._said(phrase, voice), rtl=voice.rtl)
            except _Untranslated:
                continue
        raise AssertionError("English can always be said")

    def plain(self, phrase: Phrase, language: str | Sequence[str]) -> str:
        """The sentence without tags and escapes, for places that know no markup."""
        return markup.without_tags(self.render(phrase, language))

    def languages(self) -> list[str]:
        """The codes of the languages offered, in the order they are listed."""
        return [language.code for language in self.listed.values() if language.ready]

    def name(self, language: str) -> str:
        """What a language calls itself; for one that is not listed, the tag as it is."""
        found = (self.listed[code].name for code in tags.codes(language) if code in self.listed)
        return next(found, language)

    def direction(self, language: str) -> str:
        """The way it is written, "ltr" or "rtl"."""
        return tags.locale(language).text_direction

    def _said(self, phrase: Phrase, voice: _Voice) -> Markup:
        count = {} if phrase.count is None else {"count": phrase.count}
        say = partial(self._shown, voice=voice)
        values = {name: say(value) for name, value in {**count, **phrase.values}.items()}
        return markup.fill(self._template(phrase, voice.codes) if phrase.id else "", values)

    def _template(self, phrase: Phrase, codes: Sequence[str]) -> str:
        """The wording in the first of these catalogues that has it, with its placeholders still open."""
        message = Message(phrase.domain, phrase.context, phrase.id, phrase.plural, phrase.count or 0)
        source = phrase.plural if phrase.plural and phrase.count != 1 else phrase.id
        for code in codes:
            for text in self._shelf.translations(message, code):
                if markup.fits(text, phrase.plural or phrase.id, _COUNT if phrase.plural else frozenset()):
                    return text
        if codes[-1] == tags.SOURCE:
            return source
        raise _Untranslated(phrase.id)

    def _shown(self, value: Value, voice: _Voice) -> Markup:
        match value:
            case Phrase():
                return self._said(value, voice)
            case tuple():
                return formats.listing([self._shown(item, voice) for item in value], voice.locale)
            case Amount():
                return self._measured(value, voice)
        return escape(direction.apart(_written(value, voice.locale), rtl=voice.rtl))

    def _measured(self, value: Amount, voice: _Voice) -> Markup:
        """The amount. Hours and people have no symbol that everybody knows, so they are said in words."""
        known = unit(value.unit) if value.unit not in CURRENCIES else None
        whole = int(value.value) if value.value == int(value.value) else 2
        if known and known.symbol == "h":
            return self._said(n_("{count} hour", "{count} hours", whole, count=value.value), voice)
        if known and known.symbol == "persons":
            return self._said(n_("{count} person", "{count} people", whole, count=value.value), voice)
        return escape(direction.apart(formats.amount(value, voice.locale), rtl=voice.rtl))


def _voices(language: str | Sequence[str]) -> Iterator[_Voice]:
    for tag in (language, tags.SOURCE) if isinstance(language, str) else (*language, tags.SOURCE):
        if codes := tags.codes(tag):
            yield _Voice(codes, tags.locale(tag))


def _written(value: str | int | Decimal | date | Month | Short | Country | Moment, locale: Locale) -> str:
    match value:
        case str():
            # A plain str, so that nothing that calls itself markup goes through unescaped.
            return str.__str__(value)
        case int() | Decimal():
            return formats.number(value, locale)
        case Month():
            return formats.month(value, locale)
        case Moment():
            return formats.moment(value, locale)
        case Short():
            return formats.short(value, locale)
        case Country():
            return formats.country(value, locale)
    return formats.day(value, locale)
