"""Sentences said in a language: values, fallback, overlays."""

import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale, localedata
from markupsafe import Markup

from locales import formats
from locales.text import Amount, Catalogue, Country, Moment, Month, Phrase, Raw, Short, Words, _, n_, p_
from locales.translations import BUILT_IN, compiled, po_path
from tests.locales.writing import entry, write_languages, write_po

SENT = _("<b>{name}</b> sent {amount}.", name="Ana & <b>Co</b>", amount=Amount(Decimal("12500.5"), "kWh"))
SENT_ES = entry(SENT.id, "{amount} de <b>{name}</b>.")


@pytest.fixture
def spanish(tmp_path: Path) -> Catalogue:
    write_languages(tmp_path, "es", "vi", "ar")
    write_po(
        tmp_path,
        "es",
        SENT_ES,
        entry("Send", "Enviar"),
        entry("Open", "Abierta", context="state"),
        entry("{count} file", ("{count} archivo", "{count} archivos"), plural="{count} files"),
        entry("The metric is {metric}.", "El indicador es {metric}."),
        entry("Blank", " "),
        entry("Lost {name}", "Perdido"),
        entry("Other {name}", "Otro {nombre}"),
        entry("<b>Bold</b>", "<b>Negrita"),
        entry("Plain", "<i>Liso</i>"),
        entry("Half {count}", ("Medio {count}", ""), plural="Halves {count}"),
        entry("Guess", "Adivina", fuzzy=True),
    )
    write_po(tmp_path, "es", entry("Water", "Agua", context="water"), domain="courses")
    return Catalogue((tmp_path,))


def test_a_sentence_is_said_in_the_language_with_its_numbers(spanish):
    assert spanish.plain(SENT, "es") == "12.500,5 kWh de Ana & <b>Co</b>."
    assert spanish.plain(SENT, "en") == "Ana & <b>Co</b> sent 12,500.5 kWh."


def test_a_region_keeps_its_number_format_and_shares_the_words(spanish):
    assert spanish.plain(SENT, "es-MX") == "12,500.5 kWh de Ana & <b>Co</b>."
    assert spanish.plain(SENT, "es_mx") == spanish.plain(SENT, "es-MX")


@pytest.mark.parametrize("kind", [str, Words, Raw, Markup])
def test_words_of_people_are_always_escaped(spanish, kind):
    said = spanish.render(_("<b>{name}</b>", name=kind("<b>x</b> & <script>")), "en")
    assert said == "<b>&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;</b>"


def test_a_placeholder_within_a_value_is_not_filled():
    said = Catalogue().plain(_("{a} {b}", a="{b}", b="{a}"), "en")
    assert said == "{b} {a}"


def test_only_bold_and_italic_are_tags():
    said = Catalogue().render(_('CO2 < 5 & <b>low</b> <a href="x">'), "en")
    assert said == "CO2 &lt; 5 &amp; <b>low</b> &lt;a href=&#34;x&#34;&gt;"


def test_tags_that_do_not_close_are_shown_as_text():
    assert Catalogue().render(_("a </b> b <b>"), "en") == "a &lt;/b&gt; b &lt;b&gt;"


def test_plain_text_keeps_line_breaks_and_the_signs_of_people(spanish):
    assert spanish.plain(_("<b>a</b>\n\n  {b}", b="<i>&amp;"), "en") == "a\n\n  <i>&amp;"


def test_a_phrase_within_a_phrase_is_said_in_the_same_language(spanish):
    inner = Phrase("Water", "water", domain="courses")
    assert spanish.plain(_("The metric is {metric}.", metric=inner), "es") == "El indicador es Agua."


def test_a_sentence_is_never_a_mixture_of_languages(spanish):
    inner = Phrase("Energy", "energy", domain="courses")
    assert spanish.plain(_("The metric is {metric}.", metric=inner), "es") == "The metric is Energy."


def test_a_context_keeps_two_meanings_apart(spanish):
    assert spanish.plain(p_("state", "Open"), "es") == "Abierta"
    assert spanish.plain(p_("button", "Open"), "es") == "Open"


@pytest.mark.parametrize(("count", "said"), [(0, "0 archivos"), (1, "1 archivo"), (1250, "1.250 archivos")])
def test_the_plural_follows_the_count(spanish, count, said):
    assert spanish.plain(n_("{count} file", "{count} files", count), "es") == said


def test_arabic_has_six_forms(tmp_path):
    write_languages(tmp_path, "ar")
    forms = ("صفر {count}", "واحد", "اثنان", "{count} قليل", "{count} كثير", "{count} آخر")
    write_po(tmp_path, "ar", entry("{count} file", forms, plural="{count} files"))
    said = [Catalogue((tmp_path,)).plain(n_("{count} file", "{count} files", n), "ar") for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["صفر 0", "واحد", "اثنان", "3 قليل", "11 كثير", "100 آخر"]


@pytest.mark.parametrize(
    ("phrase", "english"),
    [
        (_("Blank"), "Blank"),
        (_("Missing"), "Missing"),
        (_("Lost {name}", name="x"), "Lost x"),
        (_("Other {name}", name="x"), "Other x"),
        (_("<b>Bold</b>"), "Bold"),
        (_("Plain"), "Plain"),
        (n_("Half {count}", "Halves {count}", 2), "Halves 2"),
        (_("Guess"), "Guess"),
        (_(""), ""),
    ],
    ids=lambda value: value.id if isinstance(value, Phrase) else "",
)
def test_a_missing_or_broken_translation_falls_back_to_english(spanish, phrase, english):
    assert spanish.plain(phrase, "es") == english


def test_the_languages_given_are_tried_in_order(spanish):
    assert spanish.plain(_("Send"), ["vi", "es"]) == "Enviar"
    assert spanish.plain(_("Send"), ["en", "es"]) == "Send"
    assert spanish.plain(_("Send"), []) == "Send"


@pytest.mark.parametrize("tag", ["", "xx", "../../etc", "es/../en", "e", "💧", "zz-ZZ-zz-zz-zz"])
def test_a_tag_that_means_nothing_is_english(spanish, tag):
    assert spanish.plain(SENT, tag) == spanish.plain(SENT, "en")


def test_a_value_that_is_missing_shows_its_name_and_raises_nothing():
    assert Catalogue().plain(_("Hello {name}"), "en") == "Hello {name}"


def test_a_later_folder_wins_message_by_message(spanish, tmp_path):
    overlay = tmp_path / "overlay"
    write_po(overlay, "es", entry("Send", "Mandar"), entry(SENT.id, "{amount} <b>roto"))
    write_po(overlay, "en", entry("Send", "Post"))
    both = Catalogue((tmp_path, overlay))
    assert both.plain(_("Send"), "es") == "Mandar"
    assert both.plain(_("Send"), "en") == "Post"
    assert both.plain(SENT, "es") == spanish.plain(SENT, "es")


def test_a_catalogue_that_cannot_be_read_is_as_good_as_none(tmp_path):
    po_path(tmp_path, "es", "messages").parent.mkdir(parents=True)
    po_path(tmp_path, "es", "messages").write_bytes(b"\xff garbage")
    assert Catalogue((tmp_path,)).plain(_("Send"), "es") == "Send"
    po_path(tmp_path, "es", "messages").with_suffix(".mo").write_bytes(b"\xde\x12\x04\x95")
    assert Catalogue((tmp_path,)).plain(_("Send"), "es") == "Send"


def test_the_compiled_file_is_taken_when_it_is_newer(tmp_path):
    write_po(tmp_path, "es", entry("Send", "Antes"))
    po = po_path(tmp_path, "es", "messages")
    po.with_suffix(".mo").write_bytes(compiled(po))
    write_po(tmp_path, "es", entry("Send", "Después"))
    os.utime(po, (1, 1))
    assert Catalogue((tmp_path,)).plain(_("Send"), "es") == "Antes"
    os.utime(po.with_suffix(".mo"), (0, 0))
    assert Catalogue((tmp_path,)).plain(_("Send"), "es") == "Después"


MOMENT = Moment(datetime(2026, 12, 5, 20, 30, tzinfo=UTC), "Asia/Dhaka")


@pytest.mark.parametrize(
    ("value", "tag", "said"),
    [
        (date(2026, 12, 5), "en", "5 December 2026"),
        (date(2026, 12, 5), "en-US", "December 5, 2026"),
        (Month(2026, 10), "en", "October 2026"),
        (Short(Month(2026, 10)), "en", "Oct 2026"),
        (Short(Month(2026, 10)), "es", "oct 2026"),
        (Short(date(2026, 12, 5)), "en", "5 Dec 2026"),
        (Country("VN"), "en", "Vietnam"),
        (Country("VN"), "vi", "Việt Nam"),
        (Country("X1"), "en", "X1"),
        (MOMENT, "en", "6 December 2026, 02:30"),
        (Amount(Decimal("12500"), "kWh"), "en", "12,500 kWh"),
        (Amount(Decimal("0.123456"), "MWh"), "en", "0.123456 MWh"),
        (Amount(Decimal("1E+3"), "m3"), "en", "1,000 m³"),
        (Amount(Decimal("12.50"), "%"), "en", "12.5%"),
        (Amount(Decimal("3"), "count"), "en", "3"),
        (Amount(Decimal("1"), "hours"), "en", "1 hour"),
        (Amount(Decimal("1.5"), "h"), "en", "1.5 hours"),
        (Amount(Decimal("1250"), "persons"), "en", "1,250 people"),
        (Amount(Decimal("5"), "pairs & <x>"), "en", "5 pairs & <x>"),
        (1250, "en", "1,250"),
        (Raw("1250"), "en", "1250"),
        (Decimal("-1234.5"), "en", "-1,234.5"),
        (("a", "b & c", Month(2026, 1)), "en", "a, b & c and January 2026"),
    ],
    ids=str,
)
def test_values_are_written_as_the_language_writes_them(value, tag, said):
    assert Catalogue().plain(_("{value}", value=value), tag) == said


@pytest.mark.parametrize(
    ("tag", "amount", "month", "day"),
    [
        ("es", "12.500,5 kWh", "octubre de 2026", "5 de diciembre de 2026"),
        ("vi", "12.500,5 kWh", "tháng 10 năm 2026", "5 tháng 12, 2026"),
        ("hi", "12,500.5 kWh", "अक्टूबर 2026", "5 दिसंबर 2026"),
        ("bn", "১২,৫০০.৫ kWh", "অক্টোবর ২০২৬", "৫ ডিসেম্বর, ২০২৬"),
        ("ar_EG", "١٢٬٥٠٠٫٥ kWh", "أكتوبر ٢٠٢٦", "٥ ديسمبر ٢٠٢٦"),
        ("fr", "12\u202f500,5\u202fkWh", "octobre 2026", "5 décembre 2026"),
        ("de_CH", "12’500.5 kWh", "Oktober 2026", "5. Dezember 2026"),
    ],
)
def test_each_language_has_its_digits_and_dates(tag, amount, month, day):
    locale = Locale.parse(tag)
    assert formats.amount(Amount(Decimal("12500.5"), "kWh"), locale) == amount
    assert formats.month(Month(2026, 10), locale) == month
    assert formats.day(date(2026, 12, 5), locale) == day


def test_short_days_have_the_digits_and_countries_the_names_of_the_language():
    assert formats.short(Short(date(2026, 12, 5)), Locale.parse("bn")) == "৫ ডিসে, ২০২৬"
    assert formats.short(Short(Month(2026, 10)), Locale.parse("ar_EG")) == "أكتوبر ٢٠٢٦"
    assert formats.country(Country("EG"), Locale.parse("ar")) == "مصر"


@pytest.mark.parametrize(
    ("tag", "value", "said"),
    [
        ("fr", date(2026, 5, 1), "1er mai 2026"),
        ("fr", date(2026, 5, 11), "11 mai 2026"),
        ("pt", date(2026, 5, 1), "1º de maio de 2026"),
        ("hi", MOMENT, "6 दिसंबर 2026, 02:30"),
        ("bn", MOMENT, "৬ ডিসেম্বর, ২০২৬ ০২:৩০"),
        ("fr", Moment(datetime(2026, 5, 1, 20, 30, tzinfo=UTC), "UTC"), "1er mai 2026, 20:30"),
        ("th", ("Amina Tran", "Duc Pham"), "Amina Tran และ Duc Pham"),
        ("th", ("Andes Lima", "Ege Denizli", "น้ำ"), "Andes Lima, Ege Denizli และ น้ำ"),
        ("th", ("ไฟฟ้า", "น้ำ"), "ไฟฟ้าและน้ำ"),
    ],
    ids=str,
)
def test_what_cldr_leaves_out_is_written_as_people_write_it(tag, value, said):
    assert spoken(value, tag) == said


def spoken(value, tag):
    """A value alone, as a language writes it."""
    return Catalogue().plain(p_("a site in a list", "{name}", name=value), tag)


def test_every_language_that_has_digits_of_its_own_gets_them():
    systems = {Locale.parse(name).default_numbering_system: name for name in localedata.locale_identifiers()}
    for system, name in systems.items():
        if system != "latn":
            assert not any(letter in "0123456789" for letter in formats.number(1234567890, Locale.parse(name))), system


def test_a_month_is_kept_as_year_and_month():
    assert str(Month.parse("2026-10")) == "2026-10"
    assert Month(2026, 1).shifted(-1) == Month(2025, 12) == Month.of(date(2025, 12, 31))
    assert Month(2026, 1) < Month(2026, 2)
    for wrong in ("2026-13", "2026-1", "26-01", "", "٢٠٢٦-١٠"):
        with pytest.raises(ValueError, match="month"):
            Month.parse(wrong)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Moment(datetime(2026, 12, 5), "Asia/Dhaka")  # noqa: DTZ001


def test_the_key_changes_with_what_is_said_and_with_nothing_else():
    def said(value: Decimal, name: str = "Ana") -> str:
        return _("{a} {n}", a=Amount(value, "kWh"), n=_("{x}", x=name)).key()

    assert said(Decimal("12500")) == said(Decimal("12500.000000")) == said(Decimal("1.25E+4"))
    keys = {said(Decimal("12500")), said(Decimal("1250")), said(Decimal("12500"), "Bea")}
    keys |= {_("a").key(), p_("c", "a").key(), n_("a", "as", 1).key(), n_("a", "as", 2).key()}
    keys |= {
        _("{v}", v=value).key() for value in (1, "1", Month(2026, 1), date(2026, 1, 1), MOMENT, ("1",), ("1", "1"))
    }
    keys |= {_("{v}", v=value).key() for value in (Short(Month(2026, 1)), Short(date(2026, 1, 1)), Country("VN"), "VN")}
    assert len(keys) == 18


def test_equal_phrases_are_one_in_a_set():
    one = _("{a}", a=Amount(Decimal(1), "kWh"))
    assert len({one, _("{a}", a=Amount(Decimal(1), "kWh"))}) == 1
    assert one != _("{a}", a=Amount(Decimal(2), "kWh"))
    with pytest.raises(TypeError):
        one.values["a"] = "b"


def test_the_languages_offered_are_the_ready_ones(tmp_path):
    write_languages(tmp_path, "fr", ready=False)
    catalogue = Catalogue((BUILT_IN, tmp_path))
    assert len(Catalogue().languages()) == 12
    assert catalogue.languages() == [one for one in Catalogue().languages() if one != "fr"]
    assert [catalogue.name(tag) for tag in ("en", "es-MX", "vi", "xx")] == ["English", "Español", "Tiếng Việt", "xx"]
    assert [catalogue.direction(tag) for tag in ("en", "ar", "xx")] == ["ltr", "rtl", "ltr"]
