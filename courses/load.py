"""Loads metrics, courses and factors from their folders; later folders are laid over earlier ones, file by file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from courses.factors import Factors, load_factors
from courses.faults import ContentError, Fault
from courses.files import text_of
from courses.knots import knots
from courses.markdown import CourseReader
from courses.metric_file import Written, read_metrics
from courses.model import Course, Metric

BUILT_IN = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """All metrics and courses by key, in the order of their files' names, a part behind its metric; and all factors."""

    metrics: dict[str, Metric]
    courses: dict[str, Course]
    files: dict[str, str]
    factors: Factors = field(default_factory=Factors)

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


def load(folders: Sequence[Path] = (BUILT_IN,)) -> Library:
    """The library of these folders, each with `metrics/*.toml`, `training/*.md` and perhaps `factors.toml`.

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
    courses = _gathered(course_paths, lambda path: read_course(path, keys), faults)
    if faults or factors is None:
        raise ContentError(sorted(faults))
    metrics = {one.metric.key: one.metric for one in written}
    return Library(metrics, courses, _files(written, course_paths), factors)


def _files(written: Sequence[Written], courses: Sequence[Path]) -> dict[str, str]:
    metrics = {f"metric/{one.metric.key}": one.file for one in written}
    return metrics | {f"course/{path.stem}": f"training/{path.name}" for path in courses}


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


def read_course(path: Path, metrics: set[str]) -> Course:
    """The course of a file, whose name is its key; `metrics` are those it may name. Raises `ContentError`."""
    file = f"training/{path.name}"
    return CourseReader(file, path.stem, text_of(path, file)).course(metrics)
