"""Texts are broken where their script allows it."""

import pytest

from bot.render.lines import lines


def count(text: str) -> float:
    return len(text)


@pytest.mark.parametrize(
    ("text", "width", "broken"),
    [
        pytest.param("one two three", 7, ["one two", "three"], id="at spaces"),
        pytest.param("one  two", 4, ["one", "two"], id="spaces at the end are dropped"),
        pytest.param("a\nb", 10, ["a", "b"], id="at line breaks"),
        pytest.param("", 10, [""], id="an empty line stays"),
        pytest.param("abcdef gh", 4, ["abcd", "ef", "gh"], id="a word that is too wide"),
        pytest.param("用电量超过限额，请处理。", 7, ["用电量超过限", "额，请处理。"], id="not before a full stop"),
        pytest.param("2026年5月", 6, ["2026年", "5月"], id="not between a number and its month"),
        pytest.param("ในเมือง", 3, ["ใน", "เมื", "อง"], id="not after a Thai vowel that is written first"),
        pytest.param("क्षेत्र", 3, ["क्षे", "त्र"], id="not within a letter"),
    ],
)
def test_text_is_broken(text: str, width: float, broken: list[str]) -> None:
    assert lines(text, width, count) == broken


def test_whole_word_is_not_broken() -> None:
    assert lines("abcdef gh", 4, count, whole=True) == ["abcdef", "gh"]
