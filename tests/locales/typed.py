"""The table of typed figures, `typed.toml`, as its rows are used in tests."""

import tomllib
from pathlib import Path

_TABLE: dict[str, list[list[str]]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

ENERGY = ("kWh", "MWh", "GWh", "GJ")
"""The units of the electricity metric, in which all rows without units of their own are read."""
READ = [tuple(row) for row in _TABLE["read"]]
ASKED = [tuple(row) for row in _TABLE["asked"]]
REFUSED = [tuple(row) for row in _TABLE["refused"]]
WITH_UNIT = [tuple(row) for row in _TABLE["with_unit"]]
AMBIGUOUS = frozenset(typed for _language, typed, *_meanings in ASKED)
