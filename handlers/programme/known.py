"""The time zones, countries and languages that a programme folder may name. Each is looked up once."""

from functools import lru_cache
from zoneinfo import available_timezones

from babel import Locale

# Groupings and placeholders that CLDR lists beside the countries.
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "XA", "XB", "ZZ"})


@lru_cache(maxsize=1)
def zones() -> frozenset[str]:
    """The names of the time zone database, such as Asia/Dhaka."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The ISO 3166 codes of two letters."""
    return frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2) - _NO_COUNTRIES


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The codes of languages, such as vi or pt_BR."""
    return frozenset(map(str, Locale("en").languages))
