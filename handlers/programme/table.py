"""Reads a CSV file of a programme folder into checked cells; every fault is noted with file and line."""

import csv
import io
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from babel import Locale

from courses.faults import Fault

COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha())


@dataclass
class Row:
    """One line of the file; each getter gives a checked cell and notes what is wrong with it."""

    file: str
    line: int
    cells: dict[str, str]
    faults: list[Fault]

    def fault(self, message: str) -> None:
        """Note what is wrong with this line."""
        self.faults.append(Fault(self.file, self.line, message))

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.cells.get(column, "")
        if not value:
            self.fault(f"{column} is empty")
        return value

    def optional(self, column: str) -> str:
        """A cell that may be empty."""
        return self.cells.get(column, "")

    def one_of(self, column: str, known: Collection[str], *, empty: bool = False) -> str:
        """A cell that must be one of some words."""
        value = self.cells.get(column, "")
        if value not in known and not (empty and not value):
            options = f"; known: {', '.join(sorted(known))}" if len(known) <= 20 else ""
            self.fault(f"{column} '{value}' is not known{options}")
        return value

    def country(self, column: str) -> str:
        """An ISO 3166 code of two letters."""
        value = self.cells.get(column, "")
        if value not in COUNTRIES:
            self.fault(f"{column} '{value}' is not a country code of two letters; for example VN")
        return value

    def timezone(self, column: str) -> str:
        """A name from the time zone database."""
        value = self.cells.get(column, "")
        if value not in available_timezones():
            self.fault(f"{column} '{value}' is not a time zone; for example Asia/Ho_Chi_Minh")
            return "UTC"
        return value


def read_table(path: Path, columns: Sequence[str], optional: Sequence[str], faults: list[Fault]) -> Iterator[Row]:
    """The lines of a CSV file in UTF-8, separated by commas or semicolons; nothing if its header is wrong."""
    text = _read_text(path, faults)
    if text is None:
        return
    header = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if header.count(";") > header.count(",") else ",")
    names = [name.strip() for name in reader.fieldnames or []]
    missing = [column for column in columns if column not in names]
    unknown = [name for name in names if name not in (*columns, *optional)]
    if missing or unknown:
        faults += [Fault(path.name, 1, f"the column {column} is missing") for column in missing]
        faults += [Fault(path.name, 1, f"the column {name!r} is not known") for name in unknown]
        return
    reader.fieldnames = names
    for cells in reader:
        if None in cells:
            faults.append(Fault(path.name, reader.line_num, "has more cells than the header"))
            continue
        kept = {name: (value or "").strip() for name, value in cells.items()}
        if any(kept.values()):
            yield Row(path.name, reader.line_num, kept, faults)


def _read_text(path: Path, faults: list[Fault]) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "is missing"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(Fault(path.name, line, "is not UTF-8; save it as 'CSV UTF-8'"))
    return None
