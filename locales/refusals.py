"""Why a typed figure is not taken, said to the person with what to type instead."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from locales import folding
from locales.money import COMMON, MONEY
from locales.text import Amount, Phrase, Raw, Words, _
from locales.units import Unit

Reason = Literal["no_number", "words", "range", "several", "exponent", "format", "unit", "fine", "large", "currency"]

_RANGE = re.compile(r" ?(-|~|\.\.+|…|to|a|al|hasta|đến|tới|से|থেকে|إلى|à|até|bis|sampai|ถึง|至|到) ?")
_EXPONENT = re.compile(r" ?(e|\^) ?", re.IGNORECASE)
# fmt: off
_SCALES = frozenset((
    "hundred", "thousand", "thousands", "million", "millions", "billion", "bn", "lakh", "lac", "lakhs", "lacs",
    "crore", "crores", "cr", "mil", "miles", "millón", "millones", "mn", "mio", "mln", "m", "milhão", "milhões",
    "mille", "millier", "milliers", "tausend", "tsd", "tỷ", "tỉ", "triệu", "tr", "nghìn", "ngàn", "trăm", "हज़ार",
    "हजार", "लाख", "करोड़", "হাজার", "লাখ", "লক্ষ", "কোটি", "ribu", "rb", "juta", "jt", "bin", "milyon", "ألف",
    "آلاف", "مليون", "dozen", "docena",
))
# fmt: on
_SCALES_BARE = frozenset(folding.letters(unicodedata.normalize("NFC", word)) for word in _SCALES)
# Thai and Chinese set no space between a number word and the unit behind it.
_UNSPACED = re.compile("พัน|หมื่น|แสน|ล้าน|[十百千万亿萬億]")
_SHOWN = 40


class Unreadable(Exception):
    """A text that is not taken as a figure, with the reason for a program."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def between(gap: str, second: str) -> Reason:
    """The reason when a second number follows: `gap` is what stands between the two."""
    if _EXPONENT.fullmatch(gap):
        return "exponent"
    if gap == "_":
        return "format"
    # A minus sign is read as a part of the second number, and here it is the dash of a range.
    return "range" if second.startswith("-") or _RANGE.fullmatch(gap) else "several"


def beside(typed: str) -> Reason:
    """The reason when what stands beside the number is no unit that is accepted."""
    words = folding.letters(unicodedata.normalize("NFC", typed)).replace(".", " ").split()
    scaled = bool(words) and (words[0] in _SCALES_BARE or _UNSPACED.match(words[0]) is not None)
    return "words" if scaled else "unit"


def phrase(reason: Reason, text: str, units: Sequence[Unit], default: Unit) -> Phrase:
    """What the person is told. Their words are shown again, cut short if they are long."""
    shown = Words(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
    is_money = default.symbol == MONEY
    example: Amount | Raw = Amount(Decimal(1250), COMMON if is_money else default.symbol)
    match reason:
        case "words":
            source = _("“{text}”: please write the number out in digits, for example {example}.")
        case "range":
            source = _("“{text}” looks like a range. Please type one number, for example {example}.")
        case "several":
            source = _("I see more than one number in “{text}”. Please type one, for example {example}.")
        case "unit":
            source = _("I cannot read “{text}” here. Please type a number alone or in one of these units: {units}.")
        case "currency":
            source = _("I cannot tell the currency of “{text}”. Please write its code as well, as in {example}.")
            example = Raw(f"1250 {COMMON}")
        case "fine" if is_money:
            source = _("“{text}” has more decimals than its currency has. Please type it again, as in {example}.")
        case "fine":
            source = _("“{text}” has too many decimals. Please type it with six at most, for example {example}.")
        case "large":
            source = _("“{text}” is too large for one site. Please check it and type it again, as in {example}.")
        case "exponent" | "format":
            source = _("I cannot read “{text}” as a number. Please type it as in {example}.")
        case "no_number":
            source = _("I find no number in “{text}”. Please type it in digits, for example {example}.")
    accepted = tuple(Raw(unit.symbol) for unit in units)
    return replace(source, values={"text": shown, "example": example, "units": accepted})
