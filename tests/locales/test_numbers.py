"""What people type, and what it is taken for."""

from decimal import Decimal

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.formats import amount, number
from locales.numbers import readings
from locales.text import Amount, Catalogue
from locales.units import UNITS, unit
from tests.locales.typed import ASKED, READ, REFUSED, WITH_UNIT

LOCALES = ("en", "en_US", "en_IN", "es", "es_MX", "vi", "hi", "bn", "ar", "ar_EG", "fa")
LOCALES += ("fr", "fr_CH", "de", "de_CH", "pt_BR", "zh", "th", "id", "tr")


def read(text: str, language: str = "en", symbols: tuple[str, ...] = ("kWh", "MWh", "GJ")):
    units = [UNITS[symbol] for symbol in symbols]
    return readings(text, language, units, units[0])


@pytest.mark.parametrize(("language", "typed", "value"), READ)
def test_a_figure_with_one_meaning_is_read_so_in_every_language(language, typed, value):
    for spoken in {language, "en", "vi", "hi", "ar"}:
        found = read(typed, spoken)
        assert [reading.value for reading in found.readings] == [Decimal(value)], spoken
        assert found.refused is None


@pytest.mark.parametrize(("language", "typed", "likelier", "other"), ASKED)
def test_a_figure_with_two_meanings_becomes_a_question(language, typed, likelier, other):
    found = read(typed, language)
    assert [reading.value for reading in found.readings] == [Decimal(likelier), Decimal(other)]
    for spoken in LOCALES:
        assert {reading.value for reading in read(typed, spoken).readings} == {Decimal(likelier), Decimal(other)}


@pytest.mark.parametrize(("typed", "reason"), REFUSED)
def test_what_is_no_single_figure_is_refused_with_a_reason(typed, reason):
    found = read(typed)
    assert found.readings == ()
    assert found.reason == reason
    assert found.refused is not None
    said = Catalogue().plain(found.refused, "en")
    assert "{" not in said.replace(typed, "")
    assert len(said) < 200


@pytest.mark.parametrize(("symbols", "typed", "value", "symbol", "worth"), WITH_UNIT)
def test_a_unit_typed_with_the_figure_is_kept_and_converted(symbols, typed, value, symbol, worth):
    (reading,) = read(typed, "en", tuple(symbols.split())).readings
    assert (reading.value, reading.unit, reading.base_value) == (Decimal(value), symbol, Decimal(worth))
    assert reading.base_unit == UNITS[symbol].base


def test_a_unit_of_another_kind_is_refused_and_the_right_ones_are_named():
    found = read("12 t")
    assert found.reason == "unit"
    assert found.refused is not None
    assert "kWh, MWh and GJ" in Catalogue().plain(found.refused, "en")


def test_small_letters_never_make_a_megalitre():
    assert read("5 ml", symbols=("m³", "L", "kL", "ML")).reason == "unit"
    assert read("5 ML", symbols=("m³", "L", "kL", "ML")).readings[0].base_value == 5000


def test_no_alias_means_two_units():
    for known in UNITS.values():
        for alias in (*known.aliases, *known.strict):
            assert unit(alias) == known, alias


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
