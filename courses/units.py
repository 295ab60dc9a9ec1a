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
    }
)
"""Base unit to the units that people may use for it."""

COMPUTED = frozenset({"t CO₂e", "1"})
"""Units that only computed figures have; "1" is a rate or what one unit of output takes, and its basis says which."""
