"""Albums: photos that were sent together arrive one by one, and all belong to the answer that the first one gave."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from handlers.dialog import Answer
from handlers.message import FileRef, Said


def marked(said: Said, album: str) -> Said:
    """The words with each file marked with the album it came in ("" for none)."""
    return replace(said, files=tuple(replace(file, album=album) for file in said.files)) if album else said


def extended(kept: Sequence[Answer], album: str, files: Sequence[FileRef]) -> list[Answer] | None:
    """The answers with these files added to the one that holds the album's first; None if none holds it."""
    for place, one in enumerate(kept):
        if any(isinstance(file, dict) and file.get("album") == album for file in _items(one)):
            longer = one._replace(value=[*one.value, *map(asdict, files)])
            return [*kept[:place], longer, *kept[place + 1 :]]
    return None


def _items(answer: Answer) -> list[object]:
    return answer.value if isinstance(answer.value, list) else []
