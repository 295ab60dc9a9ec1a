"""Formulas over figures, such as `injuries * 200000 / hours`: read once, then computed with exact decimals.

A formula has numbers, names, `+ - * /` and parentheses. A name is the key of a metric or of a factor (`co2.diesel`).
`a | b` is the first of the two that is asked of the site, `a?` is nothing where it is not asked. A key may have
hyphens, so a minus stands between spaces.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

LONGEST = 400
DEEPEST = 20
PRECISION = 50
"""Digits kept while computing: more than any product of two figures has."""

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*(?:[-.][a-z0-9_]+)*)|(?P<sign>[-+*/()|?]))\s*", re.ASCII
)


class FormulaError(Exception):
    """A formula that cannot be read; the message says where."""


class ZeroDivisorError(Exception):
    """A divisor that is nought; `divisor` is its part of the formula."""

    def __init__(self, divisor: str) -> None:
        super().__init__(divisor)
        self.divisor = divisor


@dataclass(frozen=True)
class Number:
    """A number as it is written."""

    value: Decimal

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Term:
    """One name, or several of which the first that is asked counts; an `optional` one may be none of them."""

    keys: tuple[str, ...]
    optional: bool = False

    def __str__(self) -> str:
        return " | ".join(self.keys) + ("?" if self.optional else "")

    @property
    def is_factor(self) -> bool:
        """Whether it names a factor rather than a figure: those have a dot."""
        return "." in self.keys[0]


@dataclass(frozen=True)
class Operation:
    """Two parts and the sign between them."""

    sign: str
    left: "Node"
    right: "Node"

    def __str__(self) -> str:
        return f"({self.left} {self.sign} {self.right})"


Node = Number | Term | Operation


@dataclass(frozen=True)
class Formula:
    """A formula that was read."""

    root: Node

    def terms(self) -> tuple[Term, ...]:
        """The terms in the order they stand in, each once."""
        return tuple(dict.fromkeys(_terms(self.root)))

    def keys(self) -> tuple[str, ...]:
        """Every name, each once."""
        return tuple(dict.fromkeys(key for term in self.terms() for key in term.keys))

    def value(self, of: Callable[[Term], Decimal]) -> Decimal:
        """The formula's value, `of` giving that of a term; raises `ZeroDivisorError`."""
        with localcontext(prec=PRECISION):
            return _value(self.root, of)


@lru_cache(maxsize=256)
def parse(text: str) -> Formula:
    """The formula of a text; raises `FormulaError`."""
    if len(text) > LONGEST:
        raise FormulaError(f"is longer than {LONGEST} characters")
    reader = _Reader(list(_tokens(text)))
    root = reader.sum()
    if (left := reader.peek()) is not None:
        raise FormulaError(f"'{left[1]}' is not expected there")
    return Formula(root)


def _terms(node: Node) -> Iterator[Term]:
    match node:
        case Term():
            yield node
        case Operation():
            yield from _terms(node.left)
            yield from _terms(node.right)


def _value(node: Node, of: Callable[[Term], Decimal]) -> Decimal:
    match node:
        case Number():
            return node.value
        case Term():
            return of(node)
        case Operation():
            return _applied(node, _value(node.left, of), _value(node.right, of))


def _applied(node: Operation, left: Decimal, right: Decimal) -> Decimal:
    match node.sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    if right == 0:
        raise ZeroDivisorError(str(node.right))
    return left / right


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place = 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise FormulaError(f"'{text[place:].strip()[:20]}' cannot be read")
        yield match.lastgroup, match[match.lastgroup]
        place = match.end()


class _Reader:
    """Reads tokens from left to right, each rule calling the one that binds tighter."""

    def __init__(self, tokens: Sequence[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def peek(self) -> tuple[str, str] | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def sum(self) -> Node:
        return self._chain(self._product, "+-")

    def _product(self) -> Node:
        return self._chain(self._single, "*/")

    def _chain(self, part: Callable[[], Node], signs: str) -> Node:
        node = part()
        while sign := self._taken(signs):
            node = Operation(sign, node, part())
        return node

    def _single(self) -> Node:
        token = self.peek()
        if token is None:
            raise FormulaError("ends where a number or a name is expected")
        self._place += 1
        kind, text = token
        if kind == "number":
            return Number(Decimal(text))
        if kind == "name":
            return self._term(text)
        if text != "(":
            raise FormulaError(f"'{text}' is not expected there")
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError("has too many parentheses inside one another")
        inner = self.sum()
        self._depth -= 1
        if not self._taken(")"):
            raise FormulaError("a parenthesis is not closed")
        return inner

    def _term(self, first: str) -> Term:
        keys = [first]
        while self._taken("|"):
            token = self.peek()
            if token is None or token[0] != "name":
                raise FormulaError("a name is expected after |")
            keys.append(token[1])
            self._place += 1
        return Term(tuple(keys), optional=bool(self._taken("?")))

    def _taken(self, signs: str) -> str:
        """The next sign if it is one of these, then it is behind us; else nothing."""
        token = self.peek()
        if token is None or token[0] != "sign" or token[1] not in signs:
            return ""
        self._place += 1
        return token[1]
