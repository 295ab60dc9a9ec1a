"""The story, every course and every metric in a marker language: nothing that people are shown is without its mark."""

from typing import Any

import pytest

from courses.course import Course
from courses.model import Metric
from locales.marker import MARKERS
from locales.money import MONEY
from storage.tables.figures import Submission
from storage.tables.programme import Programme
from storage.tables.training import CourseResult
from tests.handlers.deeds import changed, rows
from tests.locales.marks import TYPED, Marks, marks, rendered, shown
from tests.locales.story import told
from tests.talks import Talker, Town

SIGNS = ("kW", "C", "B", "SDS", "pH", "LPG")
"""Units, and what lessons and metrics call by letters alone."""
PEOPLE_WRITE = {"water": "1,280.5 m3", "line": "electricity October 16.5 MWh"} | dict.fromkeys(
    ("finding", "problem", "answer", "thanks"), TYPED
)


@pytest.fixture
def said(town: Town) -> Marks:
    """A town whose people read the marker language; that the other one turns every sentence is tested with it."""
    return marks(town, "en_XA")


def newest(talker: Talker) -> dict[str, Any]:
    """What the place was shown last."""
    there = talker.at.conversation
    return next(one for place, one in reversed(talker.town.shown) if place == there and one["kind"] == "message")


def test_unmarked_word_is_found_as_either_platform_shows_it(town: Town) -> None:
    plain = marks(town, "en")
    plain.amina().command("help")
    found = plain.slips()
    assert {"What", "would", "like"} <= {word for text in rendered(plain.town) for word in found.get(text, ())}


@pytest.mark.parametrize("language", MARKERS)
def test_the_story_is_marked(town: Town, language: str) -> None:
    said = marks(town, language)
    text = told(said.town, said.language, PEOPLE_WRITE)
    assert text.count("taps:") >= 15
    assert not said.slips()


def test_every_course_is_marked_to_its_end(said: Marks) -> None:
    amina, courses = said.amina(), said.town.house.library.courses
    for course in courses.values():
        taken(said, amina, course)
    assert {row.course for row in rows(said.town, CourseResult)} == set(courses)
    assert not said.slips(*SIGNS)


def taken(said: Marks, amina: Talker, course: Course) -> None:
    """A course with every question answered, the first of each lesson wrong at first."""
    for lesson in course.lessons:
        amina.press(f"r:course:{course.key}")
        for _screen in lesson.screens:
            said.tap(amina, "Next")
        for question in lesson.questions:
            right = next(place for place, option in enumerate(question.options) if option.right)
            amina.press(newest(amina)["buttons"][right][0]["action"])


def test_every_metric_is_marked_from_the_question_to_the_receipt(said: Marks) -> None:
    asked, amina = said.town.house.library.asked(), said.amina()
    for key in asked:
        asked_alone(said, key)
        sent(said, amina, said.town.house.library.metrics[key])
    assert {row.metric for row in rows(said.town, Submission)} == set(asked)
    assert said.mark("Why do you ask?") in set(shown(said.town))
    assert not said.slips(*SIGNS)


def asked_alone(said: Marks, key: str) -> None:
    """From now on the sites of this tier are asked for this metric alone."""
    (programme,) = rows(said.town, Programme)
    tiers = programme.settings["tiers"] | {"high": {"metrics": [key]}}
    changed(said.town, programme, settings=programme.settings | {"tiers": tiers})


def sent(said: Marks, amina: Talker, metric: Metric) -> None:
    """A figure asked for, explained, given in its own unit, read back and stored."""
    amina.command("figures")
    amina.press(newest(amina)["buttons"][0][0]["action"])
    for aside in filter(amina.labels.__contains__, map(said.mark, ("Why do you ask?", "How do I measure it?"))):
        amina.tap(aside)
    unit = "VND" if metric.base_unit == MONEY else metric.units[0]
    amina.say(f"0 {unit}" if metric.grave else f"{metric.example} {unit}")
    said.tap(amina, "Yes, send it")
