"""Markup becomes text and entities, or is refused in the platform's words."""

from typing import Any

import pytest

from bot.playground.telegram.html import formatted
from bot.playground.telegram.refusal import Refusal


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        pytest.param("<b>a</b> <i>b</i>", "a b", [("bold", 0, 1), ("italic", 2, 1)], id="flat"),
        pytest.param("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)], id="nested"),
        pytest.param("🌱<b>a</b>", "🌱a", [("bold", 2, 1)], id="utf-16-offsets"),
        pytest.param("  <b>a </b>\n", "a", [("bold", 0, 1)], id="trimmed"),
        pytest.param("&lt;3 &#233; &#x41; &nbsp;", "<3 é A &nbsp;", [], id="references"),
        pytest.param('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)], id="spoiler"),
        pytest.param("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)], id="quote"),
        pytest.param('<a href="notaurl">a</a>', "a", [], id="useless-link"),
        pytest.param("<b></b>a", "a", [], id="empty-tag"),
    ],
)
def test_markup_is_taken_out_and_listed(source: str, text: str, entities: list[Any]) -> None:
    read = formatted(source, "HTML")
    assert read.text == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in read.entities] == entities


def test_link_and_language_are_kept() -> None:
    link = formatted('<a href="https://a.example/?b=1&amp;c=2">a</a>', "HTML")
    assert link.entities[0]["url"] == "https://a.example/?b=1&c=2"
    assert link.html == '<a href="https://a.example/?b=1&amp;c=2">a</a>'
    code = formatted('<pre><code class="language-toml">a = 1</code></pre>', "HTML")
    assert code.entities == ({"type": "pre", "language": "toml", "offset": 0, "length": 5},)


def test_page_gets_no_link_that_runs() -> None:
    assert formatted('<a href="javascript:alert(1)">a</a>', "HTML").html == "<a>a</a>"
    assert formatted("<script>", None).html == "&lt;script&gt;"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("é <font>a</font>", 'Unsupported start tag "font" at byte offset 3'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_bad_markup_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        formatted(source, "HTML")
    assert refusal.value.description == f"Bad Request: can't parse entities: {reason}"
