"""The shapes that a part of a block may have. Each says, in Slack's words, what is wrong with a value and where."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


class Shape(Protocol):
    """Something that can look at a value."""

    def faults(self, value: Any, where: str) -> Iterator[str]:
        """What is wrong, each fault ending in a JSON pointer; nothing if all is well."""
        ...


def fault(words: str, where: str) -> str:
    """One fault as Slack words it."""
    return f"{words} [json-pointer:{where}]"


@dataclass(frozen=True)
class Words:
    """A string of so many characters; `pattern` has to match all of it."""

    most: int
    least: int = 1
    pattern: str | None = None

    def faults(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must provide a string", where)
        elif len(value) < self.least:
            yield fault(f"must be more than {self.least - 1} characters", where)
        elif len(value) > self.most:
            yield fault(f"must be less than {self.most + 1} characters", where)
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield fault("must match the expected format", where)


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def faults(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, bool):
            yield fault("must provide a boolean", where)


@dataclass(frozen=True)
class Whole:
    """A whole number within bounds."""

    most: int
    least: int = 0

    def faults(self, value: Any, where: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield fault("must provide an integer", where)
        elif not self.least <= value <= self.most:
            yield fault(f"must be between {self.least} and {self.most}", where)


@dataclass(frozen=True)
class Either:
    """One of a few words."""

    values: tuple[str, ...]

    def faults(self, value: Any, where: str) -> Iterator[str]:
        if value not in self.values:
            yield fault("must be a valid enum value", where)


@dataclass(frozen=True)
class Any_:
    """Anything: for parts that Slack checks and we do not use."""

    def faults(self, value: Any, where: str) -> Iterator[str]:
        yield from ()


@dataclass(frozen=True)
class Many:
    """A list of so many items."""

    item: Shape
    most: int
    least: int = 1

    def faults(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield fault("must provide an array", where)
            return
        if len(value) > self.most:
            yield fault(f"no more than {self.most} items allowed", where)
        if len(value) < self.least:
            yield fault(f"no less than {self.least} items allowed", where)
        for index, item in enumerate(value):
            yield from self.item.faults(item, f"{where}/{index}")


@dataclass(frozen=True)
class Text:
    """A text object of so many characters."""

    most: int
    kinds: tuple[str, ...] = ("plain_text",)

    def faults(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", where)
            return
        if value.get("type") not in self.kinds:
            yield fault("must be a valid enum value", f"{where}/type")
        yield from Words(self.most).faults(value.get("text"), f"{where}/text")
        allowed = {"type", "text", "emoji" if value.get("type") == "plain_text" else "verbatim"}
        yield from (fault(f"invalid additional property: {name}", where) for name in value if name not in allowed)


@dataclass(frozen=True)
class Fields:
    """An object with known fields, some of them required, and of some groups exactly one."""

    known: Mapping[str, Shape]
    required: tuple[str, ...] = ()
    exactly_one: tuple[str, ...] = ()
    at_least_one: tuple[str, ...] = ()

    def faults(self, value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield fault("must provide an object", where)
            return
        yield from (fault(f"missing required field: {name}", where) for name in self.required if name not in value)
        yield from self._choices(value, where)
        for name, part in value.items():
            if name in self.known:
                yield from self.known[name].faults(part, f"{where}/{name}")
            elif name != "type":
                yield fault(f"invalid additional property: {name}", where)

    def _choices(self, value: Mapping[str, Any], where: str) -> Iterator[str]:
        for group in (self.exactly_one, self.at_least_one):
            if group and not any(name in value for name in group):
                yield fault(f"missing required field: {group[0]}", where)
        if sum(name in value for name in self.exactly_one) > 1:
            yield fault(f"only one of these is allowed: {', '.join(self.exactly_one)}", where)


@dataclass(frozen=True)
class Typed:
    """An object whose `type` chooses its shape, among those that are allowed here."""

    shapes: Mapping[str, Shape]
    allowed: frozenset[str] = field(default_factory=frozenset)

    def faults(self, value: Any, where: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            yield fault("missing required field: type", where)
        elif kind not in self.shapes or (self.allowed and kind not in self.allowed):
            yield fault(f"unsupported type: {kind}", f"{where}/type")
        else:
            yield from self.shapes[kind].faults(value, where)
