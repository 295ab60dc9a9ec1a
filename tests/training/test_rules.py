"""What comes next, what is passed, when a question returns, how much of a topic is remembered: by tables."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from courses.course import Course
from handlers.training.rules import (
    competence,
    months_later,
    next_box,
    nudge_gap,
    per_cent,
    sits,
    standing,
)
from tests.training.school import FIRE, course

MONDAY, TUESDAY = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
NEWER = course("fire", "Fire", "safety", {"doors": ("Keep doors free?",), "drill": ("How often?", "Where?")}, version=2)
GAPS = (1, 3, 7, 14)


@dataclass
class Result:
    lesson: str
    right: int
    asked: int
    course_version: int = 1
    digest: str = ""
    finished_at: datetime = MONDAY


def result(lesson: str, right: int, of: Course = FIRE, at: datetime = MONDAY) -> Result:
    held = of.lesson(lesson)
    assert held
    return Result(lesson, right, len(held.questions), of.version, held.digest(), at)


NEXT = {
    "nothing taken": (FIRE, [], "doors", False),
    "first taken": (FIRE, [result("doors", 1)], "drill", False),
    "all right": (FIRE, [result("doors", 1), result("drill", 2)], None, True),
    "two of three is over 60 per cent": (FIRE, [result("doors", 1), result("drill", 1)], None, True),
    "one of three is not": (FIRE, [result("doors", 1), result("drill", 0)], "drill", False),
    "both wrong, the older first": (
        FIRE,
        [result("doors", 0, at=TUESDAY), result("drill", 0, at=MONDAY)],
        "drill",
        False,
    ),
    "the newest counts": (FIRE, [result("doors", 1), result("drill", 0), result("drill", 2)], None, True),
    "only what changed is asked": (NEWER, [result("doors", 1), result("drill", 2)], "drill", False),
    "what changed was taken": (
        NEWER,
        [result("doors", 1), result("drill", 2), result("drill", 2, NEWER)],
        None,
        True,
    ),
    "lesson that is gone does not count": (NEWER, [Result("attic", 5, 5)], "doors", False),
}


@pytest.mark.parametrize(("of", "results", "following", "passed"), NEXT.values(), ids=NEXT)
def test_next_lesson_and_pass_follow_from_the_results(
    of: Course, results: list[Result], following: str | None, passed: bool
) -> None:
    found = standing(of, results)
    assert (found.following.key if found.following else None, found.passed) == (following, passed)


def test_what_was_taken_before_a_renewal_does_not_count() -> None:
    found = standing(FIRE, [result("doors", 1), result("drill", 2, at=TUESDAY)], TUESDAY)
    assert [lesson.key for lesson in found.left] == ["doors"]


def test_wording_of_a_lesson_may_be_mended_without_a_new_version() -> None:
    mended = FIRE.model_copy(update={"lessons": NEWER.lessons})
    assert standing(mended, [result("doors", 1), result("drill", 2)]).passed


def test_nobody_passes_by_rounding() -> None:
    assert [per_cent(part, 3) for part in range(4)] == [0, 33, 66, 100]
    assert per_cent(0, 0) == 100


def test_question_climbs_when_right_and_falls_to_the_first_box_when_wrong() -> None:
    boxes, box = [], 0
    for right in (True, True, False, True, True, True, True, True):
        box = next_box(box, right, GAPS)
        boxes.append(box)
    assert boxes == [1, 2, 0, 1, 2, 3, 4, 4]
    assert [sits(box, GAPS) for box in boxes] == [False] * 6 + [True] * 2


def test_nudges_grow_and_end() -> None:
    assert [nudge_gap(count, (1, 2, 3, 5, 8)) for count in range(7)] == [1, 2, 3, 5, 8, None, None]


COMPETENCE = {
    "nothing asked": (0, [], None),
    "all right at first": (4, [], 100),
    "one just wrong": (4, [0], 75),
    "half the way back": (4, [2], 87),
    "it sits": (4, [4], 100),
    "all wrong": (2, [0, 0], 0),
    "more cards than questions": (1, [0, 0], 0),
}


@pytest.mark.parametrize(("asked", "boxes", "expected"), COMPETENCE.values(), ids=COMPETENCE)
def test_competence_is_what_was_asked_less_what_still_comes_back(
    asked: int, boxes: list[int], expected: int | None
) -> None:
    assert competence(asked, boxes, GAPS) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 23), 0, None),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 1, 31), 13, date(2028, 2, 29)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_validity_ends_on_the_same_day_of_a_later_month(day: date, months: int, expected: date | None) -> None:
    assert months_later(day, months) == expected
