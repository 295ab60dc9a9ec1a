"""How people type a figure: each has a way of their own, in the manner of their language. Pure."""

from random import Random

WAYS = ("bare", "unit", "spaced", "grouped", "larger")
SLIP = 0.05
POINT = {"en": ".", "es": ",", "vi": ","}
COMMA = {"en": ",", "es": ".", "vi": "."}
LARGER = {"electricity": "MWh", "water": "ML", "waste": "t"}
SMALLER = {"electricity": "kWh", "water": "m³", "waste": "kg", "hours": "h"}


def way_of(stream: Random) -> str:
    """The way in which somebody types."""
    return stream.choice(WAYS)


def typed(metric: str, amount: int, way: str, language: str) -> str:
    """The amount, which is in the metric's base unit, as this person types it."""
    unit = SMALLER.get(metric, "")
    if way == "bare" or amount < 1000:
        return str(amount)
    if way == "larger" and metric in LARGER:
        whole, rest = divmod(amount, 1000)
        return f"{whole}{POINT[language]}{rest:03d}".rstrip("0").rstrip(".,") + f" {LARGER[metric]}"
    grouped = {"spaced": f"{amount:,}".replace(",", " "), "grouped": f"{amount:,}".replace(",", COMMA[language])}
    return f"{grouped.get(way, amount)} {unit}".strip()


def slipped(amount: int) -> str:
    """The amount with a zero too many."""
    return f"{amount}0"
