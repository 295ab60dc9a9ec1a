"""Reads a CSV file of a programme folder into checked cells; every fault is noted with file and line."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from courses.faults import Fault
from handlers.programme import known

LONGEST = 120
"""Characters of a cell: names are said in messages and on buttons."""
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


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

    def optional(self, column: str) -> str:
        """A cell that may be empty."""
        value = self.cells.get(column, "")
        if len(value) > LONGEST:
            self.fault(f"{column} has {len(value)} characters, over {LONGEST}")
        return value

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.optional(column)
        if not value:
            self.fault(f"{column} is empty")
        return value

    def long_text(self, column: str, longest: int) -> str:
        """A cell of whole sentences that must not be empty."""
        value = self.cells.get(column, "")
        if not value:
            self.fault(f"{column} is empty")
        if len(value) > longest:
            self.fault(f"{column} has {len(value)} characters, over {longest}")
        return value

    def key(self, column: str) -> str:
        """A name that never changes and fits on a button's action."""
        value = self.text(column)
        if value and not _KEY.fullmatch(value):
            self.fault(f"{column} '{value}' must be up to 40 small letters, digits and hyphens; for example song-cau")
        return value

    def one_of(self, column: str, words: Collection[str], *, empty: bool = False) -> str:
        """A cell that must be one of some words."""
        value = self.cells.get(column, "")
        if value not in words and not (empty and not value):
            self.fault(f"{column} '{value}' is not known; known: {', '.join(sorted(words))}")
        return value

    def pattern(self, column: str, pattern: str, example: str) -> str:
        """A cell that is empty or has a given form."""
        value = self.optional(column)
        if value and not re.fullmatch(pattern, value):
            self.fault(f"{column} '{value}' must look like {example}")
        return value

    def country(self, column: str) -> str:
        """An ISO 3166 code of two letters."""
        value = self.cells.get(column, "")
        if value not in known.countries():
            self.fault(f"{column} '{value}' is not a country code of two letters; for example VN")
        return value

    def timezone(self, column: str, *, empty: bool = False) -> str:
        """A name from the time zone database."""
        value = self.cells.get(column, "")
        if value not in known.zones() and not (empty and not value):
            self.fault(f"{column} '{value}' is not a time zone; for example Asia/Ho_Chi_Minh")
        return value

    def languages(self, column: str) -> tuple[str, ...]:
        """Codes of languages joined by +, none if the cell is empty."""
        codes = tuple(code.strip() for code in self.cells.get(column, "").split("+") if code.strip())
        for code in codes:
            if code not in known.languages():
                self.fault(f"{column} '{code}' is not a language code; for example vi or pt_BR")
        return codes


def read_table(path: Path, columns: Sequence[str], optional: Sequence[str], faults: list[Fault]) -> Iterator[Row]:
    """The lines of a CSV file in UTF-8, separated by commas or semicolons; nothing if its header is wrong."""
    text = _read_text(path, faults)
    if text is None:
        return
    records = _records(path.name, text, faults)
    _line, names = next(records, (1, []))
    wrong = [f"the column {column} is missing" for column in columns if column not in names]
    wrong += [f"the column '{name}' is not known" for name in names if name not in (*columns, *optional)]
    wrong += [f"the column {name} is there twice" for name in dict.fromkeys(names) if names.count(name) > 1]
    if wrong:
        faults += [Fault(path.name, 1, message) for message in wrong]
        return
    for line, cells in records:
        if not any(cells):
            continue
        if len(cells) < len(names) or any(cells[len(names) :]):
            faults.append(Fault(path.name, line, f"has {len(cells)} cells; the header has {len(names)}"))
            continue
        yield Row(path.name, line, dict(zip(names, cells, strict=False)), faults)


def _records(file: str, text: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins on; spaces around and within cells are put in order."""
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [" ".join(cell.split()) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file, line, f"cannot be read as CSV: {error}"))


def _read_text(path: Path, faults: list[Fault]) -> str | None:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        faults.append(Fault(path.name, 0, "is missing"))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(Fault(path.name, line, "is not UTF-8; save it as 'CSV UTF-8'"))
    return None
