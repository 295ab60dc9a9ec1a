"""The gates on wording: terms of the glossary, the width of labels, and texts that a native reader has to see."""

from pathlib import Path

import pytest
from babel.messages.pofile import write_po

from bot.catalogs import ROOT, SPEAKING, catalogue_rows
from courses.load import load
from locales import catalogs, terms
from locales.catalogs import Row, update
from locales.check import faults, unread
from locales.labels import WIDEST, labels, width
from locales.sensitive import REVIEWED, TOPICS
from locales.tags import SOURCE
from locales.text import Catalogue
from locales.translations import BUILT_IN, listed, po_path
from tests.locales.writing import entry, write_languages
from tests.locales.writing import write_po as written

GLOSSARY = """# Spanish

| English | Spanish | written as | not |
|---|---|---|---|
| root cause | causa raíz | causa raíz / causas raíz | causa principal |
| estimated, estimate | estimado | estima | |
| site | planta | | sitio |

## Said otherwise

- “On site at once”: an expression
"""
CODE = """
LATER = {1: _("tomorrow"), 7: _("in a week")}
STATES = {1: p_("state", "a state that is in no list of answers, however long it is")}
rows = [Button(label, key) for key, label in LATER.items()]
step = Choice("what", _("What do you want?"), [("a", p_("kind", "the first")), ("b", _("the second"))])
more = Button(_("Yes") if sure else _("I think so"), "key", "primary")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_languages(tmp_path, "en", "es")
    terms.glossary_path(tmp_path, "es").parent.mkdir()
    terms.glossary_path(tmp_path, "es").write_text(GLOSSARY, encoding="utf-8")
    return tmp_path


def said(folder: Path, *entries: str, **more) -> list[str]:
    written(folder, "es", *entries)
    return [fault.message for fault in faults(Catalogue((folder,)), **more)]


# --- terms ---


@pytest.mark.parametrize(
    ("source", "translation", "fault"),
    [
        ("What is the Root Cause?", "¿Cuál es la causa raíz?", ""),
        ("Two root causes", "Dos <b>Causas raíz</b>".replace("<b>", "").replace("</b>", ""), ""),
        ("What is the root cause?", "¿Por qué?", "“root cause” is not written as causa raíz / causas raíz"),
        ("The root cause", "La causa principal, o causa raíz", "“root cause” may not be “causa principal”"),
        ("An estimate", "Una estimación", ""),
        ("{root} cause", "{root} causa", ""),
        ("Underestimated", "De menos", ""),
        ("The site", "El sitio", "“site” may not be “sitio”"),
        ("On site at once", "En el sitio ya", ""),
        ("Write /estimate", "Escriba /estimate", ""),
    ],
)
def test_term_is_the_same_everywhere(folder, source, translation, fault):
    expected = [f"“{source}”: {fault}"] if fault else []
    assert said(folder, entry(source, translation)) == expected


def test_each_form_of_a_plural_keeps_to_the_terms(folder):
    forms = entry("{count} estimate", ("{count} estimación", "{count} cálculos"), plural="{count} estimates")
    assert said(folder, forms) == ["“{count} estimate”: “estimated, estimate” is not written as estima"]


@pytest.mark.parametrize("code", [code for code in listed([BUILT_IN]) if code != SOURCE])
def test_every_language_has_thirty_terms_that_are_checked(code):
    checked = [term for term in terms.read(terms.glossary_path(BUILT_IN, code)).terms if term.written_as or term.never]
    assert len(checked) >= 30
    assert len({term.english for term in checked}) == len(checked)


@pytest.mark.parametrize("code", [code for code in listed([BUILT_IN]) if code != SOURCE])
def test_sentences_that_are_said_otherwise_exist(code):
    known = {row.id for rows in catalogue_rows(load()).values() for row in rows}
    assert terms.read(terms.glossary_path(BUILT_IN, code)).otherwise <= known


# --- labels ---


def test_labels_are_found_in_buttons_answers_and_tables_that_are_offered(tmp_path):
    (tmp_path / "talk.py").write_text(CODE, encoding="utf-8")
    plain = {"tomorrow", "in a week", "the second", "Yes", "I think so"}
    assert labels([tmp_path]) == {("kind", "the first"), *(("", one) for one in plain)}


@pytest.mark.parametrize(
    ("text", "wide"),
    [("Back", 4), ("{name} was there", 10), ("返回", 4), ("กลับ", 3), ("ফিরুন", 4), ("\u2068x\u2069", 1)],
)
def test_width_is_what_the_eye_sees(text, wide):
    assert width(text) == wide


@pytest.mark.parametrize(
    ("translation", "over"), [("x" * WIDEST, False), ("x" * (WIDEST + 1), True), ("汉" * (WIDEST // 2 + 1), True)]
)
def test_label_that_is_too_wide_is_a_fault_and_a_sentence_is_not(folder, translation, over):
    assert bool(said(folder, entry("Yes", translation), labels={("", "Yes")})) is over
    assert not said(folder, entry("Yes", translation), labels={("kind", "Yes")})


def test_own_labels_fit_in_english_too():
    assert not [one for one in labels([ROOT / name for name in SPEAKING]) if width(one[1]) > WIDEST]


# --- what a native reader has to see ---


def test_sensitive_text_carries_its_topic_until_a_native_reader_has_seen_it(folder):
    rows = [Row("", "Are you safe?", "handlers/grave/talk.py", 1), Row("", "Back", "handlers/controls.py", 1)]
    update(folder, {"messages": rows})
    po = po_path(folder, "es", "messages")
    assert "#. zero tolerance\n#: handlers/grave/talk.py\n" in po.read_text(encoding="utf-8")
    assert unread(Catalogue((folder,)), "es") == {"zero tolerance": 1}
    po.write_text(po.read_text(encoding="utf-8").replace("#. zero", f"# {REVIEWED}\n#. zero"), encoding="utf-8")
    update(folder, {"messages": [*rows, Row("", "New", "handlers/controls.py", 2)]})
    assert not unread(Catalogue((folder,)), "es")


def test_each_topic_has_texts():
    files = {row.file for rows in catalogue_rows(load()).values() for row in rows}
    assert not [start for start in TOPICS if not any(file.startswith(start) for file in files)]


@pytest.mark.parametrize("code", [code for code in listed([BUILT_IN]) if code != SOURCE])
def test_what_no_native_reader_has_seen_is_in_the_list(code):
    review = (BUILT_IN / "REVIEW.md").read_text(encoding="utf-8")
    total = unread(Catalogue(), code).total()
    heading = f"## {code}: "
    (line,) = [line for line in review.splitlines() if line.startswith(heading)]
    assert (f"{total} texts not yet read by a native reader" in line) is bool(total)


# --- our own catalogues ---


def _first(catalog, which):
    return next(one for one in catalog if one.id and not one.pluralizable and which(one))


def _unmade(catalog):
    _first(catalog, lambda one: True).string = ""


def _fuzzy(catalog):
    _first(catalog, lambda one: True).flags.add("fuzzy")


def _placeless(catalog):
    one = _first(catalog, lambda one: "{" in one.id)
    one.string = one.string.replace("{", "(").replace("}", ")")


def _tagless(catalog):
    one = _first(catalog, lambda one: "<b>" in one.id)
    one.string = one.string.replace("<b>", "").replace("</b>", "")


def _singular(catalog):
    one = next(one for one in catalog if one.pluralizable)
    one.string = (one.string[0], "")


def _wide(catalog):
    _first(catalog, lambda one: one.id == "Back").string = "Volver a la pregunta que se hizo antes de esta"


def _renamed(catalog):
    one = _first(catalog, lambda one: "root cause" in one.id and not one.context)
    one.string = one.string.replace("raíz", "principal")


def _unknown(catalog):
    catalog.delete("Back")


SPOILT = {
    "is not translated": _unmade,
    "is marked fuzzy": _fuzzy,
    "the translation lacks {": _placeless,
    "has other tags": _tagless,
    "is not translated ": _singular,
    "wide; at most": _wide,
    "is not written as": _renamed,
    "is in no es catalogue": _unknown,
}


@pytest.fixture(scope="module")
def own() -> tuple[dict[str, list[Row]], set[catalogs.Key]]:
    return catalogue_rows(load()), labels([ROOT / name for name in SPEAKING])


def test_own_catalogues_have_no_fault(own):
    rows, written_on_buttons = own
    assert not faults(Catalogue(), rows, written_on_buttons)


@pytest.mark.parametrize("fault", SPOILT)
def test_gate_finds_the_fault_in_a_broken_copy_of_our_own_catalogue(tmp_path, own, fault):
    rows, written_on_buttons = own
    write_languages(tmp_path, "en", "es")
    for path in (terms.glossary_path(BUILT_IN, "es"), po_path(BUILT_IN, "es", "messages")):
        copy = tmp_path / path.relative_to(BUILT_IN)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    whole = (Catalogue((tmp_path,)), {"messages": rows["messages"]}, written_on_buttons)
    assert not faults(*whole)
    catalog = catalogs.read(po_path(tmp_path, "es", "messages"), "es")
    SPOILT[fault](catalog)
    with po_path(tmp_path, "es", "messages").open("wb") as file:
        write_po(file, catalog)
    assert any(fault.strip() in found.message for found in faults(*whole))
