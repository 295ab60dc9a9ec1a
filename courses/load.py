"""Loads metrics and courses from their folders; later folders are laid over earlier ones, file by file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from courses.faults import ContentError, Fault
from courses.markdown import CourseReader
from courses.model import Course, Metric
from courses.toml import checked, parsed

BUILT_IN = Path(__file__).parent
T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """All metrics and courses by key, in the order of their files' names."""

    metrics: dict[str, Metric]
    courses: dict[str, Course]
    files: dict[str, str]

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """(context, source text, file) of everything that people read, for the translators' catalogue."""
        for metric in self.metrics.values():
            yield from ((context, text, self.files[f"metric/{metric.key}"]) for context, text in metric.texts())
        for course in self.courses.values():
            yield from ((context, text, self.files[f"course/{course.key}"]) for context, text in course.texts())


def load(folders: Sequence[Path] = (BUILT_IN,)) -> Library:
    """The library of these folders, each with `metrics/*.toml` and `training/*.md`; raises `ContentError`."""
    faults: list[Fault] = []
    paths = {"metric": _laid_over(folders, "metrics", "*.toml"), "course": _laid_over(folders, "training", "*.md")}
    metrics = _gathered(paths["metric"], read_metric, faults)
    # A metric that is there but broken is not unknown as well.
    keys = {path.stem for path in paths["metric"]}
    courses = _gathered(paths["course"], lambda path: read_course(path, keys), faults)
    if faults:
        raise ContentError(sorted(faults))
    files = {f"{kind}/{path.stem}": f"{path.parent.name}/{path.name}" for kind in paths for path in paths[kind]}
    return Library(metrics, courses, files)


def _laid_over(folders: Sequence[Path], kind: str, pattern: str) -> list[Path]:
    by_name = {path.name: path for folder in folders for path in sorted((folder / kind).glob(pattern))}
    return [by_name[name] for name in sorted(by_name)]


def _gathered(paths: Sequence[Path], read: Callable[[Path], T], faults: list[Fault]) -> dict[str, T]:
    """What could be read, by key; the faults of the rest are noted."""
    found = {}
    for path in paths:
        try:
            found[path.stem] = read(path)
        except ContentError as error:
            faults += error.faults
    return found


def read_metric(path: Path) -> Metric:
    """The metric of a file, whose name is its key; raises `ContentError`."""
    file = f"metrics/{path.name}"
    text = _text(path, file)
    table = parsed(file, text)
    if "key" in table:
        raise ContentError([Fault(file, 1, "key: the name of the file is the key; leave this line out")])
    return checked(Metric, {"key": path.stem, **table}, file, text)


def read_course(path: Path, metrics: set[str]) -> Course:
    """The course of a file, whose name is its key; `metrics` are those it may name. Raises `ContentError`."""
    file = f"training/{path.name}"
    return CourseReader(file, path.stem, _text(path, file)).course(metrics)


def _text(path: Path, file: str) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ContentError([Fault(file, line, "is not UTF-8")]) from error
