import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.html import pieces, plain, shortened, units

TEXTS = st.text(alphabet=st.sampled_from("ab é漢😀\n&<>. "), max_size=300)


def test_text_that_fits_stays_as_it_is() -> None:
    assert pieces("<b>Due</b> &amp; <i>late</i>\n\nToday", 30) == ["<b>Due</b> &amp; <i>late</i>\n\nToday"]


@pytest.mark.parametrize("blank", ["", " \n ", "<b> </b>", "<i></i>"])
def test_blank_text_needs_no_message(blank: str) -> None:
    assert pieces(blank, 4096) == []


def test_tags_and_entities_do_not_count() -> None:
    assert pieces("<b>&lt;&lt;&lt;&lt;</b>", 4) == ["<b>&lt;&lt;&lt;&lt;</b>"]


def test_letters_outside_the_first_plane_count_twice() -> None:
    assert units("a😀漢") == 4
    assert pieces("😀😀😀", 4) == ["😀😀", "😀"]


def test_paragraph_is_the_best_place_to_stop() -> None:
    assert pieces("One two\nthree\n\nfour five six", 20) == ["One two\nthree", "four five six"]


def test_line_is_better_than_a_word() -> None:
    assert pieces("One two\nthree four five", 15) == ["One two", "three four five"]


def test_word_is_better_than_a_letter() -> None:
    assert pieces("one two three", 9) == ["one two", "three"]


def test_word_without_end_is_cut() -> None:
    assert pieces("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_open_tags_are_opened_again() -> None:
    assert pieces("<b>one <i>two</i> &amp; three</b>", 9) == [
        "<b>one </b><b><i>two</i></b><b> &amp;</b>",
        "<b>three</b>",
    ]


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_no_letter_is_lost_and_no_piece_is_too_long(texts: list[str]) -> None:
    marked = "".join(
        f"<{'bi'[place % 2]}>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</{'bi'[place % 2]}>"
        for place, text in enumerate(texts)
    )
    cut = pieces(marked, 40)
    assert re.sub(r"\s", "", "".join(map(plain, cut))) == re.sub(r"\s", "", "".join(texts))
    assert all(0 < units(plain(piece)) <= 40 and plain(piece).strip() for piece in cut)


def test_label_ends_with_an_ellipsis() -> None:
    assert shortened("Send the figure", 9) == "Send the…"
    assert shortened("Send", 4) == "Send"
