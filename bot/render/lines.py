"""Breaks a text into lines that fit a width."""

import re
from collections.abc import Callable, Iterable, Iterator

from uniseg.graphemecluster import grapheme_clusters
from uniseg.linebreak import line_break_units

Measure = Callable[[str], float]

_WORDS = re.compile(r"[^ \u200b]*[ \u200b]*")
_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
# A Thai or Lao vowel that is written before its consonant is not parted from it, nor one that follows.
_LEADING = frozenset("เแโใไເແໂໃໄ")
_FOLLOWING = frozenset("ะาำๅๆฯะາຳໆ")
# A Chinese day, month or year is not parted from its number.
_DATED = frozenset("年月日")


def lines(text: str, width: float, measure: Measure, *, whole: bool = False) -> list[str]:
    """The lines, without the spaces at which they were broken.

    A word that is too wide is broken where it must be; with `whole` it is not, and its line is wider than `width`.
    """
    found: list[str] = []
    for paragraph in text.split("\n"):
        units = _units(paragraph)
        found += _filled(units if whole else _fitting(units, width, measure), width, measure)
    return found


def _filled(units: Iterable[str], width: float, measure: Measure) -> list[str]:
    found, line, used = [], "", 0.0
    for unit in units:
        if line and used + measure(unit.rstrip(" ")) > width:
            found.append(line.rstrip(" "))
            line, used = "", 0.0
        line += unit
        used += measure(unit)
    return [*found, line.rstrip(" ")]


def _units(text: str) -> Iterator[str]:
    """The parts between which a line may end: words, and single ideographs by the rules of Unicode."""
    if not _IDEOGRAPH.search(text):
        yield from filter(None, _WORDS.findall(text))
        return
    held = ""
    for unit in line_break_units(text):
        if held and not (held[-1].isdigit() and unit[0] in _DATED):
            yield held
            held = ""
        held += unit
    if held:
        yield held


def _fitting(units: Iterable[str], width: float, measure: Measure) -> Iterator[str]:
    for unit in units:
        if measure(unit.rstrip(" ")) <= width:
            yield unit
        else:
            yield from _clusters(unit)


def _clusters(word: str) -> Iterator[str]:
    """The parts of a word that are never broken: a letter with everything that is written around it."""
    part = ""
    for cluster in grapheme_clusters(word):
        if part and part[-1] not in _LEADING and cluster[0] not in _FOLLOWING:
            yield part
            part = ""
        part += cluster
    if part:
        yield part
