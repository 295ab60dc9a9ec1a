"""Our texts in Slack's own markup: bold and italic kept, everything else literal, long ones cut into pieces."""

import re
import unicodedata
from html import unescape
from itertools import groupby

_TAG = re.compile(r"(</?[bi]>)")
_SIGNS = {"b": "*", "i": "_"}
# Slack reads a sign as markup only at the edge of a word; a space of no width makes such an edge.
_EDGE = "\u200b"

Letter = tuple[str, str]
"""A character and the signs it stands between: "", "*", "_" or both."""


def pieces(html: str, limit: int) -> list[str]:
    """The text with <b>, <i> and entities as mrkdwn, in pieces of at most `limit` characters; none if it is blank.

    A piece ends with a paragraph if it can, else with a line, else with a word.
    """
    letters, cut = _letters(html), []
    while letters := _without_leading_space(letters):
        end = _end(letters, limit)
        cut.append(_shown(letters[:end]).rstrip())
        letters = letters[end:]
    return cut


def escaped(text: str) -> str:
    """Plain words, so that Slack reads no link and no mention in them."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shortened(text: str, limit: int) -> str:
    """The text, its end replaced by an ellipsis if it is over `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def _letters(html: str) -> list[Letter]:
    letters: list[Letter] = []
    opened: list[str] = []
    for part in _TAG.split(html):
        if not _TAG.fullmatch(part):
            signs = "".join(dict.fromkeys(opened))
            letters += [(letter, signs) for letter in unescape(part)]
        elif not part.startswith("</"):
            opened.append(_SIGNS[part[1]])
        elif _SIGNS[part[2]] in opened:
            opened.remove(_SIGNS[part[2]])
    return letters


def _without_leading_space(letters: list[Letter]) -> list[Letter]:
    blank = next((place for place, (letter, _signs) in enumerate(letters) if not letter.isspace()), len(letters))
    return letters[blank:]


def _end(letters: list[Letter], limit: int) -> int:
    """How many letters fit, up to the best place to stop."""
    end = min(len(letters), limit)
    while (over := len(_shown(letters[:end])) - limit) > 0:
        end -= max(1, over // 6)
    if end == len(letters):
        return end
    text = "".join(letter for letter, _signs in letters[:end])
    for mark, least in (("\n\n", end // 3), ("\n", end // 3), (" ", 0)):
        if (place := text.rfind(mark)) > least:
            return place
    return end


def _shown(letters: list[Letter]) -> str:
    shown = ""
    for signs, run in groupby(letters, key=lambda one: "" if one[0].isspace() and one[0] != " " else one[1]):
        shown = _joined(shown, _signed("".join(letter for letter, _signs in run), signs))
    return shown


def _signed(text: str, signs: str) -> str:
    """Signs hug the words: a space between a sign and its word would make both literal."""
    core = text.strip()
    if not signs or not core:
        return escaped(text)
    before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
    return f"{before}{signs}{escaped(core)}{signs[::-1]}{after}"


def _joined(before: str, after: str) -> str:
    touching = before and after and (before[-1] in "*_" or after[0] in "*_")
    edge = touching and _wordlike(before[-1]) and _wordlike(after[0])
    return f"{before}{_EDGE}{after}" if edge else before + after


def _wordlike(letter: str) -> bool:
    """Whether this would keep a sign next to it from being read: letters, the marks on them, digits, other signs."""
    return unicodedata.category(letter)[0] in "LMN" or letter in "*_"
