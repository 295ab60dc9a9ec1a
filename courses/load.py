"""Loads metrics and courses from their folders; later folders are laid over earlier ones, file by file."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from courses.faults import ContentError, Fault
from courses.markdown import CourseReader
from courses.model import Course, Metric

BUILT_IN = Path(__file__).parent
SCREEN_LIMIT = 900
LABEL_LIMIT = 60


@dataclass(frozen=True)
class Library:
    """All metrics and courses by key, in the order of their files' names."""

    metrics: dict[str, Metric]
    courses: dict[str, Course]
    files: dict[str, str]

    def texts(self) -> Iterator[tuple[str, str, str]]:
        """(context, source text, file) of everything that people read, for the translators' catalogue."""
        for metric in self.metrics.values():
            for context, text in metric.texts():
                yield context, text, self.files[f"metric/{metric.key}"]
        for course in self.courses.values():
            for context, text in course.texts():
                yield context, text, self.files[f"course/{course.key}"]


def load(folders: Sequence[Path] = (BUILT_IN,)) -> Library:
    """The library of these folders, each with `metrics/*.toml` and `training/*.md`; raises `ContentError`."""
    faults: list[Fault] = []
    metrics: dict[str, Metric] = {}
    courses: dict[str, Course] = {}
    files: dict[str, str] = {}
    for path in _laid_over(folders, "metrics", "*.toml"):
        try:
            metrics[path.stem] = read_metric(path)
            files[f"metric/{path.stem}"] = f"metrics/{path.name}"
        except ContentError as error:
            faults += error.faults
    for path in _laid_over(folders, "training", "*.md"):
        try:
            courses[path.stem] = read_course(path)
            files[f"course/{path.stem}"] = f"training/{path.name}"
        except ContentError as error:
            faults += error.faults
    faults += [fault for course in courses.values() for fault in _check_course(course, metrics)]
    if faults:
        raise ContentError(sorted(faults))
    return Library(metrics, courses, files)


def _laid_over(folders: Sequence[Path], kind: str, pattern: str) -> list[Path]:
    by_name = {path.name: path for folder in folders for path in sorted((folder / kind).glob(pattern))}
    return [by_name[name] for name in sorted(by_name)]


def read_metric(path: Path) -> Metric:
    """The metric of a file, whose name is its key."""
    text = path.read_text(encoding="utf-8")
    file = f"metrics/{path.name}"
    try:
        return Metric(key=path.stem, **tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        raise ContentError([Fault(file, int(place[1]) if place else 0, f"is not TOML: {error}")]) from error
    except ValidationError as error:
        raise ContentError(_faults(file, text, error)) from error


def read_course(path: Path) -> Course:
    """The course of a file, whose name is its key."""
    text = path.read_text(encoding="utf-8")
    file = f"training/{path.name}"
    reader = CourseReader(file, path.stem, text)
    try:
        return reader.course()
    except ValidationError as error:
        raise ContentError(_faults(file, text, error)) from error


def _faults(file: str, text: str, error: ValidationError) -> list[Fault]:
    """Pydantic's faults with the line on which each key stands (line 1 if the key is missing)."""
    lines = text.split("\n")
    made = []
    for one in error.errors():
        key = str(one["loc"][0]) if one["loc"] else ""
        line = next((number for number, row in enumerate(lines, 1) if re.match(rf"\s*{re.escape(key)}\s*=", row)), 1)
        made.append(Fault(file, line, f"{'.'.join(map(str, one['loc']))}: {one['msg']}"))
    return made


def _check_course(course: Course, metrics: dict[str, Metric]) -> Iterator[Fault]:
    file = f"training/{course.key}.md"
    keys = [lesson.key for lesson in course.lessons]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield Fault(file, 0, f"two lessons have the key '{key}': give one of them another, like '## Title {{#key}}'")
    for metric in course.metrics:
        if metric not in metrics:
            yield Fault(file, 0, f"names the metric '{metric}', which does not exist")
    for lesson in course.lessons:
        for screen in lesson.screens:
            if len(screen) > SCREEN_LIMIT:
                yield Fault(
                    file, 0, f"lesson '{lesson.title}': a screen has {len(screen)} characters, over {SCREEN_LIMIT}"
                )
        for option in (option for question in lesson.questions for option in question.options):
            if len(option.text) > LABEL_LIMIT:
                yield Fault(
                    file,
                    0,
                    f"lesson '{lesson.title}': the answer '{option.text[:20]}…' is over {LABEL_LIMIT} characters",
                )
