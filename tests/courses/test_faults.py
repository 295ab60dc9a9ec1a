"""Definitions that cannot be right do not load, and every fault is named with its file and line."""

from pathlib import Path

import pytest

from courses.faults import ContentError
from courses.load import BUILT_IN, load
from tests.paths import ROOT

METRIC = (BUILT_IN / "metrics" / "electricity.toml").read_text(encoding="utf-8").partition("\n[[parts]]")[0]
PART = """
[[parts]]
key = "power-by-night"
code = "X1"
name = "Power by night"
question = "How much of it by night?"
how = "Read the meter at six in the evening and at six in the morning."
maximum = "1000"
example = "10"
"""
DERIVED = """
[[parts]]
key = "power-share"
code = "X2"
name = "Share"
how = "Power ÷ water."
base_unit = "1"
formula = "power / water"
over_time = "ratio"
"""
COURSE = (ROOT / "README.md").read_text(encoding="utf-8").partition("```markdown\n")[2].partition("```\n")[0]
"""The smallest course, as the README shows it."""

COURSES = {
    "no front matter": (COURSE.replace("+++", "***"), 1, "must begin with front matter"),
    "front matter that is not TOML": (COURSE.replace("minutes = 3", "minutes = three"), 5, "is not TOML"),
    "missing key": (COURSE.replace('topic = "safety"\n', ""), 2, "topic: is missing"),
    "unknown key": (COURSE.replace("minutes", "minuts"), 5, "minuts: is not a known key"),
    "key of its own": (COURSE.replace("minutes = 3", 'minutes = 3\nkey = "doors"'), 6, "key: does not belong here"),
    "level that is none": (COURSE.replace("basic", "easy"), 4, "level: "),
    "pass mark over 100": (COURSE.replace("70", "170"), 7, "pass_mark: "),
    "language that is none": (COURSE.replace('["en"]', '["english"]'), 9, "ready.1: "),
    "title too long": (COURSE.replace("Fire doors", "Fire doors " * 6), 2, "title: "),
    "unknown metric": (COURSE.replace("injuries", "injurys"), 6, "no metric is called 'injurys'"),
    "no lesson": (COURSE.partition("## ")[0], 10, "has no lesson"),
    "text before the first lesson": (COURSE.replace("## Keep", "Hello.\n\n## Keep"), 12, "before the first lesson"),
    "lesson without a key": (COURSE.replace(" {#keep-them-free}", ""), 12, "needs a key"),
    "lesson with a long title": (COURSE.replace("Keep them", "Keep " * 14), 12, "from 1 to 60"),
    "two lessons of one key": (COURSE + "\n## Again {#keep-them-free}\n\nText.\n", 25, "another lesson has the key"),
    "lesson without a screen": (COURSE + "\n## More {#more}\n", 25, "has no screen"),
    "screen too long": (COURSE.replace("A fire door", "A fire door " * 80), 14, "too many for a screen"),
    "screen after a question": (COURSE + "\n---\n\nOne more thing.\n", 27, "put the questions last"),
    "no right answer": (COURSE.replace("[x]", "[ ]"), 20, "no answer is marked as right"),
    "one answer": (COURSE.partition("- [ ]")[0], 20, "at least two answers"),
    "answers without a question": (COURSE.replace("May you park a cart before it?\n\n", ""), 18, "without a question"),
    "answer without a box": (COURSE.replace("[ ] Only", "Only"), 22, "must begin with [x]"),
    "answer too long": (COURSE.replace("Only", "Only " * 12), 22, "from 1 to 60"),
    "feedback not indented": (COURSE.replace("  > A fire", "> A fire"), 23, "nothing may follow the answers"),
    "rule without an empty line": (COURSE.replace("once**.\n\n---", "once**.\n---"), 14, "leave an empty line above"),
    "smaller heading": (COURSE.replace("A fire door", "### Why\n\nA fire door"), 14, "a heading other than"),
    "numbered list": (COURSE.replace("A fire door", "1. One\n2. Two\n\nA fire door"), 14, "a numbered list"),
    "block of code": (COURSE.replace("A fire door", "```\nx\n```\n\nA fire door"), 14, "a block of code"),
    "italics": (COURSE.replace("**open", "*open*, **open"), 14, "italics"),
    "link": (COURSE.replace("A fire door", "A [fire door](https://example.org)"), 14, "a link"),
    "HTML": (COURSE.replace("**open at once**", "<b>open at once</b>"), 14, "HTML"),
    "lesson without a question": (COURSE + "\n## More {#more}\n\nText.\n", 25, "has no question"),
    "every answer right": (COURSE.replace("[ ] Only", "[x] Only"), 20, "every answer is marked as right"),
    "answer that stands there twice": (COURSE.replace("Only for an hour", "no"), 22, "stands there twice"),
    "question that stands there twice": (
        COURSE + "\n---\n\nMay you park a cart before it?\n\n- [x] No\n- [ ] Yes\n",
        27,
        "the same question",
    ),
    "placeholder": (COURSE.replace("open at", "open {now} at"), 14, "braces are not allowed"),
    "term of no months": (COURSE.replace("minutes = 3", "minutes = 3\nvalid_for = -1"), 6, "valid_for: "),
    "picture that is not there": (
        COURSE.replace("A fire door", "![A door](door.png)\n\nA fire door"),
        14,
        "no picture 'door.png'",
    ),
    "picture that is none": (COURSE.replace("A fire door", "![A door](text.png)\n\nA fire door"), 14, "neither a PNG"),
    "picture that is too large": (
        COURSE.replace("A fire door", "![A door](large.png)\n\nA fire door"),
        14,
        "500000 are allowed",
    ),
    "picture without words": (
        COURSE.replace("A fire door", "![](good.png)\n\nA fire door"),
        14,
        "say what the picture shows",
    ),
    "two pictures": (
        COURSE.replace("A fire door", "![A door](good.png)\n\n![A cart](good.png)\n\nA fire door"),
        16,
        "one picture at most",
    ),
    "picture alone": (COURSE.replace("A fire door must **open at once**.", "![A door](good.png)"), 14, "needs a text"),
    "picture in a sentence": (
        COURSE.replace("A fire door", "See ![A door](good.png) a fire door"),
        14,
        "a picture is not allowed",
    ),
    "hidden HTML": (COURSE.replace("**open", r"\<b> **open"), 14, "HTML"),
}

METRICS = {
    "not TOML": (METRIC.replace('code = "E1"', "code = E1"), 1, "is not TOML"),
    "missing key": (METRIC.replace('period = "month"\n', ""), 1, "period: is missing"),
    "unknown key": (METRIC.replace("direction", "direktion"), 9, "direktion: is not a known key"),
    "key of its own": ('key = "power"\n' + METRIC, 1, "the name of the file is the key"),
    "empty name": (METRIC.replace('"Electricity"', '" "'), 2, "name: "),
    "unknown base unit": (METRIC.replace('base_unit = "kWh"', '"base_unit" = "kwh"'), 6, "cannot be kept in 'kwh'"),
    "unit of another kind": (METRIC.replace('"GJ"', '"kg"'), 7, "'kg' does not convert to kWh"),
    "no unit": (METRIC.replace('["kWh", "MWh", "GWh", "GJ"]', "[]"), 1, "units is missing"),
    "limits the wrong way round": (METRIC.replace('"50000000"', '"-1"'), 11, "below the minimum"),
    "limit that the store cannot hold": (METRIC.replace('"50000000"', '"1e13"'), 11, "maximum: "),
    "example beyond the limits": (METRIC.replace('"12500"', '"50000001"'), 12, "outside of minimum and maximum"),
    "broken example of whole numbers": (
        METRIC.replace('example = "12500"', 'whole = true\nexample = "1.5"'),
        13,
        "whole",
    ),
    "version of nothing": (METRIC.replace("version = 1", "version = 0"), 13, "version: "),
    "second version that says nothing new": (METRIC.replace("version = 1", "version = 2"), 1, "say what version 2"),
    "change of a version that is to come": (METRIC + 'changed = { 2 = "Read it at noon." }\n', 1, "no version 2"),
    "date that is none": (METRIC.replace("2026-01-01", '"2026-02-30"'), 14, "valid_from: "),
    "asked without a question": (METRIC.replace("question", "basis", 1), 1, "question is missing"),
    "asked without a unit": (METRIC.replace('units = ["kWh", "MWh", "GWh", "GJ"]\n', ""), 1, "units is missing"),
    "asked in a unit of rates": (METRIC.replace('"kWh"', '"1"', 1), 1, "those of a figure with a formula"),
    "limit by nothing": (METRIC + 'soft = [{ per = "powr", high = "1" }]\n', 19, "no metric that is asked is called"),
    "limit by a computed figure": (METRIC + 'within = [{ per = "trir" }]\n', 19, "no metric that is asked is called"),
    "part without a key": (METRIC + PART.replace('key = "power-by-night"\n', ""), 20, "key: is missing"),
    "part of a key that is taken": (METRIC + PART.replace("power-by-night", "deaths"), 21, "has the key 'deaths'"),
    "part with a fault": (METRIC + PART.replace('"1000"', '"1"'), 27, "outside of minimum and maximum"),
    "formula that cannot be read": (METRIC + DERIVED.replace("/ water", "/"), 26, "ends where a number or a name"),
    "formula of an unknown figure": (METRIC + DERIVED.replace("/ water", "/ watr"), 26, "no metric is called 'watr'"),
    "minus without spaces": (METRIC + DERIVED.replace("power / water", "power-water"), 26, "put spaces around a minus"),
    "formula of an unknown factor": (METRIC + DERIVED.replace("/ water", "* co2.hay"), 26, "no factor is called"),
    "factor in a rate": (METRIC + DERIVED.replace("/ water", "* co2.grid"), 26, "over_time must be sum"),
    "factor that may be left out": (METRIC + DERIVED.replace("/ water", "* co2.grid?"), 26, "a factor stands alone"),
    "formula that needs itself": (METRIC + DERIVED.replace("/ water", "/ power-share"), 26, "needs its own value"),
    "computed and asked": (METRIC + DERIVED + 'question = "How much?"\n', 20, "question does not belong here"),
    "unknown standard": (METRIC.replace("{ vsme", '{ sasb = "1", vsme'), 16, "references.sasb: is not a known key"),
}


PNG = b"\x89PNG\r\n\x1a\n"
PICTURES = {"good.png": PNG, "text.png": b"text", "large.png": PNG + bytes(500_001)}


@pytest.fixture(autouse=True)
def pictures(tmp_path: Path) -> None:
    """A picture that is right, and some that are not."""
    (tmp_path / "training" / "pictures").mkdir(parents=True)
    for name, data in PICTURES.items():
        (tmp_path / "training" / "pictures" / name).write_bytes(data)


def load_with(folder: Path, kind: str, name: str, content: bytes) -> list[str]:
    """The faults of the built-in folder with one file more."""
    (folder / kind).mkdir(exist_ok=True)
    (folder / kind / name).write_bytes(content)
    with pytest.raises(ContentError) as caught:
        load([BUILT_IN, folder])
    return [str(fault) for fault in caught.value.faults]


def test_the_course_that_is_broken_below_is_sound(tmp_path: Path) -> None:
    (tmp_path / "training" / "fire-doors.md").write_text(COURSE, encoding="utf-8")
    (lesson,) = load([BUILT_IN, tmp_path]).courses["fire-doors"].lessons
    assert [screen.text for screen in lesson.screens] == ["A fire door must <b>open at once</b>."]
    (question,) = lesson.questions
    assert [(option.text, option.right) for option in question.options] == [("No", True), ("Only for an hour", False)]
    assert question.options[1].feedback == "A fire does not wait for an hour."


def test_picture_of_a_screen_is_read_with_what_it_shows(tmp_path: Path) -> None:
    text = COURSE.replace("A fire door", "![A door](good.png)\n\nA fire door")
    (tmp_path / "training" / "fire-doors.md").write_text(text, encoding="utf-8")
    library = load([BUILT_IN, tmp_path])
    picture = library.courses["fire-doors"].lessons[0].screens[0].picture
    assert picture is not None and (picture.name, picture.shows) == ("good.png", "A door")
    assert library.pictures.bytes("good.png") == PNG
    assert ("course/fire-doors/keep-them-free", "A door", "training/fire-doors.md") in list(library.texts())


@pytest.mark.parametrize(("text", "line", "said"), COURSES.values(), ids=COURSES)
def test_fault_of_a_course_is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    faults = load_with(tmp_path, "training", "fire-doors.md", text.encode())
    assert [fault for fault in faults if fault.startswith(f"training/fire-doors.md:{line}: ") and said in fault], faults


@pytest.mark.parametrize(("text", "line", "said"), METRICS.values(), ids=METRICS)
def test_fault_of_a_metric_is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    faults = load_with(tmp_path, "metrics", "power.toml", text.encode())
    assert [fault for fault in faults if fault.startswith(f"metrics/power.toml:{line}: ") and said in fault], faults


@pytest.mark.parametrize(("kind", "name"), [("metrics", "power.toml"), ("training", "fire-doors.md")])
def test_file_in_another_encoding_is_named_with_the_line(tmp_path: Path, kind: str, name: str) -> None:
    faults = load_with(tmp_path, kind, name, b"# one\n# caf\xe9\n")
    assert faults == [f"{kind}/{name}:2: is not UTF-8"]


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    (tmp_path / "metrics" / "power.toml").write_text(METRIC.replace("version = 1", "version = 0"), encoding="utf-8")
    broken = COURSE.replace("minutes = 3", "minutes = 0").replace("**open at once**", "*open*").replace("[x]", "[ ]")
    faults = load_with(tmp_path, "training", "fire-doors.md", broken.encode())
    assert [fault.split(": ")[0] for fault in faults] == [
        "metrics/power.toml:13",
        "training/fire-doors.md:5",
        "training/fire-doors.md:14",
        "training/fire-doors.md:20",
    ]


def test_what_looks_like_markup_but_is_text_stays_as_it_is(tmp_path: Path) -> None:
    text = COURSE.replace("A fire door", "R&D says: 3 < 5. A fire door")
    (tmp_path / "training" / "fire-doors.md").write_text(text, encoding="utf-8")
    screen = load([BUILT_IN, tmp_path]).courses["fire-doors"].lessons[0].screens[0]
    assert screen.text == "R&D says: 3 < 5. A fire door must <b>open at once</b>."
