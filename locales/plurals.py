"""Which form of a sentence goes with which count."""

from babel.messages.catalog import Catalog

_ONE_FORM = "nplurals=1; plural=0;"
_NOUGHT_IS_ONE = "nplurals=2; plural=(n > 1);"
_ONE_AND_MORE = "nplurals=2; plural=(n != 1);"
# Babel's own rules for these languages differ from those of CLDR, or are of an older custom.
_OURS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "bn": _NOUGHT_IS_ONE,
    "hi": _NOUGHT_IS_ONE,
    "id": _ONE_FORM,
    "tr": _ONE_AND_MORE,
}


def empty(code: str) -> Catalog:
    """A catalogue without messages whose header has the plural rule of the language."""
    catalog = Catalog(locale=code)
    rule = _OURS.get(code.partition("_")[0])
    if rule:
        catalog.mime_headers = [("Plural-Forms", rule)]
    return catalog


def rule(code: str) -> str:
    """The plural rule of a language, as the header of a catalogue states it."""
    return empty(code).plural_forms
