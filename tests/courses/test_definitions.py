"""Every metric and every course that we ship, and how folders are laid over one another."""

from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from courses.course import Course
from courses.load import BUILT_IN, load
from courses.markdown import SCREEN_LIMIT
from courses.model import LABEL_LIMIT, Metric
from courses.units import CONVERTIBLE
from handlers.reader import content
from locales.markup import balanced, places
from locales.text import Catalogue
from locales.units import UNITS, unit

LIBRARY = load()
CATALOGUE = [
    "E1",
    "E2",
    "E3",
    "E4",
    "E5",
    "C1",
    "C2",
    "C3",
    "W1",
    "W2",
    "S1",
    "S2",
    "H1",
    "H2",
    "H3",
    "P1",
    "P2",
    "P3",
    "G1",
]
"""The metrics that a programme can choose from, by their codes."""


@pytest.fixture(params=LIBRARY.metrics.values(), ids=LIBRARY.metrics)
def metric(request: pytest.FixtureRequest) -> Metric:
    found: Metric = request.param
    return found


@pytest.fixture(params=LIBRARY.courses.values(), ids=LIBRARY.courses)
def course(request: pytest.FixtureRequest) -> Course:
    found: Course = request.param
    return found


def test_the_library_holds_what_a_programme_begins_with() -> None:
    heads = [metric.code for metric in LIBRARY.metrics.values() if not metric.part_of]
    assert sorted(heads) == sorted(CATALOGUE)
    assert "measuring-energy" in LIBRARY.courses


def test_code_of_a_metric_is_taken_once() -> None:
    codes = [metric.code for metric in LIBRARY.metrics.values()]
    assert len(set(codes)) == len(codes)


def test_units_of_a_metric_convert_to_its_base_unit(metric: Metric) -> None:
    known = [unit(symbol) for symbol in metric.units]
    assert [one.base for one in known if one] == [metric.base_unit] * len(metric.units)


def test_metric_names_the_standards_it_answers(metric: Metric) -> None:
    # Long weeks are a matter of the buyer's code, which neither VSME nor GRI asks for.
    by_code = metric.code.startswith("P3")
    assert by_code or (metric.references.vsme and metric.references.gri)


def test_each_metric_has_one_file_and_its_parts_stand_in_it(metric: Metric) -> None:
    head = LIBRARY.metrics[metric.part_of or metric.key]
    assert LIBRARY.files[f"metric/{metric.key}"] == f"metrics/{head.key}.toml"
    assert metric.code.startswith(head.code) and not head.part_of


def test_metric_says_why_and_how_and_what_is_accepted_as_evidence(metric: Metric) -> None:
    assert metric.why or metric.part_of
    assert metric.how
    assert metric.derived or (metric.question and metric.why and metric.evidence)


def test_rate_says_what_it_is_based_on_and_is_computed_from_parts(metric: Metric) -> None:
    assert metric.over_time != "ratio" or (metric.derived and metric.basis)
    assert metric.base_unit != "1" or metric.over_time == "ratio"


@pytest.mark.parametrize("language", Catalogue().languages())
def test_words_for_a_figure_mean_no_other_figure(language: str) -> None:
    say = partial(Catalogue().plain, language=language)
    words = []
    for metric in LIBRARY.asked().values():
        texts = [say(content(f"metric/{metric.key}/{part}", getattr(metric, part))) for part in ("name", "also")]
        words += sorted({word.strip().casefold() for text in texts for word in text.split(",")} - {""})
    assert len(set(words)) == len(words), sorted(word for word in set(words) if words.count(word) > 1)


def test_figures_behave_as_amounts_as_counts_or_as_rare_events() -> None:
    natures = {key: metric.nature for key, metric in LIBRARY.asked().items()}
    assert {key for key, nature in natures.items() if nature == "stock"} == {
        "headcount",
        "headcount-women",
        "headcount-men",
    }
    assert {key for key, nature in natures.items() if nature == "rare"} == {
        "injuries",
        "lost-time",
        "deaths",
        "corruption",
        "corruption-fines",
        "leavers",
        "long-hours-workers",
    }


def test_hard_limit_by_another_figure_is_broken_beyond_it_only() -> None:
    (bound,) = LIBRARY.metrics["hours"].within
    people = Decimal(10)
    assert [bound.broken_by(Decimal(hours), people) for hours in (0, 7440, 7441)] == [False, False, True]
    (soft,) = LIBRARY.metrics["hours"].soft
    assert [soft.broken_by(Decimal(hours), people) for hours in (1199, 1200, 2600, 2601)] == [True, False, False, True]


def test_figure_at_the_limit_of_a_metric_fits_into_the_store(metric: Metric) -> None:
    assert int(metric.maximum * 1_000_000) < 2**63


def test_course_has_screens_and_a_question_in_each_lesson(course: Course) -> None:
    assert all(lesson.screens and lesson.questions for lesson in course.lessons)


def test_screens_and_labels_of_a_course_keep_within_the_limits(course: Course) -> None:
    assert all(0 < len(screen.text) <= SCREEN_LIMIT for lesson in course.lessons for screen in lesson.screens)
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
    assert all(context.startswith(("metric/", "course/", "document/", "topic")) for context, _text, _file in texts)
    assert {file for _context, _text, file in texts} == {
        *(f"metrics/{key}.toml" for key, metric in LIBRARY.metrics.items() if not metric.part_of),
        *(f"training/{key}.md" for key in LIBRARY.courses),
        *(f"documents/{key}.md" for key in LIBRARY.documents),
    }


def test_units_of_definitions_are_those_that_can_be_read() -> None:
    readable: dict[str, set[str]] = {}
    for known in UNITS.values():
        readable.setdefault(known.base, set()).add(known.symbol)
    assert {base: set(symbols) for base, symbols in CONVERTIBLE.items()} == readable


SECOND = 'version = 2\nchanged = { 2 = "Rain that is caught counts as well." }'


def test_later_folder_replaces_a_file_and_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    own = (BUILT_IN / "metrics" / "water.toml").read_text(encoding="utf-8").replace("version = 1", SECOND)
    (tmp_path / "metrics" / "water.toml").write_text(own, encoding="utf-8")
    laid_over = load([BUILT_IN, tmp_path])
    assert laid_over.metrics["water"].version == 2
    assert {**laid_over.metrics, "water": None} == {**LIBRARY.metrics, "water": None}
    assert laid_over.courses == LIBRARY.courses


def test_course_may_ask_about_a_metric_that_a_later_folder_adds(tmp_path: Path) -> None:
    for kind, name in (("metrics", "steam.toml"), ("training", "measuring-steam.md")):
        (tmp_path / kind).mkdir()
        source = {"metrics": "electricity.toml", "training": "measuring-energy.md"}[kind]
        text = (BUILT_IN / kind / source).read_text(encoding="utf-8").partition("[[parts]]")[0]
        (tmp_path / kind / name).write_text(text.replace('["electricity"]', '["steam"]'), encoding="utf-8")
    assert load([BUILT_IN, tmp_path]).courses["measuring-steam"].metrics == ("steam",)


def test_lesson_is_found_by_its_key_only(course: Course) -> None:
    assert [course.lesson(lesson.key) for lesson in course.lessons] == list(course.lessons)
    assert course.lesson("no-such-lesson") is None
