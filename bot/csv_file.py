"""Tables as CSV: ISO dates, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(value: Any) -> Any:
    """ISO for dates and moments; words that a sheet would take for a formula are quoted."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) and not _is_number(value) else value
    return value.isoformat() if hasattr(value, "isoformat") else value


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A whole file in UTF-8, with the mark by which spreadsheets know it, so that names keep their letters."""
    made = io.StringIO()
    writer = csv.writer(made)
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _is_number(value: str) -> bool:
    """Whether this is nothing but a number: a negative one is no formula."""
    return value[1:].replace(".", "", 1).isdigit()
