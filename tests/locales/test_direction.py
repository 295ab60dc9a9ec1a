"""Text that runs both ways: names of another script stay whole, and a line begins where its language begins."""

from decimal import Decimal
from pathlib import Path

import pytest
from bidi.algorithm import get_base_level

from locales.direction import CLOSES, OPENS, RIGHT, bare
from locales.text import Amount, Catalogue, Raw, Words, _, n_
from tests.locales.writing import entry, write_languages, write_po
from tests.talks import Town

MARKS = {ord(OPENS): "‹", ord(CLOSES): "›", ord(RIGHT): "→"}
ENTRIES = (
    entry("{name} is here.", "{name} هنا."),
    entry("CAPA {number} is open.", "CAPA {number} مفتوح."),
    entry("<b>CAPA {number}</b>\nDone", "<b>CAPA {number}</b>\nتم"),
    entry("Sent: {value}.", "أُرسل: {value}."),
    entry("ISO 14001", "ISO 14001"),
    entry("{name}", "{name}"),
)


@pytest.fixture
def texts(tmp_path: Path) -> Catalogue:
    write_languages(tmp_path, "ar", "en")
    write_po(tmp_path, "ar", *ENTRIES)
    return Catalogue((tmp_path,))


def seen(texts: Catalogue, phrase, language: str) -> str:
    """A sentence with its marks to be seen."""
    return str(texts.render(phrase, language)).translate(MARKS)


def test_name_of_another_script_is_kept_apart_in_both_directions(texts):
    assert seen(texts, _("{name} is here.", name="Amina"), "ar") == "→‹Amina› هنا."
    assert seen(texts, _("{name} is here.", name="أمينة"), "en") == "‹أمينة› is here."


def test_name_of_the_same_script_needs_no_mark(texts):
    assert seen(texts, _("{name} is here.", name="أمينة"), "ar") == "أمينة هنا."
    assert seen(texts, _("{name} is here.", name="Đức 阿米娜"), "en") == "Đức 阿米娜 is here."


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Amount(Decimal("16500"), "kWh"), "‹16,500 kWh›"),
        (Raw("2026-W48"), "‹2026-W48›"),
        (Words("a & b"), "‹a &amp; b›"),
        (Raw("\u20662026-W48\u2069"), "\u20662026-W48›"),
        (16500, "16,500"),
        (("Amina", "أمينة"), "‹Amina› وأمينة"),
        ("https://t.me/bot?start=x", "https://t.me/bot?start=x"),
    ],
    ids=str,
)
def test_value_with_latin_letters_is_kept_apart_in_an_arabic_sentence(texts, value, said):
    assert seen(texts, _("Sent: {value}.", value=value), "ar") == f"أُرسل: {said}."


def test_line_that_begins_in_latin_letters_is_led_from_the_right(texts):
    assert seen(texts, _("CAPA {number} is open.", number=1), "ar") == "→CAPA 1 مفتوح."
    assert seen(texts, _("<b>CAPA {number}</b>\nDone", number=1), "ar") == "<b>CAPA 1</b>\nتم"
    assert seen(texts, _("ISO 14001"), "ar") == "ISO 14001"
    assert seen(texts, _("CAPA {number} is open.", number=1), "en") == "CAPA 1 is open."


def test_name_alone_needs_no_mark(texts):
    assert seen(texts, _("{name}", name="Amina"), "ar") == "Amina"
    assert seen(texts, _("{name}", name="أمينة"), "en") == "أمينة"


def test_code_with_digits_stays_apart_though_it_is_alone(texts):
    assert seen(texts, _("{name}", name=Raw("2026-W48")), "ar") == "‹2026-W48›"


def test_sentence_inside_another_gets_no_second_marks(texts):
    inner = _("CAPA {number} is open.", number=_("{name}", name="x"))
    assert seen(texts, _("Sent: {value}.", value=inner), "ar") == "أُرسل: CAPA ‹x› مفتوح.."


def test_every_arabic_sentence_of_ours_is_led_from_the_right() -> None:
    texts = Catalogue()
    for phrase in (
        _("CAPA {number} is open. Owner: {owner}. Due: {day}.", number=1, owner="Amina", day="4"),
        _("<b>{name}</b> answers:\n<i>{words}</i>", name="Amina", words=Words("yes")),
        n_("{count} thing waits for you.", "{count} things wait for you.", 3),
    ):
        line = texts.plain(phrase, "ar").split("\n")[0]
        # The first letter outside of what is kept apart decides, as UAX 9 has it.
        outside = "".join(piece.rpartition(CLOSES)[2] for piece in line.split(OPENS))
        assert get_base_level(outside) == 1, line


def test_what_is_copied_from_our_words_is_understood(town: Town) -> None:
    """A week copied out of an Arabic sentence comes with the marks around it."""
    helena = town.slack("U0HELENA")
    assert "write the week like this" in helena.command("summary", "junk")
    assert "write the week like this" not in helena.command("summary", f"{OPENS}2026-W47{CLOSES}")
    assert bare(f"{RIGHT}{OPENS}x{CLOSES}") == "x"
