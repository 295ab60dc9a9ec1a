"""Lines that run from right to left: the order of their stretches, and brackets that face the right way."""

import pytest

from bot.render.order import Stretch, turned, visual
from bot.render.paragraph import Lines
from bot.render.typeset import CELL, Typeset


def shown(line: str, *, rtl: bool) -> list[tuple[str, bool]]:
    return [(one.text, one.rtl) for one in visual(line, rtl=rtl)]


def test_line_of_one_direction_is_one_stretch() -> None:
    assert visual("Huế (12)", rtl=False) == [Stretch("Huế (12)", rtl=False)]


def test_empty_line_has_no_stretch() -> None:
    assert visual("", rtl=False) == visual("", rtl=True) == []


def test_first_word_of_a_hebrew_line_stands_at_the_right() -> None:
    assert shown("שלום kWh 12", rtl=True) == [("kWh 12", False), ("שלום ", True)]


def test_number_within_arabic_words_keeps_its_digits_in_order() -> None:
    assert shown("من 12,500 إلى", rtl=True) == [(" إلى", True), ("12,500", False), ("من ", True)]


def test_bracket_around_latin_words_in_an_arabic_line() -> None:
    assert shown("الحد (ISO) هنا", rtl=True) == [(") هنا", True), ("ISO", False), ("الحد (", True)]


def test_what_is_not_shaped_is_turned_with_its_brackets() -> None:
    assert turned("(12) <") == "> (21)"


@pytest.mark.parametrize("mark", ["\u2068", "\u2067"])
def test_isolated_name_does_not_pull_the_number_behind_it_along(mark: str) -> None:
    assert shown(f"{mark}مصنع\u2069 12", rtl=False)[-1] == (" 12", False)


def test_marks_of_direction_are_not_drawn() -> None:
    assert "".join(text for text, _rtl in shown("\u200fא\u200e \u2066b\u2069", rtl=True)).isprintable()


def test_text_without_a_letter_from_the_right_keeps_its_own_direction_on_a_page_that_has_another() -> None:
    page = Typeset(rtl=True)
    assert not page.flow("Somebody was injured: find the cause.").rtl
    assert page.flow("94 %").rtl and page.flow("CAPA 2: متأخر").rtl
    assert not Typeset(rtl=False).flow("من").rtl
    words = Lines("Somebody was injured:", CELL, page)
    words.wrap(500, 500)
    assert [piece.text for piece in words.flow.pieces("Somebody was injured:", CELL)] == ["Somebody was injured:"]
