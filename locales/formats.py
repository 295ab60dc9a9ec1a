"""Numbers, dates, lists and amounts as one language writes them, native digits included."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol
from markupsafe import Markup

from locales import money
from locales.units import unit
from locales.values import Amount, Country, Moment, Month, Short

# Babel takes the separators of a numbering system but leaves the digits Latin. These are the zeros of the systems
# that are the default of some language.
_ZEROS = {
    "arab": "٠",
    "arabext": "۰",
    "beng": "০",
    "deva": "०",
    "mymr": "၀",
    "tibt": "༠",
    "olck": "᱐",
    "nkoo": "߀",
    "mtei": "꯰",
    "adlm": "\U0001e950",
    "cakm": "\U00011136",
    "hmnp": "\U0001e140",
}


def digits(text: str, locale: Locale) -> str:
    """The text with the digits the language uses by default."""
    zero = _ZEROS.get(locale.default_numbering_system)
    return text.translate({48 + n: chr(ord(zero) + n) for n in range(10)}) if zero else text


def number(value: Decimal | int, locale: Locale) -> str:
    """The number with its groups and every digit it has; zeros that end a fraction say nothing and are left out."""
    plain = Decimal(format(Decimal(value), "f"))
    text = format_decimal(plain, locale=locale, decimal_quantization=False, numbering_system="default")
    return digits(text, locale)


def day(value: date, locale: Locale) -> str:
    """The day in words, "5 December 2026"."""
    return digits(_long(value, locale), locale)


# The first day of a month is counted in these languages, "1er mai", and CLDR has no pattern for that.
_FIRST = {"fr": "1er", "pt": "1º"}
# CLDR puts a Latin "pm" into these languages; with 24 hours nobody needs it.
_PLAIN_HOURS = frozenset({"hi", "bn"})


def _long(value: date, locale: Locale) -> str:
    said = format_date(value, "long", locale=locale)
    return (
        said.replace("1 ", f"{_FIRST[locale.language]} ", 1) if value.day == 1 and locale.language in _FIRST else said
    )


def _time(value: datetime, locale: Locale) -> str:
    return format_time(value, "HH:mm" if locale.language in _PLAIN_HOURS else "short", locale=locale)


def month(value: Month, locale: Locale) -> str:
    """The month in words, "October 2026"."""
    return digits(format_skeleton("yMMMM", value.first(), locale=locale), locale)


def short(value: Short, locale: Locale) -> str:
    """The day or month with few letters, "5 Dec 2026" or "Oct 2026"."""
    day, skeleton = (value.of.first(), "yMMM") if isinstance(value.of, Month) else (value.of, "yMMMd")
    return digits(format_skeleton(skeleton, day, locale=locale), locale)


def country(value: Country, locale: Locale) -> str:
    """The name of the country; its code where the language has no name for it."""
    return str(locale.territories.get(value.code, value.code))


def moment(value: Moment, locale: Locale) -> str:
    """Date and time of day in the moment's own zone, "5 December 2026, 14:30"."""
    local = value.at.astimezone(ZoneInfo(value.zone))
    pattern = str(locale.datetime_formats["medium"])
    said = pattern.replace("{1}", _long(local, locale))
    return digits(said.replace("{0}", _time(local, locale)), locale)


RATIO = "1"
"""The unit of what has none, such as a rate; what it is based on is told beside it."""


def amount(value: Amount, locale: Locale) -> str:
    """The number with its unit: the symbol as it is written everywhere, a count or a ratio (`1`) without a word."""
    if value.unit in money.CURRENCIES:
        return _money(value, locale)
    known = unit(value.unit)
    if value.unit == RATIO:
        return number(value.value, locale)
    if known is None:
        return f"{number(value.value, locale)} {value.unit}"
    if known.symbol == "%":
        return _percent(value.value, locale)
    if known.symbol == "count":
        return number(value.value, locale)
    return _spaced(number(value.value, locale), known.symbol, locale)


def _money(value: Amount, locale: Locale) -> str:
    """The amount as the language writes money; where several currencies share the sign, with its name."""
    is_plain = money.currency(get_currency_symbol(value.unit, locale), str(locale)) == value.unit
    kind: Literal["name", "standard"] = "standard" if is_plain else "name"
    plain = Decimal(format(value.value, "f"))
    text = format_currency(plain, value.unit, locale=locale, format_type=kind, numbering_system="default")
    return digits(text, locale)


def _percent(value: Decimal, locale: Locale) -> str:
    share = Decimal(format(value, "f")).scaleb(-2)
    text = format_percent(share, locale=locale, decimal_quantization=False, numbering_system="default")
    return digits(text, locale)


def _spaced(written: str, symbol: str, locale: Locale) -> str:
    """French sets a narrow space that does not break before a symbol; elsewhere an ordinary one is usual."""
    return f"{written}{chr(0x202F) if locale.language == 'fr' else ' '}{symbol}"


_LATIN = re.compile("[A-Za-z]")


def listing(items: Sequence[Markup], locale: Locale) -> Markup:
    """The items as a list in a sentence, "water, waste and injuries"."""
    texts = [str(item) for item in items]
    if locale.language == "th" and len(texts) > 1 and any(map(_LATIN.search, texts)):
        # CLDR has nothing but a space between Thai items, which would run names of several words together.
        return Markup(f"{', '.join(texts[:-1])} และ {texts[-1]}")  # noqa: S704 (items are escaped)
    return Markup(format_list(texts, locale=locale))  # noqa: S704 (items are escaped)
