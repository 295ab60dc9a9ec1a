"""Reads TOML into checked values; every fault has the line it stands on."""

import re
import tomllib
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from courses.faults import ContentError, Fault

M = TypeVar("M", bound=BaseModel)
Place = tuple[str | int, ...]
"""The way to a value: keys, and the place in a list."""

_TABLE = re.compile(r"\s*(?P<array>\[)?\[\s*(?P<name>[^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*(?P<name>[\w.\"' -]+?)\s*=")
_LONG_TEXT = re.compile(r'"""|\'\'\'')
_SAID = {"missing": "is missing", "extra_forbidden": "is not a known key"}


def parsed(file: str, text: str, above: int = 0) -> dict[str, Any]:
    """The tables of a text; `above` counts the lines of the file before it. Raises `ContentError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else len(text.splitlines())
        raise ContentError([Fault(file, above + line, f"is not TOML: {error}")]) from error


def checked(kind: type[M], table: dict[str, Any], file: str, text: str, above: int = 0, place: Place = ()) -> M:
    """The table as a value of this kind; raises `ContentError` with every fault and its line.

    `place` is the way to the table in the text, empty for the text as a whole.
    """
    try:
        return kind.model_validate(table)
    except ValidationError as error:
        faults = [Fault(file, above + line_of(text, (*place, *one["loc"])), _said(one)) for one in error.errors()]
        raise ContentError(faults) from error


def _said(one: ErrorDetails) -> str:
    name = ".".join(str(part + 1 if isinstance(part, int) else part) for part in one["loc"] if part != "[key]")
    message = _SAID.get(one["type"]) or one["msg"].removeprefix("Value error, ")
    return f"{name}: {message}" if name else message


def line_of(text: str, place: Place) -> int:
    """The line of a key, else of the nearest thing around it that has one; 1 if nothing has."""
    lines = _lines(text)
    return next((lines[place[:depth]] for depth in range(len(place), 0, -1) if place[:depth] in lines), 1)


def _lines(text: str) -> dict[Place, int]:
    """The line of each key and table."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    in_long_text = False
    for number, line in enumerate(text.split("\n"), 1):
        if not in_long_text:
            if header := _TABLE.match(line):
                table = _table(header, counts)
                found.setdefault(table, number)
            elif key := _KEY.match(line):
                found.setdefault((*table, *_names(key["name"])), number)
        in_long_text ^= len(_LONG_TEXT.findall(line)) % 2 == 1
    return found


def _table(header: re.Match[str], counts: dict[Place, int]) -> Place:
    """The place of a table; in lists of tables, the one that was begun last."""
    names = _names(header["name"])
    if header["array"]:
        counts[names] = counts.get(names, -1) + 1
    place: Place = ()
    for depth, name in enumerate(names, 1):
        count = counts.get(names[:depth])
        place = (*place, name) if count is None else (*place, name, count)
    return place


def _names(dotted: str) -> tuple[str, ...]:
    return tuple(name.strip(" \"'") for name in dotted.split("."))
