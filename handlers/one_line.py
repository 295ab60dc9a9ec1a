"""A figure sent in one line, without being asked: "electricity October 12,5 MWh"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from locales.months import months, year_of
from locales.numbers import Readings, readings
from locales.small_words import small_words
from locales.units import UNITS, Unit
from locales.values import Month
from locales.words import Found, composed, find, outermost, without

Names = Sequence[tuple[str, Sequence[str]]]
"""Metrics by key, each with what people call it, in their language and in English."""

_LONGEST = 160
_GAP = "\ufffc"
_DIGIT = re.compile("[0-9]")
_NUMBER_NEXT = re.compile(" ?[0-9]")
# What people set between the parts of a line. A mark or a dash right before a digit belongs to the figure.
_MARKS = (
    (re.compile(rf"[,;(\[]+ *{_GAP}| - *(?={_GAP})"), _GAP),
    (re.compile(rf"{_GAP}[)\]]+"), _GAP),
    (re.compile(rf"{_GAP}[,.;:=/]+"), _GAP),
    (re.compile(rf"{_GAP} *(?:(?:[:;=/]|[,.](?!\d)|-(?= )) *)+"), _GAP),
)
# A number, a word behind it, and one more: what a person means as a figure, even if it cannot be taken.
_MEANT = re.compile(r"[-+]? ?[.,]?[0-9][0-9.,'٬٫ ^e+-]*(?:[^\W\d_]+[.]?)?(?: [^\W\d_]+)?", re.IGNORECASE)


@dataclass(frozen=True)
class OneLine:
    """A figure as a line gives it: the metric's key, the month as `2026-10`, the words of the number, their readings.

    The readings are those of `locales/numbers.py`: one, two, or none with the refusal that the person is told.
    """

    metric: str
    period: str
    number: str
    readings: Readings


def one_line(
    text: str, language: str, names: Names, units_of: Callable[[str], Sequence[Unit]], today: date
) -> OneLine | None:
    """The figure that a line gives: one metric, one number and at most one month; None if it is ordinary talk.

    Any other word makes it ordinary talk, but for small ones such as "in". `units_of` gives the units of a metric, the
    usual one first. Without a month it is the last closed one before `today`, a local date; one without a year is the
    last of its name that has begun.
    """
    line = composed(text)
    if len(line) > _LONGEST or not _DIGIT.search(line):
        return None
    said = outermost([found for _key, words in names for found in find(line, words)])
    keys = {key for key, words in names for found in said if found.word in words}
    if len(keys) != 1:
        return None
    metric, rest = keys.pop(), without(line, said, _GAP)
    first = _given(rest, metric, language, units_of(metric), today, years=True)
    # "2026 kWh": what looked like the year may be the figure, if a unit says so.
    return first or _given(rest, metric, language, units_of(metric), today, years=False)


def _given(rest: str, metric: str, language: str, units: Sequence[Unit], today: date, *, years: bool) -> OneLine | None:
    """The line without its metric as month and figure, None if it is neither one."""
    named = months(rest, language, today, years=years)
    month = named[0].month if named else Month.of(today).shifted(-1)
    number = _number(without(rest, named, _GAP), language)
    if number is None or len({one.month for one in named}) > 1:
        return None
    if year_of(number, language, today) is not None:
        # Nobody can tell whether this is a figure or the year, so it is asked for.
        return None
    result = readings(number, language, units, units[0])
    return OneLine(metric, str(month), number, result) if _is_meant(result, units) else None


def _number(rest: str, language: str) -> str | None:
    """The words of the number, once the small ones are out; None if there is not exactly one piece with digits."""
    rest = without(rest, _small(rest, language), _GAP)
    for pattern, put in _MARKS:
        rest = pattern.sub(put, rest)
    pieces = [piece.strip() for piece in rest.split(_GAP) if piece.strip()]
    if sum(_DIGIT.search(piece) is not None for piece in pieces) != 1:
        return None
    return " ".join(pieces)


def _small(rest: str, language: str) -> list[Found]:
    """The small words. "Month" before a number that is no month is none of them, for nobody knows what it means."""
    fillers = [word for words in small_words(language) for word in words.fillers]
    counted = [word for words in small_words(language) for word in words.month]
    alone = [one for one in find(rest, counted) if not _NUMBER_NEXT.match(rest, one.end)]
    return outermost([*find(rest, fillers), *alone])


def _is_meant(result: Readings, units: Sequence[Unit]) -> bool:
    """Whether the words are a figure, or one to be refused: out of bounds, in words, in a unit of another kind."""
    if result.readings:
        return True
    if result.reason == "unit":
        return bool(readings(result.text, "en", tuple(UNITS.values()), units[0]).readings)
    refused = result.reason in ("words", "exponent", "format", "fine", "large")
    return refused and _MEANT.fullmatch(result.text) is not None
