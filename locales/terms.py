"""The terms of a language: what each English term must be called, and what it may not be called.

They stand in `locales/glossary/`, one table for each language, in the columns English, the term, "written as" and
"not". The last two hold stems, since most languages inflect; where "written as" is empty the English word means several
things, and nothing is checked.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from locales import markup

_BRACKETS = re.compile(r"\s*\([^)]*\)")
_OTHERWISE = re.compile(r"^- “(.+)”: ", re.MULTILINE)
_COMMAND = re.compile(r"/\w+")


@dataclass(frozen=True)
class Term:
    """An English term as a pattern, with what a translation must and may not hold; stems are in small letters."""

    english: str
    pattern: re.Pattern[str]
    written_as: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """The terms of one language, and the sentences in which they are rightly said otherwise."""

    terms: tuple[Term, ...] = ()
    otherwise: frozenset[str] = frozenset()

    def faults(self, source: str, translation: str) -> Iterator[str]:
        """What of a translation goes against the terms."""
        if source in self.otherwise:
            return
        said, text = _COMMAND.sub("", markup.words(source)), translation.casefold()
        for term in self.terms:
            if not term.pattern.search(said):
                continue
            if term.written_as and not any(stem in text for stem in term.written_as):
                yield f"“{term.english}” is not written as {' / '.join(term.written_as)}"
            for stem in term.never:
                if stem in text:
                    yield f"“{term.english}” may not be “{stem}”"


def glossary_path(folder: Path, code: str) -> Path:
    """Where the glossary of a language lies."""
    return folder / "glossary" / f"{code}.md"


def read(path: Path) -> Glossary:
    """The glossary of a file; an empty one if there is none."""
    if not path.exists():
        return Glossary()
    text = path.read_text(encoding="utf-8")
    rows = [_cells(line) for line in text.splitlines() if line.startswith("|")][2:]
    return Glossary(tuple(_term(row) for row in rows), frozenset(_OTHERWISE.findall(text)))


def _cells(line: str) -> list[str]:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    return (cells + [""] * 4)[:4]


def _term(row: Sequence[str]) -> Term:
    words = [word.strip() for word in _BRACKETS.sub("", row[0]).split(",") if word.strip()]
    either = "|".join(map(re.escape, words))
    pattern = re.compile(rf"\b({either})s?\b", re.IGNORECASE)
    return Term(row[0], pattern, _stems(row[2]), _stems(row[3]))


def _stems(cell: str) -> tuple[str, ...]:
    return tuple(stem.strip().casefold() for stem in cell.split(" / ") if stem.strip())
