"""The order in which a line is read across the page, for text that runs from right to left or mixes directions.

By the Unicode Bidirectional Algorithm as python-bidi has it. Its compiled half does not mirror brackets and gives no
levels, so the steps of its plain half are called one by one.
"""

from dataclasses import dataclass
from itertools import groupby
from unicodedata import bidirectional, mirrored

from bidi import algorithm
from bidi.mirror import MIRRORED

_RIGHT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_STRONG = {"L": "\u202a", "R": "\u202b", "AL": "\u202b"}
_FIRST_STRONG, _LEFT_ISOLATE, _RIGHT_ISOLATE, _END = "\u2068", "\u2066", "\u2067", "\u2069"
_EMBEDDED = {_LEFT_ISOLATE: "\u202a", _RIGHT_ISOLATE: "\u202b", _END: "\u202c"}
_AROUND = {False: "\u200e", True: "\u200f"}
_MARKS = dict.fromkeys((*range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


@dataclass(frozen=True)
class Stretch:
    """Characters of one direction, in the order in which they are written down."""

    text: str
    rtl: bool


def is_rtl(line: str) -> bool:
    """Whether anything in a line runs from right to left."""
    return any(bidirectional(char) in _RIGHT for char in line)


def is_ltr(text: str) -> bool:
    """Whether a text has letters, and all of them run from left to right."""
    return any(bidirectional(char) == "L" for char in text) and not is_rtl(text)


def visual(line: str, *, rtl: bool) -> list[Stretch]:
    """The stretches of a line from left to right as they stand on the page; `rtl` is the direction of the whole."""
    if not rtl and not is_rtl(line):
        return [Stretch(line.translate(_MARKS), rtl=False)] if line else []
    chars = _levelled(_embedded(line, rtl), rtl)
    found = []
    for odd, run in groupby(chars, key=lambda one: one[1] % 2 == 1):
        text = "".join(char for char, _level in run)
        found.append(Stretch(text[::-1] if odd else text, rtl=odd))
    return [Stretch(kept, one.rtl) for one in found if (kept := one.text.translate(_MARKS))]


def turned(text: str) -> str:
    """What is not shaped, as it stands on the page in a stretch from right to left: backwards, brackets mirrored."""
    return "".join(MIRRORED.get(char, char) if mirrored(char) else char for char in reversed(text))


def _embedded(line: str, rtl: bool) -> str:
    """The line with embeddings in the place of isolates, which python-bidi does not know.

    A mark of the line's own direction on either side keeps what is within from pulling its neighbours along.
    """
    parts = []
    for place, char in enumerate(line):
        opening = _opening(line[place + 1 :]) if char == _FIRST_STRONG else _EMBEDDED.get(char, char)
        parts += [opening, _AROUND[rtl]] if char == _END else [_AROUND[rtl], opening] if opening != char else [char]
    return "".join(parts)


def _opening(rest: str) -> str:
    """The embedding that a first-strong isolate stands for, by the first letter within it."""
    inside = rest.partition(_END)[0]
    return next((_STRONG[kind] for char in inside if (kind := bidirectional(char)) in _STRONG), _STRONG["L"])


def _levelled(line: str, rtl: bool) -> list[tuple[str, int]]:
    """The characters in visual order with their levels, before mirroring."""
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = int(rtl), "LR"[rtl]
    algorithm.get_embedding_levels(line, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage, False)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    return [(one["ch"], one["level"]) for one in storage["chars"]]
