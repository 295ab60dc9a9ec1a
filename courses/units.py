"""The units that figures are kept in, and those that convert to each. `locales/units.py` knows what each is worth."""

from collections.abc import Mapping
from types import MappingProxyType

CONVERTIBLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "kWh": frozenset({"kWh", "MWh", "GWh", "MJ", "GJ"}),
        "m³": frozenset({"m³", "L", "kL", "ML"}),
        "kg": frozenset({"kg", "t", "g"}),
        "h": frozenset({"h"}),
        "persons": frozenset({"persons"}),
        "count": frozenset({"count"}),
        "%": frozenset({"%"}),
        "money": frozenset({"money"}),
    }
)
"""Base unit to the units that people may use for it."""

MONEY = "money"
"""Amounts of money: each is in a currency of its own, so they are never added up, compared or computed with."""

COMPUTED = frozenset({"t CO₂e", "1"})
"""Units that only computed figures have; "1" is a rate or what one unit of output takes, and its basis says which."""
