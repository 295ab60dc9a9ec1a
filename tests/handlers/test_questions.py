"""Questions by themselves: what each reads, what it refuses, and what a button or a field hands back."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.message import FileRef, Said
from handlers.quantity import Measured, Quantity
from handlers.questions import Choice, Confirm, Day, Photo, Text, Unclear
from locales.units import UNITS

ENERGY = [UNITS["kWh"], UNITS["MWh"]]


def amount(**limits: object) -> Quantity:
    return Quantity("amount", "How much?", units=ENERGY, version=1, **limits)  # type: ignore[arg-type]


def test_number_typed_to_a_choice_is_the_place_in_the_list_and_never_a_key() -> None:
    choice = Choice("site", "Which?", [("2", "Song Cau"), ("1", "Ha Long")])
    assert choice.parse(Said("1"), "en") == "2"


def test_field_of_a_choice_hands_back_its_key_and_nothing_else() -> None:
    choice = Choice("site", "Which?", [("2", "Song Cau"), ("1", "Ha Long")])
    assert choice.take("1", "en") == "1"
    with pytest.raises(Unclear):
        choice.take("3", "en")


@pytest.mark.parametrize("typed", ["0", "3", "", "-1", "²", "Song Cau!", "9" * 5000])
def test_choice_takes_nothing_that_is_not_in_the_list(typed: str) -> None:
    choice = Choice("site", "Which?", [("2", "Song Cau"), ("1", "Ha Long")])
    with pytest.raises(Unclear):
        choice.parse(Said(typed), "en")
    with pytest.raises(Unclear):
        choice.pick(typed if typed != "0" else "2")


@pytest.mark.parametrize("typed", ["", "   ", "\n", "x" * 11], ids=["empty", "blank", "line", "long"])
def test_text_must_have_words_and_keep_its_limit(typed: str) -> None:
    with pytest.raises(Unclear):
        Text("words", "What?", limit=10).parse(Said(typed), "en")


def test_text_is_kept_as_it_was_written() -> None:
    assert Text("words", "What?").parse(Said(" <b>5 & 6</b>\n*ok* "), "en") == "<b>5 & 6</b>\n*ok*"


@pytest.mark.parametrize(
    ("typed", "language", "day"),
    [
        ("2026-12-10", "en", date(2026, 12, 10)),
        ("12/10/2026", "en", date(2026, 12, 10)),
        ("10/12/2026", "es", date(2026, 12, 10)),
        ("10/12/26", "vi", date(2026, 12, 10)),
        (" 2026-12-10 ", "vi", date(2026, 12, 10)),
        ("2026-11-23", "en", date(2026, 11, 23)),
    ],
)
def test_day_is_read_in_the_order_of_the_language(typed: str, language: str, day: date) -> None:
    assert Day("due", "When?", earliest=date(2026, 11, 23)).parse(Said(typed), language) == day


@pytest.mark.parametrize(
    "typed", ["2026-11-22", "yesterday", "", "2026-13-01", "31/02/2027", "5", "9" * 20 + "/1/1", "1/1/" + "9" * 30, "/"]
)
def test_day_that_is_past_or_none_is_refused(typed: str) -> None:
    with pytest.raises(Unclear):
        Day("due", "When?", earliest=date(2026, 11, 23)).parse(Said(typed), "en")


def test_photo_question_takes_files_and_the_button_for_none() -> None:
    photo, files = Photo("photos", "A photo?", none="No"), (FileRef("a", "photo"), FileRef("b", "document", "b.pdf"))
    assert photo.load(photo.dump(photo.parse(Said("see", files), "en"))) == list(files)
    assert photo.pick("none") == []
    with pytest.raises(Unclear):
        photo.parse(Said("no photo"), "en")


def test_confirmation_is_never_taken_from_words() -> None:
    with pytest.raises(Unclear):
        Confirm("send", "Right?", yes="Yes", no="No").parse(Said("yes"), "en")


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("0", "0"),
        ("12500", "12500"),
        ("12,5 MWh", "12500"),
        ("12 500 kWh", "12500"),
        ("0.000001 MWh", "0.001"),
        ("12.5k", "12500"),
        ("١٢٥٠٠", "12500"),
    ],
)
def test_figure_is_brought_to_the_base_unit(typed: str, base: str) -> None:
    measured = amount(minimum=Decimal(0)).parse(Said(typed), "en")
    assert (measured.base_value, measured.base_unit) == (Decimal(base), "kWh")


@pytest.mark.parametrize(
    ("typed", "limits"),
    [
        ("-1", {"minimum": Decimal(0)}),
        ("10.1 MWh", {"maximum": Decimal(10000)}),
        ("0.0000001", {}),
        ("1000000000000", {}),
        ("12.5", {"whole": True}),
        ("12 litres", {}),
        ("12 13", {}),
        ("", {}),
    ],
    ids=["below", "above", "too fine", "too large", "not whole", "another unit", "two numbers", "empty"],
)
def test_figure_that_cannot_be_is_refused(typed: str, limits: dict[str, object]) -> None:
    with pytest.raises(Unclear):
        amount(**limits).parse(Said(typed), "en")


@pytest.mark.parametrize(("typed", "base"), [("0", 0), ("10 MWh", 10000), ("10000", 10000)])
def test_limits_themselves_are_allowed(typed: str, base: int) -> None:
    measured = amount(minimum=Decimal(0), maximum=Decimal(10000)).parse(Said(typed), "en")
    assert measured.base_value == base


def test_whole_figure_with_a_group_mark_is_read_in_one_way() -> None:
    assert amount(whole=True).parse(Said("1,234"), "en").value == 1234


@pytest.mark.parametrize("typed", ["1,234", "12.345 MWh", "999,999", "1.234"])
def test_each_offered_reading_is_the_one_that_is_taken(typed: str) -> None:
    question = amount()
    with pytest.raises(Unclear) as unclear:
        question.parse(Said(typed), "en")
    options = unclear.value.options
    assert len(options) == 2
    taken: list[Measured] = [question.pick(option.value) for option in options]
    assert [question.tell(one) for one in taken] == [option.label for option in options]
    assert taken[0].base_value != taken[1].base_value


def test_recorded_figure_comes_back_exactly() -> None:
    question = amount()
    measured = question.parse(Said("12345678.123456"), "en")
    assert question.load(question.dump(measured)) == measured
