"""What people type, and what it is taken for."""

import random
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.formats import amount, number
from locales.numbers import readings
from locales.text import Amount, Catalogue
from locales.units import UNITS, unit
from tests.locales.typed import AMBIGUOUS, ASKED, ENERGY, READ, REFUSED, WITH_UNIT

TWELVE = ("en", "es", "pt_BR", "fr", "zh_Hans", "vi", "hi", "bn", "id", "tr", "ar", "th")
LOCALES = (*TWELVE, "en_US", "en_IN", "es_MX", "ar_EG", "fa", "fr_CH", "de", "de_CH")
NATIVE = {"ar": "arab", "bn": "beng", "hi": "deva", "th": "thai", "zh_Hans": "fullwide"}
ZEROS = {"latn": "0", "arab": "٠", "beng": "০", "deva": "०", "thai": "๐", "fullwide": "０"}


def read(text: str, language: str = "en", symbols: tuple[str, ...] = ENERGY, mark: str = ""):
    units = [UNITS[symbol] for symbol in symbols]
    return readings(text, language, units, units[0], mark)


# --- the table ---


@pytest.mark.parametrize(("language", "typed", "value"), READ)
def test_a_figure_with_one_meaning_is_read_so_in_every_language(language, typed, value):
    for spoken in {language, "en", "vi", "hi", "ar"}:
        found = read(typed, spoken)
        assert [(one.value, one.mark) for one in found.readings] == [(Decimal(value), "")], spoken
        assert found.refused is None


@pytest.mark.parametrize(("language", "typed", "likelier", "other"), ASKED)
def test_a_figure_with_two_meanings_becomes_a_question(language, typed, likelier, other):
    found = read(typed, language)
    assert [reading.value for reading in found.readings] == [Decimal(likelier), Decimal(other)]
    for spoken in LOCALES:
        assert {reading.value for reading in read(typed, spoken).readings} == {Decimal(likelier), Decimal(other)}


@pytest.mark.parametrize(("language", "typed", "likelier", "other"), ASKED)
def test_the_mark_that_a_person_writes_puts_its_reading_first_in_every_language(language, typed, likelier, other):
    values = {one.mark: one.value for one in read(typed, language).readings}
    assert set(values) == {".", ","} and set(values.values()) == {Decimal(likelier), Decimal(other)}
    for mark, spoken in ((mark, spoken) for mark in (".", ",") for spoken in (language, "en", "vi")):
        assert read(typed, spoken, mark=mark).readings[0].value == values[mark]


@pytest.mark.parametrize(("language", "typed", "reason"), REFUSED)
def test_what_is_no_single_figure_is_refused_with_a_reason(language, typed, reason):
    found = read(typed, language)
    assert found.readings == ()
    assert found.reason == reason
    assert found.refused is not None
    said = Catalogue().plain(found.refused, language)
    assert "{" not in said.replace(typed, "")
    assert len(said) < 250


@pytest.mark.parametrize(("language", "symbols", "typed", "value", "symbol", "worth"), WITH_UNIT)
def test_a_unit_typed_with_the_figure_is_kept_and_converted(language, symbols, typed, value, symbol, worth):
    (reading,) = read(typed, language, tuple(symbols.split())).readings
    assert (reading.value, reading.unit, reading.base_value) == (Decimal(value), symbol, Decimal(worth))
    assert reading.base_unit == UNITS[symbol].base


def test_the_table_has_three_hundred_texts_and_none_with_two_expectations():
    rows = [(language, "", typed) for language, typed, *_expected in (*READ, *ASKED, *REFUSED)]
    rows += [(language, symbols, typed) for language, symbols, typed, *_expected in WITH_UNIT]
    assert len(set(rows)) == len(rows) >= 300
    assert {language for language, *_rest in rows} >= set(TWELVE)


# --- units ---


def test_a_unit_of_another_kind_is_refused_and_the_right_ones_are_named():
    found = read("12 t", symbols=("kWh", "MWh", "GJ"))
    assert found.reason == "unit"
    assert found.refused is not None
    assert "kWh, MWh and GJ" in Catalogue().plain(found.refused, "en")


def test_small_letters_never_make_a_megalitre():
    assert read("5 ml", symbols=("m³", "L", "kL", "ML")).reason == "unit"
    assert read("5 ML", symbols=("m³", "L", "kL", "ML")).readings[0].base_value == 5000


def test_no_alias_means_two_units_even_without_its_accents():
    for known in UNITS.values():
        for alias in (*known.aliases, *known.strict):
            assert unit(alias) == known, alias
    bare = [(unit(one), one) for one in ("tan", "so dien", "nguoi", "gio", "khoi", "metros cubicos", "phan tram")]
    assert [known.symbol for known, _word in bare if known] == ["t", "kWh", "persons", "h", "m³", "m³", "%"]


def test_gigajoules_are_exact_to_the_millionth():
    (reading,) = read("9 GJ").readings
    assert reading.base_value == 2500
    assert read("1 GJ").readings[0].base_value == Decimal("277.777778")
    assert read("3.6 MJ", symbols=("kWh", "MJ")).readings[0].base_value == 1


def test_a_very_long_text_is_refused_and_quoted_short():
    found = read("9" * 10_000)
    assert found.readings == ()
    assert found.refused is not None
    assert len(Catalogue().plain(found.refused, "en")) < 200


# --- what we write is what we read ---


def drawn(seed: str, count: int = 10_000) -> Iterator[Decimal]:
    """Values from nought to a billion, of every length, with none to three decimals; one in eight is below nought."""
    chance = random.Random(seed)
    for _place in range(count):
        value = Decimal(chance.randrange(10 ** chance.randint(1, 10))).scaleb(-chance.randint(0, 3))
        yield -value if chance.randrange(8) == 0 else value


def form(written: str) -> str:
    """The shape of a written number: every digit a nine, its marks, no sign and no unit."""
    plain = written.translate({0x060C: ",", 0xFF0C: ",", 0xFF64: ",", 0xFF0E: "."})
    return re.sub(r"[^9.,٫٬'\u00a0\u202f]", "", re.sub(r"\d", "9", plain))


AMBIGUOUS_FORMS = frozenset(map(form, AMBIGUOUS))


def writings(tag: str) -> Iterator[tuple[str, Decimal]]:
    """Ten thousand values as Babel writes them in a locale, every other one in the digits of its own script."""
    locale = Locale.parse(tag)
    pattern, own = locale.decimal_formats[None], NATIVE.get(tag, "latn")
    marks = own if "decimal" in locale.number_symbols.get(own, {}) and own != "fullwide" else "latn"
    # Babel takes the marks of a numbering system but leaves the digits Latin.
    digits = {48 + n: chr(ord(ZEROS[own]) + n) for n in range(10)}
    for place, value in enumerate(drawn(tag)):
        native = place % 2 == 1
        text = pattern.apply(value, locale, decimal_quantization=False, numbering_system=marks if native else "latn")
        yield (text.translate(digits) if native else text), value


@pytest.mark.parametrize("tag", TWELVE)
def test_what_babel_writes_is_read_and_only_a_form_that_the_table_lists_is_asked_about(tag):
    asked = 0
    for written, value in writings(tag):
        found = read(written, tag).readings
        assert value in [one.value for one in found], written
        if len(found) > 1:
            asked += 1
            assert form(written) in AMBIGUOUS_FORMS, written
            # The language's own custom comes first, and it is the one by which it was written.
            assert found[0].value == value, written
    assert 0 < asked < 5000


values = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False)
shorter = st.builds(lambda value, places: round(value, places), values, st.integers(0, 4))


@pytest.mark.parametrize("tag", LOCALES)
@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(value=shorter)
def test_what_we_write_is_among_what_we_read(tag, value):
    locale = Locale.parse(tag)
    for written in (number(value, locale), amount(Amount(value, "kWh"), locale)):
        found = [reading.value for reading in read(written, tag).readings]
        assert value in found, written
        assert found[0] == value or len(found) == 2
    assert read(number(value, locale), tag).readings[0].value == value


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(text=st.text(alphabet="0123456789.,' -+kMWhm³³e_٫٬१२٣%/", max_size=16))
def test_no_text_breaks_the_reader(text):
    found = read(text)
    assert bool(found.readings) == (found.refused is None)
    assert len(found.readings) <= 2
