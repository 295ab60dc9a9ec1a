"""Sentences as templates: `{placeholders}`, the tags <b> and <i>, and nothing else.

Every other character is text, so "CO2 < 5 & falling" or a stray brace needs no care by whoever writes a sentence.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from html import unescape

from markupsafe import Markup, escape

_PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_TAG = re.compile(r"</?[bi]>")
_PIECE = re.compile(rf"({_PLACE.pattern.replace('(', '(?:')}|{_TAG.pattern})")


def places(template: str) -> frozenset[str]:
    """The names of the placeholders."""
    return frozenset(_PLACE.findall(template))


def tags(template: str) -> tuple[str, ...]:
    """The tags in it, sorted, each as often as it occurs."""
    return tuple(sorted(_TAG.findall(template)))


def balanced(template: str) -> bool:
    """Whether every tag is closed in the right order."""
    opened: list[str] = []
    for tag in _TAG.findall(template):
        if not tag.startswith("</"):
            opened.append(tag)
        elif not opened or opened.pop() != tag.replace("/", ""):
            return False
    return not opened


@lru_cache(maxsize=4096)
def fits(template: str, source: str, may_lack: frozenset[str] = frozenset()) -> bool:
    """Whether a translation can stand for its source: the same placeholders and the same tags, well nested.

    `may_lack` names placeholders that it may leave out: a singular can say "one file" without a count.
    """
    used, wanted = places(template), places(source)
    return used <= wanted and wanted - used <= may_lack and tags(template) == tags(source) and balanced(template)


def reworded(template: str, change: Callable[[str], str]) -> str:
    """The template with the text between placeholders and tags changed; those stay as they are."""
    return "".join(piece if _PIECE.fullmatch(piece) else change(piece) for piece in _PIECE.split(template))


def words(template: str) -> str:
    """The template without its tags, and with a space for each placeholder."""
    return _PLACE.sub(" ", _TAG.sub("", template))


def fill(template: str, values: Mapping[str, Markup]) -> Markup:
    """The template with its values. A placeholder without a value, and tags that do not close, stay as text."""
    tagged = balanced(template)
    return Markup("").join(_piece(piece, values, tagged) for piece in _PIECE.split(template))


def _piece(piece: str, values: Mapping[str, Markup], tagged: bool) -> Markup:
    if tagged and _TAG.fullmatch(piece):
        return Markup(piece)  # noqa: S704 (one of the four tags)
    place = _PLACE.fullmatch(piece)
    return values[place[1]] if place and place[1] in values else escape(piece)


def without_tags(marked: Markup) -> str:
    """The text as read aloud: no tags, no escapes, line breaks kept."""
    return unescape(_TAG.sub("", marked))
