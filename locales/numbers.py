"""Figures as people type them: every valid reading of a text, so that nobody's comma is taken for a point.

Twelve thousand is "12,000", "12.000", "12 000", "12'000" or "१२,०००", depending on who writes. Where a text can be read
in one way only, that is the reading, whatever the language; where it can be read in two, the person is asked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_decimal_symbol

from locales import folding, money, refusals, tags
from locales.money import MONEY
from locales.text import Phrase
from locales.units import FINEST, UNITS, Unit, match

_NUMBER = re.compile(r"[+-]? ?(?:(?<![^\s+-])[.,٫])?[0-9](?:[ .,'٬٫]?[0-9])*")
_INDIAN = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}")
_KILO = re.compile(r"k(?= |$)", re.IGNORECASE)
# The dot of "Rs. 1,200" and "Tk.500" is no decimal mark.
_SHORTENED = re.compile(r"(?<=[^\W\d_])\.(?= ?\d)")
_LIMIT = Decimal(10) ** 12
_LONGEST = 80
_MOST_DIGITS = 24


@dataclass(frozen=True)
class Reading:
    """One way to read a text: the figure in the unit that was typed or asked for, and in the base unit.

    `mark` is the decimal mark, "." or ",", by whose custom this is the reading of a text that has two; else "".
    """

    value: Decimal
    unit: str
    base_value: Decimal
    base_unit: str
    mark: str = ""


@dataclass(frozen=True)
class Readings:
    """What a text can mean: one reading is sure, two are a question, the likelier first, none is a refusal.

    `refused` says why, for the person; `reason` says it for a program.
    """

    text: str
    readings: tuple[Reading, ...] = ()
    refused: Phrase | None = None
    reason: refusals.Reason | None = None


def readings(text: str, language: str, units: Sequence[Unit], default: Unit, mark: str = "") -> Readings:
    """Every reading of what a person typed in answer to a question for one figure.

    `units` are those the metric accepts, `default` the one that a bare number is in. The language decides nothing but
    the order of two readings, and it gives way to the decimal mark that the person is known to write.
    """
    try:
        folded, point = folding.fold(text), mark or _decimal_point(language)
        if default.symbol == MONEY:
            found = _read_money(folded, point, language)
        else:
            found = _read(folded, point, (*units, default), default)
    except refusals.Unreadable as unreadable:
        said = refusals.phrase(unreadable.reason, text, units or (default,), default)
        return Readings(text, (), said, unreadable.reason)
    return Readings(text, found)


def _read(folded: str, point: str, units: Sequence[Unit], default: Unit) -> tuple[Reading, ...]:
    before, digits, after = _parted(folded)
    after, kilo = _kilo(after)
    unit = _unit(before, after, units) or default
    values = _values(digits, point)
    if not values:
        raise refusals.Unreadable("several" if " " in digits else "format")
    return tuple(_reading(value * kilo, unit, mark) for value, mark in values)


def _read_money(folded: str, point: str, language: str) -> tuple[Reading, ...]:
    """The readings of an amount of money: a currency must stand with it, and no more decimals than that has."""
    before, digits, after = _parted(_SHORTENED.sub("", folded))
    after, kilo = _kilo(after)
    code = _currency(before, after, language)
    values = _values(digits, point)
    if not values:
        raise refusals.Unreadable("several" if " " in digits else "format")
    # "1.200 EUR" has one reading, for nobody writes tenths of a cent.
    fit = [(value * kilo, mark) for value, mark in values if kilo > 1 or _decimals(value) <= money.places(code)]
    fit = [(value, mark) for value, mark in fit if _decimals(_plain(value)) <= money.places(code)]
    if not fit:
        raise refusals.Unreadable("fine")
    if any(abs(value) >= _LIMIT for value, _mark in fit):
        raise refusals.Unreadable("large")
    plain = [(_plain(value), mark if len(fit) > 1 else "") for value, mark in fit]
    return tuple(Reading(value, code, value, code, mark) for value, mark in plain)


def _currency(before: str, after: str, language: str) -> str:
    """The currency that was typed on either side of the number, or on both."""
    found = {money.currency(typed, language) for typed in (before, after) if typed}
    code = found.pop() if len(found) == 1 else None
    if code is None:
        scaled = bool(after) and refusals.beside(after) == "words"
        raise refusals.Unreadable("words" if scaled else "currency")
    return code


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _parted(folded: str) -> tuple[str, str, str]:
    """What stands before the number, the number, and what stands behind it."""
    numbers = list(_NUMBER.finditer(folded[:_LONGEST]))
    if not numbers or len(folded) > _LONGEST:
        raise refusals.Unreadable("no_number")
    number, before = numbers[0], folded[: numbers[0].start()]
    if len(numbers) > 1:
        raise refusals.Unreadable(_why_several(folded, numbers))
    if before.endswith((".", ",", "٫")):
        raise refusals.Unreadable("format")
    if sum(map(str.isdigit, number[0])) > _MOST_DIGITS:
        raise refusals.Unreadable("large")
    return before.strip(" :="), number[0], folded[number.end() :].strip(" .,;!")


def _why_several(folded: str, numbers: Sequence[re.Match[str]]) -> refusals.Reason:
    """Two numbers may be a range or a power; three are a date at best."""
    if len(numbers) > 2:
        return "several"
    first, second = numbers
    return refusals.between(folded[first.end() : second.start()], second[0])


def _kilo(after: str) -> tuple[str, int]:
    """The k of "1.2k" taken off; it stands alone, so that kWh and kg keep theirs."""
    short = _KILO.match(after)
    return (after[short.end() :].strip(), 1000) if short else (after, 1)


def _unit(before: str, after: str, units: Sequence[Unit]) -> Unit | None:
    """The unit that was typed, None if none was; a unit that is not accepted, or any other word, is refused."""
    if not before and not after:
        return None
    typed = after or before
    found = None if before and after else match(typed, units)
    if found is None:
        raise refusals.Unreadable(refusals.beside(typed))
    return found


def _values(typed: str, point: str) -> list[tuple[Decimal, str]]:
    """The numbers that the digits and separators can mean, the likelier first, none if they follow no custom.

    Beside each of two stands the decimal mark of its custom.
    """
    sign = -1 if typed.startswith("-") else 1
    body = typed.lstrip("+- ")
    whole, fraction = _grouped(body), _fractional(body)
    if whole is None or fraction is None:
        return [(sign * value, "") for value in (whole, fraction) if value is not None]
    mark, other = (".", ",") if "." in body else (",", ".")
    return sorted([(sign * fraction, mark), (sign * whole, other)], key=lambda one: one[1] != point)


def _fractional(body: str) -> Decimal | None:
    """The reading in which the last separator starts the fraction."""
    at = max(body.rfind(mark) for mark in ".,٫")
    if at < 0 or body[at] in body[:at]:
        return None
    whole = _grouped(body[:at]) if at else Decimal(0)
    tail = body[at + 1 :]
    return None if whole is None or not tail.isdigit() else Decimal(f"{whole}.{tail}")


def _grouped(body: str) -> Decimal | None:
    """The reading in which every separator only groups: by threes with one kind of mark, or as in India."""
    marks = set(body) - set("0123456789")
    if not marks:
        return Decimal(body)
    if len(marks) > 1 or "٫" in marks or body.startswith("0"):
        return None
    groups = body.split(marks.pop())
    by_threes = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    return Decimal("".join(groups)) if by_threes or _INDIAN.fullmatch(body) else None


@lru_cache(maxsize=256)
def _decimal_point(language: str) -> str:
    return get_decimal_symbol(tags.locale(language), numbering_system="latn")


def _reading(value: Decimal, unit: Unit, mark: str) -> Reading:
    worth = unit.in_base(value)
    if abs(worth) >= _LIMIT or abs(value) >= _LIMIT:
        raise refusals.Unreadable("large")
    if value % FINEST or worth % FINEST:
        raise refusals.Unreadable("fine")
    base = UNITS[unit.base].symbol if unit.base in UNITS else unit.base
    return Reading(_plain(value), unit.symbol, _plain(worth), base, mark)


def _plain(value: Decimal) -> Decimal:
    """The number without an exponent and without zeros that end its fraction; minus nought is nought."""
    return Decimal(format(value.normalize() + 0, "f"))
