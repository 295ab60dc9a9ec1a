"""Catalogues for translators kept in step with the sentences."""

from pathlib import Path

import pytest

from locales.catalogs import Row, python_rows, update
from locales.check import Fault, faults
from locales.text import Catalogue, _, n_, p_
from locales.translations import BUILT_IN, po_path
from tests.locales.writing import entry, write_languages, write_po

SOURCE = '''
from locales.text import _, n_, p_


def talk(count, name):
    """_("not this")"""
    # Translators: a greeting on the first day.
    yield _("Hello {name}, "
            "welcome.", name=name)
    yield p_("state", "Open")
    yield n_("{count} file", "{count} files", count)
    yield _("100 % done")
    yield _(name)
'''
ROWS = [
    Row("", "Hello {name}, welcome.", "app/talk.py", 8, "", "a greeting on the first day."),
    Row("state", "Open", "app/talk.py", 10),
    Row("", "{count} file", "app/talk.py", 11, "{count} files"),
    Row("", "100 % done", "app/talk.py", 12),
]
WATER = Row("water", "How much water?", "metrics/water.toml", 3)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_languages(tmp_path, "en", "es", "vi")
    return tmp_path


def text(folder: Path, code: str = "es", domain: str = "messages") -> str:
    return po_path(folder, code, domain).read_text(encoding="utf-8")


def test_marked_sentences_are_found_in_code(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "talk.py").write_text(SOURCE, encoding="utf-8")
    assert list(python_rows([tmp_path / "app"], tmp_path)) == ROWS


def test_our_own_sentences_are_found():
    rows = {row.id for row in python_rows([BUILT_IN], BUILT_IN.parent)}
    assert {"{count} hour", "{count} person"} <= rows
    assert any("range" in row for row in rows)


def test_every_language_but_the_source_gets_a_file_for_each_domain(folder):
    changed = update(folder, {"messages": ROWS, "courses": [WATER]})
    assert changed == [po_path(folder, code, domain) for domain in ("messages", "courses") for code in ("es", "vi")]
    assert not (folder / "en").exists()
    assert 'msgctxt "water"\nmsgid "How much water?"' in text(folder, domain="courses")
    assert "#: metrics/water.toml\n" in text(folder, domain="courses")


def test_a_file_has_no_dates_no_line_numbers_and_no_guessed_formats(folder):
    update(folder, {"messages": ROWS})
    written = text(folder)
    assert "Date" not in written
    assert "talk.py:" not in written
    assert "-format" not in written
    assert "#. a greeting on the first day." in written
    assert "Plural-Forms: nplurals=2; plural=(n != 1);" in written
    assert "msgstr[1]" not in text(folder, "vi")


def test_a_second_update_changes_nothing(folder):
    update(folder, {"messages": ROWS})
    moved = [row._replace(line=row.line + 40) for row in ROWS]
    assert update(folder, {"messages": moved}) == []


def test_translations_stay_with_their_sentence_and_are_never_guessed(folder):
    write_po(folder, "es", entry("Open", "Abierta", context="state"), entry("Hello {name}, welcome!", "Hola {name}."))
    update(folder, {"messages": ROWS})
    assert Catalogue((folder,)).plain(p_("state", "Open"), "es") == "Abierta"
    assert Catalogue((folder,)).plain(_("Hello {name}, welcome.", name="x"), "es") == "Hello x, welcome."
    assert "fuzzy" not in text(folder)
    assert '#~ msgid "Hello {name}, welcome!"' in text(folder)


def test_a_sentence_that_comes_back_has_its_translation_again(folder):
    write_po(folder, "es", entry("Open", "Abierta", context="state"))
    before = Catalogue((folder,)).plain(p_("state", "Open"), "es")
    update(folder, {"messages": ROWS[:1]})
    assert Catalogue((folder,)).plain(p_("state", "Open"), "es") == "Open"
    update(folder, {"messages": ROWS})
    assert Catalogue((folder,)).plain(p_("state", "Open"), "es") == before == "Abierta"


def test_a_sentence_used_twice_is_one_message_with_both_places(folder):
    update(folder, {"messages": [ROWS[3], ROWS[3]._replace(file="app/other.py")]})
    assert text(folder).count("100 % done") == 1
    assert "#: app/other.py app/talk.py" in text(folder)
    assert "-format" not in text(folder)


def test_a_sentence_that_becomes_plural_is_translated_again(folder):
    write_po(folder, "es", entry("{count} file", "{count} archivo"))
    update(folder, {"messages": ROWS})
    assert Catalogue((folder,)).plain(n_("{count} file", "{count} files", 2), "es") == "2 files"


GOOD = [
    entry("Hello <b>{name}</b>", "Hola <b>{name}</b>"),
    entry("{count} file", ("un archivo", "{count} archivos"), plural="{count} files"),
    '#~ msgid "gone"\n#~ msgstr ""\n',
]
BROKEN = {
    "not translated": entry("Send", ""),
    "marked fuzzy": entry("Send", "Enviar", fuzzy=True),
    "lacks {name}": entry("Hi {name}", "Hola"),
    "has {nombre}": entry("Hi {name}", "Hola {nombre} {name}"),
    "other tags": entry("Hi <b>you</b>", "Hola <i>tú</i>"),
    "do not close": entry("Hi <b>you</b>", "Hola </b>tú<b>"),
    "lacks {count}": entry("{count} day", ("un día", "días"), plural="{count} days"),
    "is not translated": entry("{count} day", ("{count} día", ""), plural="{count} days"),
    "cannot be read": "garbage",
}


def test_a_good_catalogue_has_no_faults(folder):
    write_po(folder, "es", *GOOD)
    assert faults(Catalogue((folder,))) == []


@pytest.mark.parametrize("said", BROKEN)
def test_a_broken_copy_is_found_with_file_and_line(folder, said):
    po = write_po(folder, "es", *GOOD, BROKEN[said])
    (fault,) = {found.file: found for found in faults(Catalogue((folder,))) if said in found.message}.values()
    assert fault.file == str(po)
    assert fault.line > 1
    assert str(fault).startswith(f"{po}:{fault.line}: ")


@pytest.mark.parametrize("rule", ["nplurals=1; plural=0;", "nplurals=2; plural=(n > 1);"])
def test_a_plural_rule_of_another_language_is_found(folder, rule):
    write_po(folder, "es", entry("{count} file", ("{count} archivo",), plural="{count} files"), plurals=rule)
    assert any("the plural rule should be" in fault.message for fault in faults(Catalogue((folder,))))


def test_more_plural_forms_than_the_language_has_are_found(folder):
    write_po(folder, "es", entry("{count} file", ("{count} a", "{count} b", "{count} c"), plural="{count} files"))
    assert any("cannot be read" in fault.message for fault in faults(Catalogue((folder,))))


def test_a_form_for_several_numbers_needs_its_count(tmp_path):
    write_languages(tmp_path, "fr", "tr")
    write_po(tmp_path, "fr", entry("{count} day", ("un jour", "{count} jours"), plural="{count} days"))
    write_po(tmp_path, "tr", entry("{count} day", ("bir gün", "{count} gün"), plural="{count} days"))
    assert [Path(fault.file).parts[-3] for fault in faults(Catalogue((tmp_path,)))] == ["fr"]


def test_a_language_that_is_not_ready_has_no_faults_yet(tmp_path):
    write_languages(tmp_path, "es", ready=False)
    write_po(tmp_path, "es", BROKEN["not translated"])
    assert faults(Catalogue((tmp_path,)), {"messages": ROWS}) == []


def test_a_sentence_that_no_catalogue_knows_is_a_fault_where_it_stands(folder):
    update(folder, {"messages": ROWS[1:]})
    missing = [fault for fault in faults(Catalogue((folder,)), {"messages": ROWS}) if "catalogue" in fault.message]
    assert missing == [
        Fault("app/talk.py", 8, f"“{ROWS[0].id}” is in no es catalogue"),
        Fault("app/talk.py", 8, f"“{ROWS[0].id}” is in no vi catalogue"),
    ]
