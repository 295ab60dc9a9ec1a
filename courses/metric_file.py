"""The file of a metric: its table, and the `[[parts]]` that are figures of their own."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.faults import ContentError, Fault
from courses.files import text_of
from courses.model import Metric
from courses.toml import Place, checked, line_of, parsed

HANDED_DOWN = ("base_unit", "period", "direction", "references", "version", "valid_from", "changed", "ready")
"""What a part has from its metric unless it says otherwise."""
HANDED_DOWN_IF_ASKED = ("units", "why", "evidence")


@dataclass(frozen=True)
class Written:
    """A metric as it stands in a file."""

    metric: Metric
    file: str
    text: str
    place: Place

    def fault(self, name: str, message: str) -> Fault:
        """A fault of the metric's value of this name."""
        return Fault(self.file, line_of(self.text, (*self.place, name)), f"{name}: {message}")


def read_metrics(path: Path) -> list[Written]:
    """The metric of a file, whose name is its key, then its parts; raises `ContentError`."""
    file = f"metrics/{path.name}"
    text = text_of(path, file)
    table = parsed(file, text)
    if "key" in table:
        raise ContentError([Fault(file, 1, "key: the name of the file is the key; leave this line out")])
    parts = table.pop("parts", [])
    found, faults = [], []
    tables: list[tuple[Place, dict[str, Any]]] = [((), {"key": path.stem, **table})]
    tables += [(("parts", place), _whole(part, path.stem, table)) for place, part in enumerate(parts)]
    for place, one in tables:
        try:
            found.append(Written(checked(Metric, one, file, text, place=place), file, text, place))
        except ContentError as error:
            faults += error.faults
    if faults:
        raise ContentError(faults)
    return found


def _whole(part: dict[str, Any], key: str, table: dict[str, Any]) -> dict[str, Any]:
    """A part with what it has from its metric."""
    names = HANDED_DOWN if "formula" in part else (*HANDED_DOWN, *HANDED_DOWN_IF_ASKED)
    # A unit goes with its own words only: those of the metric may be of another kind.
    kept = [name for name in names if name in table and not (name == "units" and "base_unit" in part)]
    return {**{name: table[name] for name in kept}, **part, "part_of": key}
