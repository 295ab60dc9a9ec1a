"""Emission factors and heating values: each with its unit, its year and the source it was taken from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from courses.faults import ContentError, Fault
from courses.files import text_of
from courses.model import Definition, Words
from courses.toml import checked, line_of, parsed

FILE = "factors.toml"

FactorKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+\.[a-z][a-z0-9-]*$")]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]


class Source(Definition):
    """Where factors were published. `note` says how they were made and how they came here."""

    key: str
    name: Words
    url: Words
    note: Words


class Factor(Definition):
    """A number that turns a figure into another: `value` of `unit` for one base unit of the figure.

    `country` is empty for what holds everywhere. `year` is the one it describes, or was published for.
    """

    key: FactorKey
    value: Decimal = Field(ge=0)
    unit: Words
    year: int = Field(ge=2000, le=2100)
    source: str
    country: Country = ""


class _File(Definition):
    sources: tuple[Source, ...] = ()
    factors: tuple[Factor, ...]


@dataclass(frozen=True)
class Factors:
    """All factors, and their sources by key."""

    all: tuple[Factor, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def keys(self) -> frozenset[str]:
        """The names that formulas may use."""
        return frozenset(one.key for one in self.all)

    def find(self, key: str, country: str, year: int) -> Factor | None:
        """The factor for a country and year: the newest that is not younger, else the oldest; None if there is none."""
        fitting = sorted((one for one in self.all if one.key == key and one.country in ("", country)), key=_order)
        known = [one for one in fitting if one.year <= year]
        return known[-1] if known else fitting[0] if fitting else None


def _order(factor: Factor) -> tuple[bool, int]:
    return bool(factor.country), factor.year


def load_factors(folders: Sequence[Path]) -> Factors:
    """The factors of these folders; one of a later folder replaces that of its key, country and year.

    Raises `ContentError`.
    """
    factors: dict[tuple[str, str, int], Factor] = {}
    sources: dict[str, Source] = {}
    for path in (folder / FILE for folder in folders):
        if path.exists():
            text = text_of(path, FILE)
            read = checked(_File, parsed(FILE, text), FILE, text)
            sources |= {one.key: one for one in read.sources}
            _refuse(_faults(read, sources, text))
            factors |= {(one.key, one.country, one.year): one for one in read.factors}
    return Factors(tuple(factors.values()), sources)


def _faults(read: _File, sources: Mapping[str, Source], text: str) -> Iterable[Fault]:
    seen = set()
    for place, one in enumerate(read.factors):
        what = (one.key, one.country, one.year)
        if one.source not in sources:
            line = line_of(text, ("factors", place, "source"))
            yield Fault(FILE, line, f"no source is called '{one.source}'")
        if what in seen:
            line = line_of(text, ("factors", place, "key"))
            yield Fault(FILE, line, f"{one.key}: another factor is for the same country and year")
        seen.add(what)


def _refuse(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise ContentError(found)
