"""What a visitor does as one of the people: a name from our own tables and the fields that came with it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

Given = Mapping[str, Any]
Who = TypeVar("Who")
Deed = Callable[[Who, Given], dict[str, Any] | None]


class Unfit(ValueError):
    """A deed that cannot be done; the text says why."""


def done(deeds: Mapping[str, Deed[Who]], name: str, who: Who, given: Given) -> dict[str, Any]:
    """What came of the deed; raises Unfit for a name or a field that is not known."""
    if name not in deeds:
        raise Unfit(f"There is no deed called {name}.")
    try:
        return deeds[name](who, given) or {}
    except KeyError as error:
        raise Unfit(f"{name} needs {error.args[0]}.") from error


def text(given: Given, name: str) -> str:
    """A field that must be a text."""
    value = given[name]
    if not isinstance(value, str):
        raise Unfit(f"{name} must be a text.")
    return value
