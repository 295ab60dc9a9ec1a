"""Loads metrics, courses and factors from their folders; later folders are laid over earlier ones, file by file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from courses.course import Course
from courses.course_file import CourseReader
from courses.document import Document
from courses.document_file import DocumentReader
from courses.factors import Factors, load_factors
from courses.faults import ContentError, Fault
from courses.files import text_of
from courses.knots import knots
from courses.metric_file import Written, read_metrics
from courses.model import Metric
from courses.pictures import Pictures

BUILT_IN = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """All metrics, courses and documents by key, in the order of their files' names, a part behind its metric.

    `lines` has the line of a text in its file, for courses and documents.
    """

    metrics: dict[str, Metric]
    courses: dict[str, Course]
    files: dict[str, str]
    factors: Factors = field(default_factory=Factors)
    documents: dict[str, Document] = field(default_factory=dict)
    pictures: Pictures = field(default_factory=Pictures)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def topics(self) -> dict[str, list[Course]]:
        """The courses by topic, the basic ones first."""
        found: dict[str, list[Course]] = {}
        for course in sorted(self.courses.values(), key=lambda one: (one.topic, one.level != "basic", one.key)):
            found.setdefault(course.topic, []).append(course)
        return found

    def asked(self) -> dict[str, Metric]:
        """The metrics that sites can be asked for."""
        return {key: metric for key, metric in self.metrics.items() if not metric.derived}

    def derived(self) -> dict[str, Metric]:
        """The metrics that are computed from those."""
        return {key: metric for key, metric in self.metrics.items() if metric.derived}

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """(context, source text, file) of everything that people read, for the translators' catalogue."""
        for metric in self.metrics.values():
            yield from ((context, text, self.files[f"metric/{metric.key}"]) for context, text in metric.texts())
        for course in self.courses.values():
            yield from ((context, text, self.files[f"course/{course.key}"]) for context, text in course.texts())
        for document in self.documents.values():
            yield from ((context, text, self.files[f"document/{document.key}"]) for context, text in document.texts())


def load(folders: Sequence[Path] = (BUILT_IN,)) -> Library:
    """The library of these folders, each with `metrics/*.toml`, `training/*.md`, `documents/*.md`, `factors.toml`.

    Raises `ContentError`.
    """
    faults: list[Fault] = []
    metric_paths = _laid_over(folders, "metrics", "*.toml")
    course_paths = _laid_over(folders, "training", "*.md")
    factors = _read(lambda: load_factors(folders), faults)
    files = _gathered(metric_paths, read_metrics, faults)
    written = [one for metrics in files.values() for one in metrics]
    # Where a file is broken or missing, every formula that needs it would seem to be wrong as well.
    if not faults and factors is not None:
        faults += knots(written, factors.keys())
    keys = {path.stem for path in metric_paths} | {one.metric.key for one in written}
    pictures = Pictures(folders)
    lines: dict[tuple[str, str], int] = {}
    courses = _gathered(course_paths, lambda path: read_course(path, keys, pictures, lines), faults)
    document_paths = _laid_over(folders, "documents", "*.md")
    documents = _gathered(document_paths, lambda path: read_document(path, lines), faults)
    if faults or factors is None:
        raise ContentError(sorted(faults))
    metrics = {one.metric.key: one.metric for one in written}
    named = _files(written, {"course": course_paths, "document": document_paths})
    return Library(metrics, courses, named, factors, documents, pictures, lines)


def _files(written: Sequence[Written], paths: dict[str, list[Path]]) -> dict[str, str]:
    """The file of each definition, by kind and key."""
    files = {f"metric/{one.metric.key}": one.file for one in written}
    return files | {f"{kind}/{path.stem}": _name(path) for kind, found in paths.items() for path in found}


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _laid_over(folders: Sequence[Path], kind: str, pattern: str) -> list[Path]:
    by_name = {path.name: path for folder in folders for path in sorted((folder / kind).glob(pattern))}
    return [by_name[name] for name in sorted(by_name)]


def _gathered(paths: Sequence[Path], read: Callable[[Path], T], faults: list[Fault]) -> dict[str, T]:
    """What could be read, by key; the faults of the rest are noted."""
    found = {}
    for path in paths:
        one = _read(partial(read, path), faults)
        if one is not None:
            found[path.stem] = one
    return found


def _read(read: Callable[[], T], faults: list[Fault]) -> T | None:
    """What was read; None where it has faults, which are noted."""
    try:
        return read()
    except ContentError as error:
        faults += error.faults
        return None


def read_course(path: Path, metrics: set[str], pictures: Pictures, lines: dict[tuple[str, str], int]) -> Course:
    """The course of a file, whose name is its key; `metrics` are those it may name. Raises `ContentError`.

    The line of each of its texts goes into `lines`.
    """
    file = _name(path)
    reader = CourseReader(file, path.stem, text_of(path, file), pictures.fault)
    course = reader.course(metrics)
    lines.update({(file, text): line for text, line in reader.lines.items()})
    return course


def read_document(path: Path, lines: dict[tuple[str, str], int]) -> Document:
    """The document of a file, whose name is its key. Raises `ContentError`."""
    file = _name(path)
    reader = DocumentReader(file, path.stem, text_of(path, file))
    document = reader.document()
    lines.update({(file, text): line for text, line in reader.lines.items()})
    return document
