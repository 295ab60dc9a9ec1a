"""Lines that give a figure without being asked: what each is taken for, and what is left to ordinary talk."""

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from courses.load import load
from handlers.one_line import OneLine, one_line
from handlers.reader import content
from locales.text import Catalogue
from locales.units import Unit, unit

TABLE: dict[str, list[list[str]]] = tomllib.loads(
    Path(__file__).with_name("one_lines.toml").read_text(encoding="utf-8")
)
EVERYWHERE: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("one_lines_everywhere.toml").read_text(encoding="utf-8")
)
OCTOBER = (("electricity", Decimal(12500)), ("water", Decimal(340)), ("waste", Decimal(2500)))
TODAY = date(2026, 11, 23)
TWELVE = {"en", "es", "pt_BR", "fr", "zh_Hans", "vi", "hi", "bn", "id", "tr", "ar", "th"}
METRICS = ("electricity", "water", "waste", "hours", "headcount", "injuries")
LIBRARY, TEXTS = load(), Catalogue()

PIECES = [
    "Water",
    "Electricity",
    "October",
    "tháng 10",
    "10月",
    "2026",
    "10/2026",
    "12,5",
    "12.500",
    "MWh",
    "m3",
    "500",
]
PIECES += ["-", ",", ":", "(", ")", "ตุลาคม", "في", "l'", "k", "12 thousand", "\ufffc", "t10", "de", "٣٤٠", "."]


@cache
def names(language: str) -> list[tuple[str, Sequence[str]]]:
    """What people call our metrics, in their language and in English, as our catalogues have it."""
    return [(key, list(_called(key, language))) for key in METRICS]


def _called(key: str, language: str) -> Iterator[str]:
    metric = LIBRARY.metrics[key]
    for part, text in (("name", metric.name), ("also", metric.also)):
        for spoken in (language, "en"):
            yield from TEXTS.plain(content(f"metric/{key}/{part}", text), spoken).split(", ")


def units_of(metric: str) -> list[Unit]:
    return [known for symbol in LIBRARY.metrics[metric].units if (known := unit(symbol))]


def read(line: str, language: str = "en", today: date = TODAY) -> OneLine | None:
    return one_line(line, language, names(language), units_of, today)


@pytest.mark.parametrize(
    ("language", "line", "metric", "period", "amounts"), [(*row[:4], row[4:]) for row in TABLE["read"]]
)
def test_line_with_a_metric_and_a_number_is_a_figure(
    language: str, line: str, metric: str, period: str, amounts: list[str]
) -> None:
    found = read(line, language)
    assert found is not None
    assert (found.metric, found.period) == (metric, period)
    assert [f"{one.value} {one.unit}" for one in found.readings.readings] == amounts


@pytest.mark.parametrize(("language", "line", "metric", "reason"), TABLE["refused"])
def test_line_whose_number_is_not_taken_is_refused_as_an_answer_would_be(
    language: str, line: str, metric: str, reason: str
) -> None:
    found = read(line, language)
    assert found is not None and found.metric == metric
    assert found.readings.reason == reason and found.readings.refused is not None
    assert found.number in Catalogue().plain(found.readings.refused, language) or reason != "words"


@pytest.mark.parametrize(("language", "line"), TABLE["talk"])
def test_ordinary_talk_is_left_alone(language: str, line: str) -> None:
    assert read(line, language) is None


@pytest.mark.parametrize("way", ["named", "last"])
@pytest.mark.parametrize("language", EVERYWHERE)
def test_three_figures_are_sent_in_a_line_each_in_every_language(language: str, way: str) -> None:
    for line, expected in zip(EVERYWHERE[language][way], OCTOBER, strict=True):
        found = read(line, language)
        assert found is not None, line
        (meant,) = found.readings.readings
        assert (found.metric, found.period, meant.base_value) == (expected[0], "2026-10", expected[1]), line


def test_those_lines_are_there_for_every_language_we_offer() -> None:
    assert set(EVERYWHERE) == set(TEXTS.languages())


def test_the_table_has_sixty_lines_in_twelve_languages() -> None:
    rows = [(row[0], row[1]) for part in TABLE.values() for row in part]
    assert len(set(rows)) == len(rows) >= 60
    assert {language for language, _line in rows} == TWELVE


@pytest.mark.parametrize(
    ("today", "line", "period"),
    [
        (date(2026, 1, 1), "water 340", "2025-12"),
        (date(2026, 1, 31), "water January 340", "2026-01"),
        (date(2026, 1, 31), "water February 340", "2025-02"),
        (date(2026, 12, 31), "water December 340", "2026-12"),
        (date(2026, 1, 1), "water last month 340", "2025-12"),
        (date(2026, 1, 1), "water 12/2025 340", "2025-12"),
        (date(2026, 11, 23), "water 01/2027 340", "2027-01"),
    ],
)
def test_month_without_a_year_is_the_last_that_has_begun(today: date, line: str, period: str) -> None:
    found = read(line, today=today)
    assert found is not None and found.period == period


def test_longer_name_of_a_metric_goes_before_the_one_within_it() -> None:
    listed = [("water", ["Water"]), ("discharge", ["Water discharge"])]
    found = one_line("water discharge October 5 m3", "en", listed, lambda _key: units_of("water"), TODAY)
    assert found is not None and found.metric == "discharge"


def test_name_that_two_metrics_share_chooses_neither() -> None:
    listed = [("injuries", ["Injuries"]), ("deaths", ["Injuries"])]
    assert one_line("injuries October 0", "en", listed, lambda _key: units_of("injuries"), TODAY) is None


def test_metric_named_in_two_languages_is_one_metric() -> None:
    found = read("điện (electricity) tháng 10 12,5 MWh", "vi")
    assert found is not None and (found.metric, found.period, found.number) == ("electricity", "2026-10", "12,5 MWh")


def test_very_long_line_is_no_figure() -> None:
    assert read("electricity 5" + " kWh" * 200) is None


@settings(max_examples=400, deadline=None, database=None, derandomize=True)
@given(parts=st.lists(st.sampled_from(PIECES), max_size=8), language=st.sampled_from(sorted(TWELVE)))
def test_no_line_breaks_the_reader_and_a_figure_has_one_metric_and_one_number(parts: list[str], language: str) -> None:
    found = read(" ".join(parts), language)
    if found is not None:
        assert found.metric in METRICS and date.fromisoformat(f"{found.period}-01")
        assert bool(found.readings.readings) == (found.readings.refused is None)
        assert sum(part in ("Water", "Electricity") for part in set(parts)) == 1
