"""Formulas: what they come to, and what cannot be read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.formula import FormulaError, Term, ZeroDivisorError, parse

VALUES = {"water": Decimal(840), "water-discharge": Decimal(610), "hours": Decimal(480000), "none": Decimal(0)}


def value(text: str) -> Decimal:
    return parse(text).value(lambda term: VALUES[term.keys[0]])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("10 - 3 - 2", "5"),
        ("100 / 10 / 5", "2"),
        ("0.1 + 0.2", "0.3"),
        ("water - water-discharge", "230"),
        ("3 * 200000 / hours", "1.25"),
        ("((water))", "840"),
        ("1000/8", "125"),
        ("none / 5", "0"),
        ("water\n + none", "840"),
    ],
)
def test_formula_comes_to_its_value(text: str, expected: str) -> None:
    assert value(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["water / none", "1 / (none * 3)", "1 / 0"])
def test_division_by_nought_is_told_with_its_divisor(text: str) -> None:
    with pytest.raises(ZeroDivisorError) as caught:
        value(text)
    assert caught.value.divisor in ("none", "(none * 3)", "0")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ends where"),
        ("water +", "ends where"),
        ("(water", "not closed"),
        ("water)", "')' is not expected"),
        ("water hours", "'hours' is not expected"),
        ("* 2", "'*' is not expected"),
        ("-2", "'-' is not expected"),
        ("2 ** 3", "'*' is not expected"),
        ("Water", "'Water' cannot be read"),
        ("water; 1", "'; 1' cannot be read"),
        ("water |", "a name is expected"),
        ("water | 2", "a name is expected"),
        ("2?", "'?' is not expected"),
        ("__import__('os')", "cannot be read"),
        ("a.b.c[0]", "cannot be read"),
        ("1e9", "'e9' is not expected"),
        ("(" * 30 + "1" + ")" * 30, "too many parentheses"),
        ("1 + " * 200 + "1", "is longer than"),
    ],
)
def test_what_is_no_formula_is_refused(text: str, said: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert said in str(caught.value)


@given(st.text(alphabet="ab1.-+*/()|? \n", max_size=60))
def test_any_text_is_a_formula_or_is_refused(text: str) -> None:
    try:
        formula = parse(text)
    except FormulaError:
        return
    try:
        assert formula.value(lambda _term: Decimal(3)).is_finite()
    except ZeroDivisorError as error:
        assert error.divisor


def test_hyphen_is_part_of_a_key_and_a_minus_stands_between_spaces() -> None:
    assert parse("lost-time - hours").keys() == ("lost-time", "hours")
    assert parse("lost-time-hours").keys() == ("lost-time-hours",)


def test_terms_say_what_may_stand_for_another_and_what_may_be_left_out() -> None:
    terms = parse("(diesel? * co2.diesel + lpg?) / (output | output-weight)").terms()
    assert terms == (
        Term(("diesel",), optional=True),
        Term(("co2.diesel",)),
        Term(("lpg",), optional=True),
        Term(("output", "output-weight")),
    )
    assert [term.is_factor for term in terms] == [False, True, False, False]
