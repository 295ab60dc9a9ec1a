"""The marker languages, over every sentence that code, metrics and courses have."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from markupsafe import Markup

from bot.catalogs import catalogue_rows
from courses.load import load
from locales import markup, tags
from locales.direction import RIGHT
from locales.marker import CLOSES, MARKERS, OPENS, RETURNS, TURNS, MarkedCatalogue, marked
from locales.text import Amount, Catalogue, Phrase, _, n_
from tests.locales.writing import write_languages, write_po

ROWS = {domain: list(rows) for domain, rows in catalogue_rows(load()).items()}
SOURCES = sorted({text for rows in ROWS.values() for row in rows for text in (row.id, row.plural) if text})
TURNED = pytest.mark.parametrize("turned", [False, True], ids=["left to right", "right to left"])


def worded(text: str) -> bool:
    """Whether a source has words of its own beside placeholders, tags and units."""
    return bool(re.search("[aeiouy]", bare(text), re.IGNORECASE))


def bare(text: str) -> str:
    """What is seen of a template beside placeholders and tags."""
    return markup.without_tags(markup.fill(text, dict.fromkeys(markup.places(text), Markup("")))).translate(
        dict.fromkeys(map(ord, TURNS + RETURNS))
    )


def test_there_are_sentences_of_every_kind() -> None:
    assert len(SOURCES) > 200
    assert any(markup.tags(text) for text in SOURCES)
    assert any(row.plural for rows in ROWS.values() for row in rows)


@TURNED
def test_every_message_keeps_its_placeholders_and_tags(turned: bool) -> None:
    for text in SOURCES:
        said = marked(text, turned=turned)
        assert markup.fits(said, text), said
        assert sorted(re.findall(r"\{\w+\}", said)) == sorted(re.findall(r"\{\w+\}", text))


@TURNED
def test_every_message_with_words_stands_in_brackets_of_its_own(turned: bool) -> None:
    for text in filter(worded, SOURCES):
        said = marked(text, turned=turned)
        assert (said[0], said[-1]) == (OPENS, CLOSES)
        assert said.count(OPENS) == said.count(CLOSES) == 1


@TURNED
def test_message_without_words_of_its_own_stays_as_it_is(turned: bool) -> None:
    for text in ("{name}", "<b>{name}</b>", "{metric}, {month}", "12,500 kWh", ""):
        assert marked(text, turned=turned) == text


def test_the_messages_are_about_40_percent_longer() -> None:
    longer = sum(len(bare(marked(text))) for text in SOURCES) / sum(len(bare(text)) for text in SOURCES)
    assert 1.3 < longer < 1.5


@TURNED
def test_commands_can_still_be_tapped(turned: bool) -> None:
    assert marked("Press /start to see it, or this and/or that.", turned=turned).count("/start") == 1


def test_every_word_is_turned_around_and_nothing_else() -> None:
    for text in filter(worded, SOURCES):
        said = marked(text, turned=True)
        assert said.count(TURNS) == said.count(RETURNS) > 0
        rest = re.sub(rf"{TURNS}[^{RETURNS}{{}}<>]*{RETURNS}|\{{\w+\}}|</?[bi]>|/\w+", "", said)
        assert not re.search(r"[^\W\d_]", rest), said


def test_a_reader_takes_the_turned_line_for_right_to_left() -> None:
    assert marked("Yes", turned=True) == f"{OPENS}{TURNS}Ýées{RETURNS}{CLOSES}"


@pytest.mark.parametrize(("count", "said"), [(1, "⟦1 fíilée⟧"), (0, "⟦0 fíilées⟧"), (2, "⟦2 fíilées⟧")])
def test_the_form_follows_the_count(count: int, said: str) -> None:
    assert MarkedCatalogue().plain(n_("{count} file", "{count} files", count), "en_XA") == said


def test_a_message_inside_another_has_brackets_of_its_own() -> None:
    said = MarkedCatalogue().plain(_("It is {state}.", state=_("open")), "en_XA")
    assert said == "⟦ÍIt íis ⟦óopéen⟧.⟧"


@pytest.mark.parametrize("language", MARKERS)
def test_words_names_and_numbers_in_a_message_stay_as_they_are(language: str) -> None:
    said = MarkedCatalogue().plain(
        _("{name} sent {amount}: {words}", name="Amina", amount=Amount(Decimal(16500), "kWh"), words="as agreed"),
        language,
    )
    assert "Amina" in said
    assert "16,500 kWh" in said
    assert "as agreed" in said


def test_numbers_and_dates_follow_the_language_of_the_code() -> None:
    said = [MarkedCatalogue().plain(_("{day}", day=date(2026, 12, 5)), language) for language in ("en_XA", "ar_XB")]
    assert said == ["5 December 2026", "5 ديسمبر 2026"]


def test_the_programmes_own_english_is_what_is_marked(tmp_path: Path) -> None:
    write_languages(tmp_path, "en")
    write_po(tmp_path, "en", 'msgid "Send"\nmsgstr "Submit"\n')
    assert MarkedCatalogue((tmp_path,)).plain(_("Send"), "en_XA") == "⟦Súubmíit⟧"


def test_every_sentence_is_said_in_a_marker_language_before_any_fallback() -> None:
    texts = MarkedCatalogue()
    for domain, rows in ROWS.items():
        for row in rows:
            phrase = Phrase(row.id, row.context, row.plural, 2 if row.plural else None, domain=domain)
            for language in MARKERS:
                said = texts.plain(phrase, [language, "es"])
                assert said.lstrip(RIGHT).startswith(OPENS) or not worded(row.plural or row.id)


def test_marker_languages_have_a_name_and_a_direction() -> None:
    texts = MarkedCatalogue()
    assert [(texts.name(code), texts.direction(code)) for code in MARKERS] == [
        ("Marker", "ltr"),
        ("Marker, right to left", "rtl"),
    ]
    assert [one.direction for one in MARKERS.values()] == [tags.locale(code).text_direction for code in MARKERS]


def test_marker_languages_are_offered_after_the_real_ones_and_only_by_the_marked_catalogue() -> None:
    assert MarkedCatalogue().languages() == [*Catalogue().languages(), *MARKERS]
    assert not set(MARKERS) & set(Catalogue().languages())


def test_other_languages_are_said_as_ever() -> None:
    with_markers, without = MarkedCatalogue(), Catalogue()
    for language in ("en", "es", "vi"):
        for text in SOURCES:
            assert with_markers.plain(_(text), language) == without.plain(_(text), language)
