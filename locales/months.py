"""The months that a text names: "October", "tháng 10", "10月", "10/2026", "2026-10", "last month"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale

from locales import folding, tags
from locales.small_words import small_words
from locales.values import Month
from locales.words import Found, bare, find, outermost

_YEARS_BACK = 9
_BUDDHIST = 543
_NUMBER = "(?P<month>0?[1-9]|1[0-2])"
_YEAR = "(?P<year>2[05][0-9]{2})"
_ALONE = "(?<![0-9/-])(?<![0-9][.,])"
_NO_MORE = r"(?![0-9]|[-/.][0-9])"
_YEAR_WORD = "(?:de|del|do|of|nam|tahun|yili|annee|an|عام|سنه|ปี|พ\\.?ศ\\.?|ค\\.?ศ\\.?|सन|সাল)"
_YEAR_AFTER = re.compile(rf" ?[/,.年-]? ?(?:{_YEAR_WORD} ?)?{_YEAR}年?(?![0-9]|[.,/-][0-9])")
_YEAR_BEFORE = re.compile(rf"{_ALONE}{_YEAR} ?[年/-]? ?$")
_BOTH = (
    re.compile(rf"{_ALONE}{_YEAR} ?(?:[-/.]|年) ?{_NUMBER}月?{_NO_MORE}"),
    re.compile(rf"{_ALONE}{_NUMBER} ?[-/.] ?{_YEAR}{_NO_MORE}"),
)
# In the Arabic of the Levant and of the Maghreb months have names of their own.
_VARIANTS = {"ar": ("ar_SY", "ar_MA", "ar_DZ")}


@dataclass(frozen=True)
class FoundMonth(Found):
    """A month where it stands in a text."""

    month: Month


def months(text: str, language: str, today: date, *, years: bool = True) -> list[FoundMonth]:
    """The months that a composed text names, in the person's language, in English or in figures.

    One without a year is the last of its name that has begun by `today`, a local date. With `years` false a number
    beside a month is never its year.
    """
    look = _Look(text, folding.letters(text), language, today, years)
    found = [*look.named(), *look.last(), *look.numbered(), *(look.in_figures() if years else ())]
    return outermost(list({(one.start, one.end): one for one in found}.values()))


def year_of(written: str, language: str, today: date) -> int | None:
    """The year that four digits can mean beside a figure: the last ten or the next, in Thai of the Buddhist era too."""
    if re.fullmatch("[0-9]{4}", written) is None:
        return None
    buddhist = language.startswith("th") and written >= "25"
    year = int(written) - _BUDDHIST * buddhist
    return year if today.year - _YEARS_BACK <= year <= today.year + 1 else None


@dataclass(frozen=True)
class _Look:
    """One look at a text; `plain` is the text in plain letters."""

    text: str
    plain: str
    language: str
    today: date
    years: bool

    def named(self) -> Iterator[FoundMonth]:
        names = _names(self.language)
        for one in find(self.text, names):
            yield self.dated(one, names[one.word])

    def last(self) -> Iterator[FoundMonth]:
        before = Month.of(self.today).shifted(-1)
        for words in small_words(self.language):
            for one in find(self.text, words.last):
                yield FoundMonth(one.word, one.start, one.end, before)

    def numbered(self) -> Iterator[FoundMonth]:
        for match in _counted(self.language).finditer(self.plain):
            yield self.dated(Found(match[0], match.start(), match.end()), int(match["month"] or match["first"]))

    def in_figures(self) -> Iterator[FoundMonth]:
        for match in (match for pattern in _BOTH for match in pattern.finditer(self.plain)):
            if year := year_of(match["year"], self.language, self.today):
                yield FoundMonth(match[0], match.start(), match.end(), Month(year, int(match["month"])))

    def dated(self, one: Found, number: int) -> FoundMonth:
        """The month with the year that stands beside it, else the last one that has begun."""
        after, before = _YEAR_AFTER.match(self.plain, one.end), _YEAR_BEFORE.search(self.plain[: one.start])
        for match in (after, before) if self.years else ():
            if match and (year := year_of(match["year"], self.language, self.today)):
                start, end = min(one.start, match.start()), max(one.end, match.end())
                return FoundMonth(one.word, start, end, Month(year, number))
        return FoundMonth(one.word, one.start, one.end, Month(self.today.year - (number > self.today.month), number))


@lru_cache(maxsize=64)
def _names(language: str) -> Mapping[str, int]:
    """The month's number by its name, whole or short: the person's language first, then English."""
    names: dict[str, int] = {}
    for words in small_words(language):
        _add(names, words.names)
    base = (tags.codes(language) or (tags.SOURCE,))[-1]
    for locale in (tags.locale(language), *map(Locale.parse, _VARIANTS.get(base, ())), tags.locale(tags.SOURCE)):
        # Babel mixes up the names that stand alone in some languages, so those in a date are taken.
        for form in (locale.months["format"]["wide"], locale.months["format"]["abbreviated"]):
            _add(names, {name: number for number, name in form.items() if _is_word(name)})
    return names


def _add(names: dict[str, int], more: Mapping[str, int]) -> None:
    """Add names that no month has yet, in whatever letters."""
    known = {bare(name) for name in names}
    names |= {name: number for name, number in more.items() if bare(name) not in known}


def _is_word(name: str) -> bool:
    """Whether it is a name, not a number with a word, and long enough to be told from other words."""
    return not any(map(str.isdigit, name)) and len(name.strip(".")) > 1


@lru_cache(maxsize=64)
def _counted(language: str) -> re.Pattern[str]:
    """The pattern of a number with the word for a month: "tháng 10", "T10", "10月"."""
    listed = [word for words in small_words(language) for word in words.month]
    longest_first = sorted(map(bare, listed), key=len, reverse=True)
    word = rf"(?:{'|'.join(map(re.escape, longest_first))})\.? ?"
    # In Vietnamese October is "T10" for short.
    short = "|t" if tags.codes(language)[-1:] == ("vi",) else ""
    counted = rf"(?<![^\W\d_])(?:{word}{short}){_NUMBER}(?![0-9]|[.,][0-9])"
    return re.compile(rf"{counted}|(?<![0-9.,])(?P<first>0?[1-9]|1[0-2]) ?月份?")
