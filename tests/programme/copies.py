"""Copies of the example programme, with something changed."""

from pathlib import Path
from shutil import copytree

from courses.faults import ContentError
from courses.load import load
from handlers.programme.folder import read_folder
from handlers.programme.rows import ProgrammeFolder
from locales.text import Catalogue

EXAMPLE = Path(__file__).parents[2] / "examples" / "programme"
LIBRARY = load()
METRICS = LIBRARY.metrics
READY = tuple(Catalogue().languages())


def read(folder: Path) -> ProgrammeFolder:
    """The folder as an import reads it."""
    return read_folder(folder, METRICS, READY, LIBRARY.courses)


def copy(into: Path, file: str = "", before: str = "", after: str = "") -> Path:
    """A copy of the example programme in which `after` stands for every `before` of one file."""
    folder = copytree(EXAMPLE, into / "programme")
    if file:
        text = (folder / file).read_text(encoding="utf-8")
        if before not in text:
            raise ValueError(f"{file} does not hold {before!r}")
        (folder / file).write_text(text.replace(before, after), encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    """What is wrong with a folder, as it is told; nothing if it can be imported."""
    try:
        read(folder)
    except ContentError as error:
        return [str(fault) for fault in error.faults]
    return []
