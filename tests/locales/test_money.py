"""Money as people type it and as it is shown: never without its currency, never in another one."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales.money import CURRENCIES, currency_of, places
from locales.numbers import readings
from locales.text import Amount, Catalogue, p_
from locales.units import UNITS, unit

MONEY = UNITS["money"]
CATALOGUE = Catalogue()
SHIPPED = ("en", "es", "vi")
TYPED = [
    ("1.200,50 EUR", "es", ["1200.5 EUR"]),
    ("US$ 1,200", "en", ["1200 USD"]),
    ("US$1,200.50", "es", ["1200.5 USD"]),
    ("₫ 2.000.000", "vi", ["2000000 VND"]),
    ("2.000.000 đồng", "vi", ["2000000 VND"]),
    ("2.000.000đ", "vi", ["2000000 VND"]),
    ("2000000 vnd", "en", ["2000000 VND"]),
    ("₹ 12,34,567", "en", ["1234567 INR"]),
    ("INR 12,34,567.50", "es", ["1234567.5 INR"]),
    ("৳ ১২,৩৪,৫৬৭", "en", ["1234567 BDT"]),
    ("Tk.500", "en", ["500 BDT"]),
    ("1 200,50 €", "es", ["1200.5 EUR"]),
    ("€1.200", "en", ["1200 EUR"]),
    ("1.2k USD", "en", ["1200 USD"]),
    ("CHF 1'200.50", "en", ["1200.5 CHF"]),
    ("R$ 1.200,00", "es", ["1200 BRL"]),
    ("1250 euros", "es", ["1250 EUR"]),
    ("12,000 Mexican pesos", "en", ["12000 MXN"]),
    ("12.000 pesos mexicanos", "es", ["12000 MXN"]),
    ("US$ 1,200 USD", "en", ["1200 USD"]),
    ("0 EUR", "es", ["0 EUR"]),
    ("１２００ JPY", "en", ["1200 JPY"]),
    # A dinar has thousand fils, so both are possible; the likelier first.
    ("BHD 1.234", "en", ["1.234 BHD", "1234 BHD"]),
    ("BHD 1.234", "es", ["1234 BHD", "1.234 BHD"]),
]
REFUSED = [
    ("1200", "currency"),
    ("$1,200", "currency"),
    ("¥ 1,200", "currency"),
    ("Rs. 1200", "currency"),
    ("1200 pesos", "currency"),
    ("1200 dollars", "currency"),
    ("US$ 1,200 EUR", "currency"),
    ("1200 DEM", "currency"),
    ("1200 kWh", "currency"),
    ("2 million USD", "words"),
    ("2 triệu đồng", "words"),
    ("12.345,678 EUR", "fine"),
    ("1200.50 VND", "fine"),
    ("1000 - 2000 EUR", "range"),
    ("EUR", "no_number"),
    ("9999999999999 VND", "large"),
]


@pytest.mark.parametrize(("text", "language", "meant"), TYPED, ids=[f"{text} {where}" for text, where, _m in TYPED])
def test_money_is_read_as_it_was_meant(text: str, language: str, meant: list[str]) -> None:
    found = readings(text, language, (MONEY,), MONEY)
    assert [f"{one.value} {one.unit}" for one in found.readings] == meant, found.reason
    assert [(one.value, one.unit) for one in found.readings] == [
        (one.base_value, one.base_unit) for one in found.readings
    ]
    assert [bool(one.mark) for one in found.readings] == [len(meant) > 1] * len(meant)


@pytest.mark.parametrize("language", SHIPPED)
@pytest.mark.parametrize(("text", "reason"), REFUSED, ids=[text for text, _reason in REFUSED])
def test_money_that_leaves_something_open_is_refused(text: str, reason: str, language: str) -> None:
    found = readings(text, language, (MONEY,), MONEY)
    assert found.readings == () and found.reason == reason
    assert found.refused is not None and "money" not in CATALOGUE.plain(found.refused, language)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(CURRENCIES)), st.sampled_from(SHIPPED), st.integers(0, 10**11))
def test_what_is_shown_in_any_currency_is_read_as_the_same_amount(code: str, language: str, minor: int) -> None:
    value = Decimal(minor).scaleb(-places(code))
    shown = CATALOGUE.plain(p_("an amount alone", "{amount}", amount=Amount(value, code)), language)
    found = readings(shown, language, (MONEY,), MONEY)
    assert (value, code) in [(one.value, one.unit) for one in found.readings], (shown, found.reason)
    assert {one.unit for one in found.readings} == {code}


def test_code_of_a_currency_is_no_name_of_a_unit() -> None:
    assert [code for code in CURRENCIES if code in UNITS] == []
    assert unit("EUR") is None


@pytest.mark.parametrize(("country", "code"), [("VN", "VND"), ("ES", "EUR"), ("BD", "BDT"), ("XX", "USD"), ("", "USD")])
def test_country_has_its_currency(country: str, code: str) -> None:
    assert currency_of(country) == code
