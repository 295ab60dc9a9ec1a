"""`causeway read`: what a text is taken for, by an exit code and in words."""

import json
from decimal import Decimal
from itertools import groupby

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from locales.numbers import readings
from locales.text import Catalogue
from locales.units import UNITS
from tests.locales.typed import ASKED, ENERGY, READ, REFUSED


def read(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["read", *arguments], input=typed)


def electricity(text: str, language: str = "en") -> Result:
    return read(text, "--metric", "electricity", "--lang", language)


@pytest.mark.parametrize(
    ("typed", "language", "code", "lines"),
    [
        ("12,5 MWh", "vi", 0, ["12.5 MWh = 12500 kWh"]),
        ("१२,५००.५", "hi", 0, ["12500.5 kWh"]),
        ("-5", "en", 0, ["-5 kWh"]),
        ("12.500", "vi", 3, ["12500 kWh", "12.5 kWh"]),
        ("12.500", "en", 3, ["12.5 kWh", "12500 kWh"]),
    ],
)
def test_text_is_answered_by_its_readings(typed: str, language: str, code: int, lines: list[str]) -> None:
    result = electricity(typed, language)
    assert (result.exit_code, result.stdout.splitlines()) == (code, lines)


@pytest.mark.parametrize(("language", "typed"), [("en", "12 thousand"), ("vi", "1万"), ("es", "3 - 5")])
def test_refusal_is_said_as_the_person_gets_it(language: str, typed: str) -> None:
    result = electricity(typed, language)
    units = [UNITS[symbol] for symbol in ENERGY]
    refused = readings(typed, language, units, units[0]).refused
    assert refused is not None
    assert (result.exit_code, result.stdout.strip()) == (4, Catalogue().plain(refused, language))


def test_metric_that_is_not_known_is_told_in_a_line() -> None:
    result = read("5", "--metric", "love", "--lang", "en")
    assert result.exit_code == 1 and "no metric is called love" in result.stderr


def test_every_line_of_the_table_is_answered_as_the_table_says() -> None:
    rows = [(language, typed, [value]) for language, typed, value in READ]
    rows += [(language, typed, [likelier, other]) for language, typed, likelier, other in ASKED]
    rows += [(language, typed, []) for language, typed, _reason in REFUSED]
    rows = sorted((row for row in rows if row[1] == row[1].strip("\n") and row[1]), key=lambda row: row[0])
    for language, group in groupby(rows, key=lambda row: row[0]):
        asked = list(group)
        lines = "".join(f"{typed}\n" for _language, typed, _values in asked)
        result = read("--metric", "electricity", "--lang", language, typed=lines)
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert [answer["text"] for answer in answers] == [typed for _language, typed, _values in asked]
        for answer, (_language, typed, values) in zip(answers, asked, strict=True):
            assert [Decimal(one["value"]) for one in answer["readings"]] == list(map(Decimal, values)), typed
            assert bool(answer["refused"]) is not bool(values), typed
