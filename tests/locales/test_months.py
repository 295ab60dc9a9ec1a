"""Months as people name them, in every language, and as we write them ourselves."""

from datetime import date

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import tags
from locales.formats import month as written
from locales.months import months
from locales.values import Month
from locales.words import composed

TWELVE = ("en", "es", "pt_BR", "fr", "zh_Hans", "vi", "hi", "bn", "id", "tr", "ar", "th")
TODAY = date(2026, 11, 23)
THIS_YEAR = [Month(2026, number) for number in range(1, 12)] + [Month(2025, 12)]


def found(text: str, language: str = "en") -> list[Month]:
    return [one.month for one in months(composed(text), language, TODAY)]


@pytest.mark.parametrize("language", [*TWELVE, "ar_SY", "ar_MA", "ar_DZ", "es_MX"])
@pytest.mark.parametrize("form", ["wide", "abbreviated"])
def test_every_month_is_known_by_its_name_and_its_short_name(language: str, form: str) -> None:
    names = Locale.parse(language).months["format"][form]
    for month in THIS_YEAR:
        name = names[month.month]
        assert found(name, language.partition("_")[0] if language[:2] == "ar" else language) == [month], name
        assert found(name.upper(), language) == [month], name


@pytest.mark.parametrize("language", TWELVE)
def test_months_as_we_write_them_are_read_back(language: str) -> None:
    for month in [Month(year, number) for year in (2024, 2025, 2026) for number in range(1, 13)]:
        text = written(month, tags.locale(language))
        assert found(text, language) == [month], text
        assert found(f"12 {text} 500", language) == [month], text


@pytest.mark.parametrize("language", TWELVE)
def test_english_and_figures_are_read_in_every_language(language: str) -> None:
    for text in ("October", "oct", "10/2026", "2026-10", "2026/10", "Oct 2026", "month 10"):
        assert found(text, language) == [Month(2026, 10)], text


@pytest.mark.parametrize(
    ("language", "text", "month"),
    [
        ("vi", "tháng 10", "2026-10"),
        ("vi", "thang 10", "2026-10"),
        ("vi", "T10", "2026-10"),
        ("vi", "thg 10 năm 2025", "2025-10"),
        ("vi", "tháng mười hai", "2025-12"),
        ("vi", "tháng giêng", "2026-01"),
        ("zh_Hans", "2025年10月", "2025-10"),
        ("zh_Hans", "十二月份", "2025-12"),
        ("th", "ตุลาคม 2568", "2025-10"),
        ("th", "ต.ค. พ.ศ. 2569", "2026-10"),
        ("es", "octubre del 2025", "2025-10"),
        ("ar", "أكتوبر ٢٠٢٥", "2025-10"),
        ("ar", "شباط", "2026-02"),
        ("en", "Oct-2025", "2025-10"),
        ("en", "October 1999", "2026-10"),
    ],
)
def test_ways_to_name_a_month(language: str, text: str, month: str) -> None:
    assert list(map(str, found(text, language))) == [month]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "mayor"),
        ("en", "marching"),
        ("en", "10.5"),
        ("en", "13/2026"),
        ("en", "31/10/2026"),
        ("en", "10/2050"),
        ("en", "T10"),
        ("vi", "máy"),
        ("vi", "tháng 13"),
        ("vi", "tháng 10.500"),
        ("zh_Hans", "13月"),
    ],
)
def test_what_only_looks_like_a_month_is_none(language: str, text: str) -> None:
    assert found(text, language) == []


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(text=st.text(max_size=30), language=st.sampled_from(TWELVE))
def test_no_text_breaks_the_search(text: str, language: str) -> None:
    line = composed(text)
    for one in months(line, language, TODAY):
        assert 0 <= one.start < one.end <= len(line)
