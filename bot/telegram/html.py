"""Our texts in Telegram's HTML, cut into pieces where they are too long for one message."""

import re
from html import escape, unescape
from itertools import groupby

_TAG = re.compile(r"(</?[bi]>)")

Letter = tuple[str, tuple[str, ...]]
"""A character and the names of the tags it stands in."""


def units(text: str) -> int:
    """The length as Telegram counts offsets, in UTF-16 units: a letter outside the first plane is two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def plain(html: str) -> str:
    """The words without tags and entities."""
    return unescape(_TAG.sub("", html))


def pieces(html: str, limit: int) -> list[str]:
    """The text in pieces of at most `limit` units without their tags; none if it is blank.

    A piece ends with a paragraph if it can, else with a line, else with a word. Tags open at its end are opened
    again in the next.
    """
    words = plain(html)
    if units(words) <= limit:
        return [html.strip()] if words.strip() else []
    letters, cut = _letters(html), []
    while letters := _without_leading_space(letters):
        end = _end(letters, limit)
        cut.append(_shown(letters[:end]))
        letters = letters[end:]
    return cut


def shortened(text: str, limit: int) -> str:
    """The text, its end replaced by an ellipsis if it is over `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _letters(html: str) -> list[Letter]:
    letters: list[Letter] = []
    opened: tuple[str, ...] = ()
    for part in _TAG.split(html):
        if not _TAG.fullmatch(part):
            letters += [(letter, opened) for letter in unescape(part)]
        elif part.startswith("</"):
            opened = tuple(tag for tag in opened if tag != part[2])
        elif part[1] not in opened:
            opened = (*opened, part[1])
    return letters


def _without_leading_space(letters: list[Letter]) -> list[Letter]:
    blank = next((place for place, (letter, _tags) in enumerate(letters) if not letter.isspace()), len(letters))
    return letters[blank:]


def _end(letters: list[Letter], limit: int) -> int:
    """How many letters fit, up to the best place to stop; a paragraph or line that leaves most of it empty is none."""
    text = "".join(letter for letter, _tags in letters[:limit])
    while units(text) > limit:
        text = text[:-1]
    if len(text) == len(letters):
        return len(letters)
    ahead = "".join(letter for letter, _tags in letters[: len(text) + 2])
    for mark, least in (("\n\n", limit // 3), ("\n", limit // 3), (" ", 0)):
        if (place := ahead.rfind(mark, 0, len(text) + len(mark))) > least:
            return place
    return len(text)


def _shown(letters: list[Letter]) -> str:
    shown = ""
    for tags, run in groupby(letters, key=lambda one: one[1]):
        text = escape("".join(letter for letter, _tags in run), quote=False)
        shown += "".join(f"<{tag}>" for tag in tags) + text + "".join(f"</{tag}>" for tag in reversed(tags))
    return shown.rstrip()
