import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.slack.mrkdwn import pieces, shortened


def shown(html: str) -> str:
    return "|".join(pieces(html, 3000))


@pytest.mark.parametrize(
    ("html", "mrkdwn"),
    [
        ("plain", "plain"),
        ("<b>Due:</b> Friday", "*Due:* Friday"),
        ("<i>late</i>", "_late_"),
        ("<b>a <i>b</i></b>", "*a* *_b_*"),
        ("<b> spaced </b>end", "*spaced* end"),
        ("<b>one\ntwo</b>", "*one*\n*two*"),
        ("mid<b>dle</b>part", "mid\u200b*dle*\u200bpart"),
        ("请输入<b>用电量</b>数值", "请输入\u200b*用电量*\u200b数值"),
        ("(<b>a</b>), b", "(*a*), b"),
        ("a &amp; b &lt; c", "a &amp; b &lt; c"),
        ("it&#39;s &#34;fine&#34;", 'it\'s "fine"'),
        ("&lt;!channel&gt; &lt;@U1&gt;", "&lt;!channel&gt; &lt;@U1&gt;"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("one\n\ntwo", "one\n\ntwo"),
        ("</b>stray<b>", "stray"),
        ("  \n ", ""),
        ("", ""),
    ],
)
def test_text_keeps_bold_and_italic_and_nothing_else(html: str, mrkdwn: str) -> None:
    assert shown(html) == mrkdwn


def test_long_text_is_cut_between_paragraphs() -> None:
    first, second = "a" * 60, "b" * 60

    assert pieces(f"{first}\n\n{second}", 100) == [first, second]


def test_bold_goes_on_in_the_next_piece() -> None:
    cut = pieces("<b>" + " ".join(["word"] * 40) + "</b>", 50)

    assert len(cut) > 3
    assert all(re.fullmatch(r"\*[a-z ]+\*", piece) for piece in cut)


@given(st.text(alphabet="ab<&> \n'\"*_é", max_size=400), st.integers(min_value=20, max_value=60))
def test_no_word_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    cut = pieces(f"<b>{escape(text)}</b>{escape(text)}", limit)

    signless = re.sub(r"[*_\u200b]", "", "".join(cut))
    told = signless.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "".join(told.split()) == "".join((text + text).replace("*", "").replace("_", "").split())
    assert all(len(piece) <= limit for piece in cut)
    assert not re.search(r"<|>|&(?!amp;|lt;|gt;)", "".join(cut))


def test_shortened_label_ends_in_an_ellipsis() -> None:
    assert shortened("a" * 75, 75) == "a" * 75
    assert shortened("a" * 76, 75) == "a" * 74 + "…"
