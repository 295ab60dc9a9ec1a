"""Which sentences of the code stand on buttons, and how wide a text is on a narrow phone."""

import ast
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from locales.catalogs import Key

WIDEST = 40
"""Letters of a Latin script that a button across a phone of 360 pixels shows before it is cut, names not counted."""

_LABELLED = frozenset({"Button", "Option"})
_PLACE = re.compile(r"\{[^}]*\}")


def labels(folders: Sequence[Path]) -> set[Key]:
    """Context and sentence of what is written on buttons.

    That is what comes first in a `Button`, what stands behind its key in a pair, and the values of a table that is
    offered as a whole, as in `[(key, label) for key, label in KINDS.items()]`.
    """
    trees = [ast.parse(path.read_text(encoding="utf-8")) for folder in folders for path in sorted(folder.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    offered = {name for node in nodes for name in _offered(node)}
    return {key for node in nodes for spot in _spots(node, offered) for key in _sentences(spot)}


def width(text: str) -> int:
    """How many Latin letters are as wide as the text without its placeholders.

    A Chinese character counts two; vowel signs and accents above or below a letter count nothing.
    """
    return sum(map(_width, _PLACE.sub("", text)))


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1


def _offered(node: ast.AST) -> Iterator[str]:
    """The names of tables that a piece of code turns into answers."""
    match node:
        case ast.ListComp(elt=ast.Tuple() | ast.Call() | ast.List(), generators=[ast.comprehension(iter=source), *_]):
            match source:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="items")):
                    yield name


def _spots(node: ast.AST, offered: set[str]) -> Iterable[ast.AST]:
    """What of a piece of code is a label."""
    match node:
        case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in _LABELLED:
            return [first]
        case ast.Tuple(elts=[ast.Constant(value=str()), second]):
            return [second]
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values)) if name in offered:
            return values
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values)) if name in offered:
            return values
    return []


def _sentences(node: ast.AST) -> Iterator[Key]:
    match node:
        case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(said)), *_]):
            yield "", said
        case ast.Call(
            func=ast.Name(id="p_"), args=[ast.Constant(value=str(context)), ast.Constant(value=str(said)), *_]
        ):
            yield context, said
        case ast.IfExp(body=body, orelse=orelse):
            yield from _sentences(body)
            yield from _sentences(orelse)
