"""Every metric and every course that we ship, and how folders are laid over one another."""

from pathlib import Path

import pytest

from courses.load import BUILT_IN, load
from courses.markdown import SCREEN_LIMIT
from courses.model import LABEL_LIMIT, Course, Metric
from courses.units import CONVERTIBLE
from locales.markup import balanced, places
from locales.units import UNITS, unit

LIBRARY = load()


@pytest.fixture(params=LIBRARY.metrics.values(), ids=LIBRARY.metrics)
def metric(request: pytest.FixtureRequest) -> Metric:
    found: Metric = request.param
    return found


@pytest.fixture(params=LIBRARY.courses.values(), ids=LIBRARY.courses)
def course(request: pytest.FixtureRequest) -> Course:
    found: Course = request.param
    return found


def test_the_library_holds_what_a_programme_begins_with() -> None:
    assert {metric.code for metric in LIBRARY.metrics.values()} >= {"E1", "W1", "S1", "H1", "H2", "P1"}
    assert "measuring-energy" in LIBRARY.courses


def test_code_of_a_metric_is_taken_once() -> None:
    codes = [metric.code for metric in LIBRARY.metrics.values()]
    assert len(set(codes)) == len(codes)


def test_units_of_a_metric_convert_to_its_base_unit(metric: Metric) -> None:
    known = [unit(symbol) for symbol in metric.units]
    assert [one.base for one in known if one] == [metric.base_unit] * len(metric.units)


def test_metric_names_the_standards_it_answers(metric: Metric) -> None:
    assert metric.references.vsme and metric.references.gri


def test_figure_at_the_limit_of_a_metric_fits_into_the_store(metric: Metric) -> None:
    assert int(metric.maximum * 1_000_000) < 2**63


def test_course_has_screens_and_a_question_in_each_lesson(course: Course) -> None:
    assert all(lesson.screens and lesson.questions for lesson in course.lessons)


def test_screens_and_labels_of_a_course_keep_within_the_limits(course: Course) -> None:
    assert all(0 < len(screen) <= SCREEN_LIMIT for lesson in course.lessons for screen in lesson.screens)
    options = [option for lesson in course.lessons for question in lesson.questions for option in question.options]
    assert all(0 < len(option.text) <= LABEL_LIMIT for option in options)


def test_every_answer_of_a_course_has_feedback(course: Course) -> None:
    questions = [question for lesson in course.lessons for question in lesson.questions]
    assert all(option.feedback for question in questions for option in question.options)


def test_course_names_its_sources(course: Course) -> None:
    assert course.sources


def test_texts_for_translators_are_well_formed_and_have_a_context_and_a_file() -> None:
    texts = list(LIBRARY.texts())
    assert all(text and balanced(text) and not places(text) for _context, text, _file in texts)
    assert all(context.startswith(("metric/", "course/")) for context, _text, _file in texts)
    assert {file for _context, _text, file in texts} == {
        *(f"metrics/{key}.toml" for key in LIBRARY.metrics),
        *(f"training/{key}.md" for key in LIBRARY.courses),
    }


def test_units_of_definitions_are_those_that_can_be_read() -> None:
    readable: dict[str, set[str]] = {}
    for known in UNITS.values():
        readable.setdefault(known.base, set()).add(known.symbol)
    assert {base: set(symbols) for base, symbols in CONVERTIBLE.items()} == readable


def test_later_folder_replaces_a_file_and_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    own = (BUILT_IN / "metrics" / "water.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2")
    (tmp_path / "metrics" / "water.toml").write_text(own, encoding="utf-8")
    laid_over = load([BUILT_IN, tmp_path])
    assert laid_over.metrics["water"].version == 2
    assert {**laid_over.metrics, "water": None} == {**LIBRARY.metrics, "water": None}
    assert laid_over.courses == LIBRARY.courses


def test_course_may_ask_about_a_metric_that_a_later_folder_adds(tmp_path: Path) -> None:
    for kind, name in (("metrics", "steam.toml"), ("training", "measuring-steam.md")):
        (tmp_path / kind).mkdir()
        source = {"metrics": "electricity.toml", "training": "measuring-energy.md"}[kind]
        text = (BUILT_IN / kind / source).read_text(encoding="utf-8")
        (tmp_path / kind / name).write_text(text.replace('["electricity"]', '["steam"]'), encoding="utf-8")
    assert load([BUILT_IN, tmp_path]).courses["measuring-steam"].metrics == ("steam",)


def test_lesson_is_found_by_its_key_only(course: Course) -> None:
    assert [course.lesson(lesson.key) for lesson in course.lessons] == list(course.lessons)
    assert course.lesson("no-such-lesson") is None
