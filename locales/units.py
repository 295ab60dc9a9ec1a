"""The units people report in: how each is written, and its exact worth in the base unit of its kind."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from functools import lru_cache
from types import MappingProxyType

from locales import folding
from locales.money import MONEY

FINEST = Decimal("0.000001")
"""The finest step of an amount in its base unit: the store keeps millionths."""


@dataclass(frozen=True)
class Unit:
    """`value * factor / divisor` is the worth in the unit `base`. The divisor keeps 1 GJ = 2500/9 kWh exact.

    `aliases` are other ways to write it, in any case of letters; of the `strict` ones the case counts as well.
    """

    symbol: str
    base: str
    factor: Decimal
    aliases: tuple[str, ...] = ()
    divisor: Decimal = Decimal(1)
    strict: tuple[str, ...] = ()

    def in_base(self, value: Decimal) -> Decimal:
        """The worth in the base unit: exact, or to the millionth where the quotient does not end."""
        with localcontext(prec=60):
            worth = value * self.factor / self.divisor
            return worth if self.divisor == 1 else worth.quantize(FINEST, ROUND_HALF_EVEN)


def _unit(symbol: str, base: str, factor: str, *aliases: str, divisor: str = "1") -> Unit:
    return Unit(symbol, base, Decimal(factor), (symbol, *aliases), Decimal(divisor))


# In South Asia, Vietnam, Thailand and China a "unit", "số" or 度 on the bill is one kWh.
_ENERGY = (
    _unit(
        "kWh", "kWh", "1", "kwhr", "kw/h", "kwhs", "kilowatt hour", "kilowatt hours", "unit", "units",
        "kilovatio hora", "kilovatios hora", "kilowattheure", "kilowattheures", "kilowattstunde",
        "kilowattstunden", "kilowatt jam", "kilowatt saat", "quilowatt hora", "quilowatts hora",
        "kw hora", "số", "số điện", "ki lô oát giờ", "यूनिट", "किलोवाट घंटा", "किलोवाट घंटे", "ইউনিট",
        "কিলোওয়াট ঘন্টা", "ك.و.س", "كيلوواط ساعة", "كيلو واط ساعة", "千瓦时", "度", "หน่วย",
        "กิโลวัตต์ชั่วโมง", "กว.-ชม.",
    ),
    _unit(
        "MWh", "kWh", "1000", "mw/h", "megawatt hour", "megawatt hours", "megavatio hora", "megavatios hora",
        "兆瓦时",
    ),
    _unit(
        "GWh", "kWh", "1000000", "gigawatt hour", "gigawatt hours",
    ),
    _unit(
        "MJ", "kWh", "10", "megajoule", "megajoules", "megajulio", "megajulios", divisor="36",
    ),
    _unit(
        "GJ", "kWh", "10000", "gigajoule", "gigajoules", "gigajulio", "gigajulios", divisor="36",
    ),
)  # fmt: skip

_VOLUME = (
    _unit(
        "m³", "m³", "1", "m^3", "cbm", "cum", "cu m", "cubic meter", "cubic meters", "cubic metre",
        "cubic metres", "metro cúbico", "metros cúbicos", "mètre cube", "mètres cubes", "khối",
        "mét khối", "घन मीटर", "घन मी॰", "ঘনমিটার", "ঘন মিটার", "م³", "متر مكعب", "立方米", "立方", "方",
        "ลบ.ม.", "ลูกบาศก์เมตร", "คิว", "meter kubik", "kubik", "metreküp",
    ),
    _unit(
        "L", "m³", "0.001", "ltr", "ltrs", "lt", "lts", "liter", "liters", "litre", "litres", "litro",
        "litros", "lít", "लीटर", "ली॰", "লিটার", "لتر", "升", "ลิตร", "ล.",
    ),
    _unit(
        "kL", "m³", "1", "kiloliter", "kiloliters", "kilolitre", "kilolitres", "kilolitro",
        "kilolitros",
    ),
    # "ml" is more often a millilitre, a billionth of a megalitre, so the capitals count.
    Unit("ML", "m³", Decimal(1000), ("megaliter", "megaliters", "megalitre", "megalitres"), strict=("ML",)),
)  # fmt: skip

_MASS = (
    _unit(
        "kg", "kg", "1", "kgs", "kilo", "kilos", "kilogram", "kilograms", "kilogramo", "kilogramos",
        "kilogramme", "kilogrammes", "quilo", "quilos", "quilograma", "quilogramas", "ký", "kí", "cân",
        "ki lô gam", "किलो", "किग्रा", "कि॰ग्रा॰", "কেজি", "كغ", "كغم", "كجم", "كيلو", "كيلوغرام", "公斤",
        "千克", "กก.", "กิโล", "กิโลกรัม",
    ),
    _unit(
        "t", "kg", "1000", "ton", "tons", "tonne", "tonnes", "metric ton", "metric tons", "mt",
        "tonelada", "toneladas", "tonelada métrica", "toneladas métricas", "tấn", "टन", "टन मीट्रिक",
        "मीट्रिक टन", "টন", "طن", "أطنان", "ط.م", "吨", "公吨", "ตัน", "ต.",
    ),
    _unit(
        "g", "kg", "0.001", "gr", "gm", "gms", "gram", "grams", "gramme", "grammes", "gramo", "gramos",
        "grama", "gramas", "gam", "ग्राम", "গ্রাম", "غرام", "克", "กรัม",
    ),
)  # fmt: skip

_OTHER = (
    _unit(
        "h", "h", "1", "hr", "hrs", "hour", "hours", "hora", "horas", "giờ", "heure", "heures",
        "stunde", "stunden", "std", "jam", "saat", "sa.", "घंटा", "घंटे", "घं॰", "ঘন্টা", "ঘণ্টা",
        "ساعة", "ساعات", "小时", "ชั่วโมง", "ชม.",
    ),
    _unit(
        "persons", "persons", "1", "person", "people", "worker", "workers", "employee", "employees",
        "persona", "personas", "trabajador", "trabajadores", "trabajadora", "trabajadoras", "empleado",
        "empleados", "người", "công nhân", "personne", "personnes", "pessoa", "pessoas", "orang",
        "kişi", "लोग", "व्यक्ति", "জন", "شخص", "أشخاص", "人", "คน",
    ),
    _unit(
        "count", "count", "1", "case", "cases", "caso", "casos", "ca", "vụ", "cas", "pcs", "piece",
        "pieces", "件", "次", "起",
    ),
    _unit(
        "%", "%", "1", "٪", "pct", "percent", "per cent", "por ciento", "por cento", "phần trăm",
        "pour cent", "प्रतिशत", "শতাংশ",
    ),
    # An amount of money has its currency for a unit; it is found by `locales/money.py`.
    _unit(MONEY, MONEY, "1"),
)  # fmt: skip

UNITS: Mapping[str, Unit] = MappingProxyType(
    {unit.symbol: unit for unit in (*_ENERGY, *_VOLUME, *_MASS, *_OTHER)},
)
"""Every unit we know, by symbol."""


def unit(written: str) -> Unit | None:
    """The unit of that symbol or alias among all we know."""
    return UNITS.get(written) or match(written, tuple(UNITS.values()))


def match(written: str, among: Sequence[Unit]) -> Unit | None:
    """The one of these units that the words mean, however they are spaced, dotted or capitalised.

    Accents may be left out, as on a keyboard that has none: "tan" is tấn.
    """
    exact, loose = _bare(written), _bare(written).casefold()
    found = next((unit for unit in among if exact in _strict(unit) or loose in _loose(unit)), None)
    return found or next((unit for unit in among if folding.letters(exact) in _without_accents(unit)), None)


@lru_cache(maxsize=256)
def _strict(unit: Unit) -> frozenset[str]:
    return frozenset(_bare(alias) for alias in unit.strict)


@lru_cache(maxsize=256)
def _loose(unit: Unit) -> frozenset[str]:
    return frozenset(_bare(alias).casefold() for alias in unit.aliases)


@lru_cache(maxsize=256)
def _without_accents(unit: Unit) -> frozenset[str]:
    return frozenset(folding.letters(_bare(alias)) for alias in unit.aliases)


def _bare(written: str) -> str:
    """The letters alone: m³ is m3, "kW.h", "kW·h" and "kW h" are kWh."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", written) if letter not in " .·-^'’॰*")
