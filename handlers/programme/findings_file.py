"""Reads findings.csv: one line for each finding of an audit, with the auditor and the auditor's reference."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from courses.faults import Fault
from handlers.programme.capa_terms import SEVERITIES
from handlers.programme.table import Row, read_table

FILE = "findings.csv"
COLUMNS = ("reference", "site", "finding", "severity", "found_on", "auditor")
OPTIONAL = ("requirement",)
EARLIEST = date(2000, 1, 1)


@dataclass(frozen=True)
class FindingRow:
    """A line of findings.csv; site and reference together tell a finding from others."""

    reference: str
    site: str
    finding: str
    requirement: str
    severity: str
    found_on: date
    auditor: str


def read_findings(path: Path, sites: Collection[str], faults: list[Fault]) -> tuple[FindingRow, ...]:
    """The findings of the file, none if there is no such file."""
    if not path.exists():
        return ()
    lines = [(_finding(row, sites), row) for row in read_table(path, COLUMNS, OPTIONAL, faults)]
    seen: dict[tuple[str, str], int] = {}
    for finding, row in lines:
        key = (finding.site, finding.reference)
        if key in seen:
            row.fault(f"'{finding.reference}' of '{finding.site}' is on line {seen[key]} already")
        seen.setdefault(key, row.line)
    return tuple(finding for finding, _row in lines)


def _finding(row: Row, sites: Collection[str]) -> FindingRow:
    site = row.text("site")
    if site and site not in sites:
        row.fault(f"site '{site}' is not in suppliers.csv")
    return FindingRow(
        reference=row.text("reference"),
        site=site,
        finding=row.long_text("finding", 500),
        requirement=row.optional("requirement"),
        severity=row.one_of("severity", SEVERITIES),
        found_on=_day(row),
        auditor=row.text("auditor"),
    )


def _day(row: Row) -> date:
    typed = row.cells.get("found_on", "")
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        row.fault(f"found_on '{typed}' must look like 2026-10-31")
        return EARLIEST
    if day < EARLIEST:
        row.fault(f"found_on '{typed}' is too long ago")
    return day
