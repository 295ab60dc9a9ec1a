"""Currencies: the codes of ISO 4217, what people write for them, and how fine each is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name, get_currency_precision, get_territory_currencies

from locales import folding, tags

MONEY = "money"
"""The unit of a metric whose figures are amounts of money, each in a currency of its own."""
COMMON = "USD"
"""The currency of an example where no other is nearer."""

CURRENCIES = frozenset(
    code
    for tenders in get_global("territory_currencies").values()
    for code, _begun, ended, tender in tenders
    if ended is None and tender
)
"""The codes of all currencies that are legal tender somewhere today."""

_SIGNS: Mapping[str, str] = {
    "us$": "USD", "u$s": "USD", "€": "EUR", "£": "GBP", "₫": "VND", "đ": "VND", "vnđ": "VND", "đồng": "VND",
    "₹": "INR", "৳": "BDT", "tk": "BDT", "taka": "BDT", "टका": "BDT", "টাকা": "BDT", "₺": "TRY", "tl": "TRY",
    "r$": "BRL", "reais": "BRL", "rp": "IDR", "rupiah": "IDR", "rm": "MYR", "ringgit": "MYR", "฿": "THB", "baht": "THB",
    "บาท": "THB", "៛": "KHR", "riel": "KHR", "元": "CNY", "人民币": "CNY", "rmb": "CNY", "yuan": "CNY", "円": "JPY",
    "₩": "KRW", "₱": "PHP", "₪": "ILS", "₦": "NGN", "₵": "GHS", "₡": "CRC", "₲": "PYG", "₴": "UAH", "₽": "RUB",
    "₸": "KZT", "₼": "AZN", "₾": "GEL", "s/": "PEN", "soles": "PEN", "quetzales": "GTQ", "lempiras": "HNL",
    "birr": "ETB", "euro": "EUR", "euros": "EUR", "zł": "PLN", "kč": "CZK", "ft": "HUF", "лв": "BGN", "lei": "RON",
}  # fmt: skip
_OPEN = frozenset(("$", "¥", "kr", "rs", "₨", "fr", "lek", "din"))
"""Signs that several currencies share: nobody can tell which is meant, so the code is asked for."""


def currency(written: str, language: str) -> str | None:
    """The code of a currency by its code, its sign or its name in the language or in English; None if that is open."""
    bare = _bare(written)
    if bare in _OPEN:
        return None
    return _names(language).get(bare) or _names(tags.SOURCE).get(bare)


def currency_of(country: str) -> str:
    """The currency that is tender in a country (ISO 3166), the usual one where there are several."""
    try:
        return str(next(iter(get_territory_currencies(country)), COMMON))
    except KeyError:
        return COMMON


def places(code: str) -> int:
    """How many decimals amounts in this currency have."""
    return get_currency_precision(code)


@lru_cache(maxsize=16)
def _names(language: str) -> Mapping[str, str]:
    """The codes by what people of a language write for them; what stands for several is left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for written, code in _written(tags.locale(language)):
        found[_bare(written)].add(code)
    alone = {bare: codes.pop() for bare, codes in found.items() if len(codes) == 1 and bare not in _OPEN}
    return alone | {_bare(sign): code for sign, code in _SIGNS.items()} | {code.casefold(): code for code in CURRENCIES}


def _written(locale: Locale) -> Iterator[tuple[str, str]]:
    for code in CURRENCIES:
        yield locale.currency_symbols.get(code, code), code
        yield locale.currencies.get(code, code), code
        yield from ((get_currency_name(code, count=count, locale=locale), code) for count in (1, 2, 5))


def _bare(written: str) -> str:
    return "".join(letter for letter in folding.letters(written) if letter not in " .\u202f\u00a0")
