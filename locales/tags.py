"""Language tags: which catalogues a tag stands for, and which conventions for numbers and dates."""

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}")

SOURCE = "en"
# Plain English is international English here: "5 December 2026", not "December 5, 2026".
_SPOKEN_AS = {SOURCE: "en_GB"}


@lru_cache(maxsize=1024)
def codes(tag: str) -> tuple[str, ...]:
    """The catalogues a tag may be served from, best first: "es-mx" gives es_MX and es; nonsense gives none."""
    if not _TAG.fullmatch(tag):
        return ()
    first, *rest = re.split("[-_]", tag)
    parts = [first.lower(), *map(_cased, rest)]
    return tuple("_".join(parts[:length]) for length in range(len(parts), 0, -1))


def _cased(subtag: str) -> str:
    """Scripts as Hans, territories as MX."""
    return subtag.title() if len(subtag) == 4 else subtag.upper()


@lru_cache(maxsize=1024)
def locale(tag: str) -> Locale:
    """The conventions for numbers, dates and lists: the closest that CLDR knows, else those of English."""
    for code in codes(tag):
        try:
            return Locale.parse(_SPOKEN_AS.get(code, code))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse(_SPOKEN_AS[SOURCE])
