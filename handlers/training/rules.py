"""Which lesson comes next: a pure decision."""

from collections.abc import Collection

from courses.model import Course, Lesson


def next_lesson(course: Course, done: Collection[tuple[str, str]]) -> Lesson | None:
    """The first lesson of a course that is not among `done` pairs of course and lesson; None if all are."""
    return next((lesson for lesson in course.lessons if (course.key, lesson.key) not in done), None)
