"""Decisions about learning, without store and text: what comes next, what counts as passed, when a question returns."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from courses.course import Course, Lesson


class Finished(Protocol):
    """A finished lesson, as `storage/tables/training.py` keeps it."""

    course_version: int
    lesson: str
    digest: str
    asked: int
    right: int
    finished_at: datetime


@dataclass(frozen=True)
class Standing:
    """How far somebody is in a course: lessons `left` to take for the first time, and those with wrong answers.

    `right` of `asked` questions were answered right at first, by the newest result of each lesson that counts.
    """

    left: tuple[Lesson, ...]
    wrong: tuple[Lesson, ...]
    asked: int
    right: int
    pass_mark: int

    @property
    def share(self) -> int:
        """The questions that were right at first, in whole per cent."""
        return per_cent(self.right, self.asked)

    @property
    def complete(self) -> bool:
        """Whether every lesson was taken."""
        return not self.left

    @property
    def passed(self) -> bool:
        """Whether every lesson was taken and enough was right."""
        return self.complete and self.right * 100 >= self.pass_mark * self.asked

    @property
    def following(self) -> Lesson | None:
        """The lesson to take next: first the new ones, then, as long as it is not passed, those with wrong answers."""
        if self.left:
            return self.left[0]
        return None if self.passed or not self.wrong else self.wrong[0]


def standing(course: Course, results: Sequence[Finished], counts_from: datetime | None = None) -> Standing:
    """How far somebody is, by their results of this course, oldest first.

    A result counts for a lesson as long as what is taught in it has not changed: its digest is the same, or the course
    has the same version. Results from before `counts_from` do not count.
    """
    newest: dict[str, Finished] = {}
    for one in results:
        if counts_from is None or one.finished_at >= counts_from:
            newest[one.lesson] = one
    valid = {
        lesson.key: newest[lesson.key]
        for lesson in course.lessons
        if lesson.key in newest and _still_counts(course, lesson, newest[lesson.key])
    }
    wrong = [lesson for lesson in course.lessons if lesson.key in valid and _has_wrong(valid[lesson.key])]
    return Standing(
        left=tuple(lesson for lesson in course.lessons if lesson.key not in valid),
        wrong=tuple(sorted(wrong, key=lambda lesson: valid[lesson.key].finished_at)),
        asked=sum(one.asked for one in valid.values()),
        right=sum(one.right for one in valid.values()),
        pass_mark=course.pass_mark,
    )


def _still_counts(course: Course, lesson: Lesson, result: Finished) -> bool:
    return result.course_version >= course.version or result.digest == lesson.digest()


def _has_wrong(result: Finished) -> bool:
    return result.right < result.asked


def per_cent(part: int, whole: int) -> int:
    """The share in whole per cent, rounded down, so that nobody passes by rounding; 0 of 0 is all of it."""
    return part * 100 // whole if whole else 100


# --- questions that come back (Leitner) ---


def next_box(box: int, right: bool, gaps: Sequence[int]) -> int:
    """The box after an answer: one further when it was right, the first again when it was wrong.

    The box after the last of `gaps` says that the question sits.
    """
    return min(box + 1, len(gaps)) if right else 0


def sits(box: int, gaps: Sequence[int]) -> bool:
    """Whether a question need not come back any more."""
    return box >= len(gaps)


def nudge_gap(nudges: int, ladder: Sequence[int]) -> int | None:
    """Working days until the next reminder after `nudges` unanswered pushes; None when the lessons pause."""
    return ladder[nudges] if nudges < len(ladder) else None


# --- competence ---


def competence(asked: int, boxes: Collection[int], gaps: Sequence[int]) -> int | None:
    """How much of a topic sits, in per cent; None if nothing was asked.

    Every question that was asked counts 1. One that was answered wrong counts only as much as it has come back right:
    its box, of all boxes. So `100 * (asked - sum(1 - box / number of boxes)) / asked`, the sum going over the
    questions that were answered wrong. Right at first is 100, just answered wrong is 0, half the way back is 50.
    """
    if not asked:
        return None
    missing = sum(len(gaps) - min(box, len(gaps)) for box in boxes)
    return max(0, (asked * len(gaps) - missing) * 100 // (asked * len(gaps)))


WEAK = 70
"""Below so many per cent a topic is one to coach."""


# --- validity ---


def months_later(day: date, months: int) -> date | None:
    """The same day so many months later, or the last of that month; None for no months: it does not run out."""
    if not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _days(year, month + 1)))


def _days(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days
