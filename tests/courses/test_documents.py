"""Documents that cannot be right do not load; those that can say what holds where."""

from datetime import date
from pathlib import Path

import pytest

from courses.faults import ContentError
from courses.load import BUILT_IN, load

DOCUMENT = """\
+++
title = "Our code"
version = 1
ready = ["en"]

[[deviations]]
requirement = "weekly-hours"
country = "VN"
text = "At most 54 hours."
approved_by = "Joint committee"
approved_on = 2026-01-15
until = 2026-12-31

[[deviations]]
requirement = "weekly-hours"
site = "song-cau"
text = "At most 50 hours."
approved_by = "Joint committee"
approved_on = 2026-01-15
+++

## Hours {#hours}

Everybody needs rest.

- At most 60 hours a week. {#weekly-hours}
"""
FAULTS = {
    "no section": (DOCUMENT.partition("## ")[0], 20, "has no section"),
    "section that says nothing": (DOCUMENT + "\n## Pay {#pay}\n", 28, "says nothing"),
    "requirement without a key": (DOCUMENT.replace(" {#weekly-hours}\n", "\n"), 26, "a requirement needs a key"),
    "requirement with markup": (DOCUMENT.replace("60 hours", "**60** hours"), 26, "plain text"),
    "two requirements of one key": (DOCUMENT + "- At most 9 a day. {#weekly-hours}\n", 20, "two requirements"),
    "deviation from nothing": (DOCUMENT.replace('"weekly-hours"', '"daily-hours"', 1), 7, "no requirement has the key"),
    "deviation nowhere": (DOCUMENT.replace('country = "VN"\n', ""), 6, "either a country or a site"),
    "deviation without approval": (DOCUMENT.replace('approved_by = "Joint committee"\n', "", 1), 6, "is missing"),
    "country that is none": (DOCUMENT.replace('"VN"', '"Vietnam"'), 8, "country"),
    "duty that is none": (DOCUMENT.replace("version = 1", 'version = 1\nduties = ["owner"]'), 4, "duties.1"),
}


def read(folder: Path, text: str):  # type: ignore[no-untyped-def]
    (folder / "documents").mkdir()
    (folder / "documents" / "our-code.md").write_text(text, encoding="utf-8")
    return load([BUILT_IN, folder]).documents["our-code"]


@pytest.mark.parametrize(("text", "line", "said"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_document_is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(tmp_path, text)
    faults = list(map(str, caught.value.faults))
    assert [fault for fault in faults if fault.startswith(f"documents/our-code.md:{line}: ") and said in fault], faults


@pytest.mark.parametrize(
    ("country", "site", "day", "holds"),
    [
        ("VN", "ha-long", date(2026, 6, 1), ["At most 54 hours."]),
        ("VN", "song-cau", date(2026, 6, 1), ["At most 50 hours."]),
        ("BD", "meghna", date(2026, 6, 1), []),
        ("VN", "ha-long", date(2026, 1, 14), []),
        ("VN", "ha-long", date(2027, 1, 1), []),
    ],
)
def test_deviation_holds_where_and_while_it_was_approved(
    tmp_path: Path, country: str, site: str, day: date, holds: list[str]
) -> None:
    document = read(tmp_path, DOCUMENT)
    assert [one.text for one in document.deviations_for(country, site, day)] == holds


def test_the_code_of_conduct_has_requirements_that_can_be_measured() -> None:
    code = load().documents["code-of-conduct"]
    requirements = [one for section in code.sections for one in section.requirements]
    assert len(requirements) >= 15 and code.sources
