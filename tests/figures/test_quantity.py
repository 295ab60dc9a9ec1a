"""The question for a figure: what two readings become, and what is remembered of the choice between them."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from handlers.message import Said
from handlers.quantity import Measured, Quantity
from handlers.questions import Option, Unclear
from locales.units import UNITS
from tests.locales.typed import ASKED, ENERGY, READ, REFUSED


def question(mark: str = "", **limits: object) -> Quantity:
    units = [UNITS[symbol] for symbol in ENERGY]
    return Quantity("amount", "How much?", units=units, version=1, mark=mark, **limits)  # type: ignore[arg-type]


def options(asked: Quantity, typed: str, language: str) -> Sequence[Option]:
    with pytest.raises(Unclear) as unclear:
        asked.parse(Said(typed), language)
    return unclear.value.options


@pytest.mark.parametrize(("language", "typed", "likelier", "other"), ASKED)
def test_two_readings_are_two_buttons_the_likelier_first(language: str, typed: str, likelier: str, other: str) -> None:
    asked = question()
    taken = [asked.pick(option.value) for option in options(asked, typed, language)]
    assert [one.value for one in taken] == [Decimal(likelier), Decimal(other)]
    assert {one.mark for one in taken} == {".", ","}
    assert all(len(option.value.encode()) <= 32 for option in options(asked, typed, language))


@pytest.mark.parametrize(("language", "typed", "likelier", "other"), ASKED)
def test_text_is_read_by_the_mark_that_was_chosen_before(language: str, typed: str, likelier: str, other: str) -> None:
    first = question()
    for option in options(first, typed, language):
        chosen = first.pick(option.value)
        again = question(chosen.mark).parse(Said(typed), language)
        assert (again.value, again.mark, again.typed) == (chosen.value, chosen.mark, typed.strip())


@pytest.mark.parametrize(
    ("mark", "typed", "value"),
    [
        (",", "1.234", "1234"),
        (".", "1.234", "1.234"),
        (",", "1,234", "1.234"),
        (".", "1,234", "1234"),
        (",", "12.500 MWh", "12500"),
        (".", "१.२३४", "1.234"),
    ],
)
def test_remembered_mark_holds_for_every_text_that_it_decides(mark: str, typed: str, value: str) -> None:
    for language in ("en", "vi", "hi"):
        assert question(mark).parse(Said(typed), language).value == Decimal(value)


@pytest.mark.parametrize("mark", [".", ","])
def test_remembered_mark_changes_nothing_about_a_text_with_one_reading(mark: str) -> None:
    for language, typed, value in READ:
        measured = question(mark).parse(Said(typed), language)
        assert (measured.value, measured.mark) == (Decimal(value), ""), typed
    for language, typed, _reason in REFUSED:
        with pytest.raises(Unclear):
            question(mark).parse(Said(typed), language)


def test_learning_a_mark_does_not_drop_recorded_answers() -> None:
    assert question().revision() == question(",").revision() == question(".").revision()


def test_recorded_figure_keeps_its_mark_and_older_ones_have_none() -> None:
    asked = question()
    chosen = asked.pick(options(asked, "1.234", "vi")[0].value)
    assert asked.load(asked.dump(chosen)) == chosen and chosen.mark == ","
    before = {key: value for key, value in asked.dump(chosen).items() if key != "mark"}
    assert asked.load(before) == Measured(Decimal(1234), "kWh", Decimal(1234), "kWh", "1234 kWh")


def test_whole_figure_decides_by_itself_and_teaches_no_mark() -> None:
    for mark in ("", ".", ","):
        measured = question(mark, whole=True).parse(Said("1,234"), "es")
        assert (measured.value, measured.mark) == (Decimal(1234), "")


def test_meanings_are_those_that_parsing_chooses_from() -> None:
    assert [one.mark for one in question().meanings("1.234", "vi")] == [",", "."]
    assert [one.value for one in question(".").meanings(" 1.234 ", "vi")] == [Decimal("1.234")]
    assert [one.mark for one in question(whole=True).meanings("1.234", "en")] == [""]
    with pytest.raises(Unclear):
        question().meanings("12 thousand", "en")


def test_hard_limits_hold_for_a_remembered_reading_and_for_a_chosen_one() -> None:
    asked = question(",", maximum=Decimal(1000))
    with pytest.raises(Unclear, match="cannot be more"):
        asked.parse(Said("1.234"), "vi")
    with pytest.raises(Unclear, match="cannot be more"):
        asked.pick("1234 kWh ,")


@pytest.mark.parametrize("value", ["1234 kWh", "1234 kWh .,", "1234", "", "x kWh ,", "1234 L ,", "1.23.4 kWh ."])
def test_button_that_no_reading_made_is_not_taken(value: str) -> None:
    with pytest.raises(Unclear):
        question().pick(value)
